import assert from "node:assert/strict";
import {
  isDigest,
  isJson,
  isNumber,
  isString,
  listOf,
  nullOr,
  oneOf,
  optional,
  recordOf,
  shapeOf,
} from "../../../engine/define/shape.ts";

Deno.test("shapeOf() lets through records with these fields, and perhaps others", () => {
  const check = shapeOf({ a: isNumber, b: optional(isString) });
  for (const value of [{ a: 1 }, { a: 1, b: "x" }, { a: 0, c: null }]) {
    assert.ok(check(value), JSON.stringify(value));
  }
  for (
    const value of [null, [], 1, {}, { a: "1" }, { a: 1, b: 2 }, { a: NaN }]
  ) assert.ok(!check(value), Deno.inspect(value));
});

Deno.test("shapeOf() looks at own fields only", () => {
  const check = shapeOf({ valueOf: isFunction });
  assert.ok(check({ valueOf: () => 1 }));
  assert.ok(!check({}), "an inherited one");
});

Deno.test("recordOf() and listOf() check every part", () => {
  assert.ok(recordOf(isString)(JSON.parse('{"a":"b","__proto__":"c"}')));
  assert.ok(!recordOf(isString)(JSON.parse('{"a":"b","__proto__":{}}')));
  assert.ok(!recordOf(isString)(["a"]));
  assert.ok(listOf(oneOf("a", "b"))(["a", "b", "a"]));
  assert.ok(!listOf(oneOf("a", "b"))(["a", "c"]));
  assert.ok(!listOf(isString)({ length: 0 }));
});

Deno.test("isJson() lets through what JSON can hold", () => {
  assert.ok(isJson({ a: [1, "b", null, true, { c: [] }] }));
  for (const value of [undefined, NaN, [undefined], { a: 1n }, () => 1]) {
    assert.ok(!isJson(value), Deno.inspect(value));
  }
});

Deno.test("isDigest() and nullOr() say what they say", () => {
  assert.ok(isDigest("0".repeat(64)));
  assert.ok(!isDigest("0".repeat(63)) && !isDigest("G".repeat(64)));
  assert.ok(nullOr(isString)(null) && nullOr(isString)("a"));
  assert.ok(!nullOr(isString)(undefined));
});

function isFunction(value: unknown): value is () => unknown {
  return typeof value === "function";
}
