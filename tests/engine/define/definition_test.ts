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
  assert.throws(() => define("file:///a.ts", "a b", {}), {
    message:
      'Cannot define "a b" in file:///a.ts: a definition is named after its export',
  });
});
