import assert from "node:assert/strict";
import fc from "../../property.ts";
import {
  canonicalJson,
  digestOfJson,
  type Json,
} from "../../../engine/define/hash.ts";
import {
  digestOfKey,
  isKey,
  type Key,
  textOfKey,
} from "../../../engine/keys/key.ts";

const text = fc.oneof(
  fc.string({ unit: "grapheme", maxLength: 4 }),
  fc.constantFrom('"', "é\u2028", "\u{1F600}", "\n", "__proto__", "a.b"),
);
const texts = fc.dictionary(text, text, { noNullPrototype: true });

Deno.test("digestOfKey() is the digest of the tagged canonical JSON of the key", () => {
  fc.assert(
    fc.property(
      ...[texts, texts, texts, texts, texts, text] as const,
      fc.dictionary(text, fc.jsonValue() as fc.Arbitrary<Json>, {
        noNullPrototype: true,
      }),
      (code, packages, inputs, environment, result, task, params) => {
        const key: Key = {
          format: 1,
          task,
          result,
          code,
          packages,
          params,
          inputs,
          environment,
        };
        assert.equal(digestOfKey(key), digestOfJson("key", key as never));
        assert.equal(textOfKey(key), canonicalJson(key as never));
      },
    ),
    { numRuns: 300, seed: 2 },
  );
});

Deno.test("isKey() refuses what lacks a part of a key, or has another in its place", () => {
  const key: Key = {
    format: 1,
    task: "a.ts#a",
    result: {},
    code: {},
    packages: {},
    params: { a: [null] },
    inputs: {},
    environment: {},
  };
  assert.ok(isKey(key));
  for (const name of Object.keys(key)) {
    const { [name as keyof Key]: _, ...rest } = key;
    assert.ok(!isKey(rest), name);
    assert.ok(!isKey({ ...key, [name]: [] }), name);
  }
});
