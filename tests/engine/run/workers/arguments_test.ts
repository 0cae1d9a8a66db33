import assert from "node:assert/strict";
import { argumentsOf } from "../../../../engine/run/workers/arguments.ts";

Deno.test("argumentsOf() puts values in, with fields in order and without −0", () => {
  const args = argumentsOf(
    { b: null, a: [-0, { c: undefined }] },
    new Map([["b", "B"]]),
  );
  assert.deepEqual(args, { a: [0, {}], b: "B" });
  assert.deepEqual(Object.keys(args as object), ["a", "b"]);
});
