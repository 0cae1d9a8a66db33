import assert from "node:assert/strict";
import { SourceUnavailableError } from "../../../engine/define/error.ts";
import { loadCocoTrunk } from "../../../tasks/training/load_coco_trunk.ts";
import { needsWeights } from "../../human_models.ts";
import { contextOnCpu } from "../context.ts";

Deno.test("loadCocoTrunk() gives the weights where they are installed, and is unavailable elsewhere", async () => {
  const load = async () => await loadCocoTrunk.task.run({}, contextOnCpu());
  if (needsWeights.ignore) {
    return await assert.rejects(load, SourceUnavailableError);
  }
  const weights = await load();
  assert.deepEqual(weights["last.kernel"]?.shape, [1, 1, 120, 480]);
});
