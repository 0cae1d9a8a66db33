import assert from "node:assert/strict";
import { loadCocoTrunk } from "../../../tasks/training/load_coco_trunk.ts";
import { contextOnCpu } from "../context.ts";

Deno.test("loadCocoTrunk() gives the weights of the trunk", async () => {
  const weights = await loadCocoTrunk.task.run({}, contextOnCpu());
  assert.deepEqual(weights["last.kernel"]?.shape, [1, 1, 120, 480]);
});
