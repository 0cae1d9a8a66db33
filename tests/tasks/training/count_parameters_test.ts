import assert from "node:assert/strict";
import { countParameters } from "../../../tasks/training/count_parameters.ts";
import { runTask } from "../run_task.ts";

/** An array of so many numbers. */
function array(...shape: readonly number[]) {
  return {
    shape,
    data: new Float32Array(shape.reduce((product, n) => product * n, 1)),
  };
}

Deno.test("countParameters() counts what is trained, and no statistics", async () => {
  const weights = {
    "stem.kernel": array(3, 3, 3, 16),
    "block1.norm1.scale": array(16),
    "block1.norm1.mean": array(16),
    "block1.norm1.variance": array(16),
    "head.bias": array(10),
  };
  assert.equal(await runTask(countParameters, { weights }), 432 + 16 + 10);
});
