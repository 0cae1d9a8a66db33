import assert from "node:assert/strict";
import {
  define,
  isDefinition,
  sourceOf,
} from "../../../engine/define/definition.ts";

Deno.test("define() keeps the value and where it is from", () => {
  const tint = define("file:///tint.ts", "tint", { strength: 1 });
  assert.equal(tint.strength, 1);
  assert.ok(isDefinition(tint) && !isDefinition({}));
  assert.deepEqual(sourceOf(tint), { module: "file:///tint.ts", name: "tint" });
  // The module exports no such thing, so that its code is not all that counts.
  assert.ok(!isDefinition({ ...tint, strength: 2 }));
  assert.ok(!isDefinition(Object.create(tint)));
  assert.throws(() => define("file:///a.ts", "a b", {}), {
    message:
      'Cannot define "a b" in file:///a.ts: a definition is named after its export',
  });
});
