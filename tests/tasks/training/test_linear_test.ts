import assert from "node:assert/strict";
import { testLinear } from "../../../tasks/training/test_linear.ts";
import { corners } from "../linear_points.ts";
import { runTask } from "../run_task.ts";

Deno.test("testLinear() gives accuracies and counts the points on which classifiers disagree", async () => {
  const { accuracies, disagreements, n } = await runTask(testLinear, {
    points: corners,
    classifiers: [[1, 0], [2, 0.5], [0, 1]],
  });
  assert.deepEqual(accuracies, [1, 1, 0.5]);
  assert.equal(disagreements, 2);
  assert.equal(n, 4);
  const agreeing = await runTask(testLinear, {
    points: corners,
    classifiers: [[1, 0], [2, 0.5]],
  });
  assert.equal(agreeing.disagreements, 0);
});
