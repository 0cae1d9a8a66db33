import assert from "node:assert/strict";
import canonicalize from "canonicalize";
import fc from "../../property.ts";
import {
  canonicalJson,
  digestOf,
  digestOfJson,
} from "../../../engine/define/hash.ts";

Deno.test("digestOf() is SHA-256", () => {
  // FIPS 180-4, "abc"
  assert.equal(
    digestOf(new TextEncoder().encode("abc")),
    "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
  );
});

Deno.test("digestOfJson() tells tags and values apart, not orders of fields", () => {
  const digest = digestOfJson("key", { a: 1, b: [2] });
  assert.equal(digestOfJson("key", { b: [2], a: 1 }), digest);
  assert.notEqual(digestOfJson("other", { a: 1, b: [2] }), digest);
  assert.notEqual(digestOfJson("key", { a: 1, b: 2 }), digest);
});

Deno.test("canonicalJson() writes what the package canonicalize writes", () => {
  const values = fc.jsonValue();
  fc.assert(
    fc.property(values, (value) => {
      fc.pre(JSON.stringify(value).isWellFormed());
      assert.equal(canonicalJson(value), canonicalize(value));
    }),
    { seed: 1, numRuns: 2000 },
  );
  const odd = {
    10: -0,
    9: 1e21,
    "\u{10000}": 1e-7,
    "\uffff": [undefined, () => 0],
    left: undefined,
    date: new Date(0),
    "": null,
  };
  assert.equal(canonicalJson(odd), canonicalize(odd));
});

Deno.test("canonicalJson() reads back as the same value", () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      const json = JSON.parse(JSON.stringify(value));
      fc.pre(JSON.stringify(json).isWellFormed());
      assert.deepEqual(JSON.parse(canonicalJson(json)), json);
    }),
    { seed: 1 },
  );
});

Deno.test("canonicalJson() refuses what JSON cannot hold", () => {
  assert.throws(() => canonicalJson([NaN]), {
    name: "TypeError",
    message: "Cannot write [ NaN ] as JSON",
  });
  assert.throws(() => canonicalJson("\ud800"), TypeError);
  assert.throws(() => canonicalJson(undefined as never), {
    message: "Cannot write undefined as JSON",
  });
});
