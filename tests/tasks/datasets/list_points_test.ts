import assert from "node:assert/strict";
import { listPoints } from "../../../tasks/datasets/list_points.ts";
import { contextOnCpu } from "../context.ts";
import { corners, line } from "../linear_points.ts";
import { runTask } from "../run_task.ts";

Deno.test("listPoints() lists the points of a plane and refuses others", async () => {
  const value = await listPoints.task.run({ points: corners }, contextOnCpu());
  assert.deepEqual(value, [
    { at: [1, 1], label: 1 },
    { at: [1, -1], label: 1 },
    { at: [-1, 1], label: -1 },
    { at: [-1, -1], label: -1 },
  ]);
  const points = { ...line, dimension: 4, labels: Int32Array.of(1, -1) };
  await assert.rejects(runTask(listPoints, { points }), {
    name: "RangeError",
    message: "Cannot draw points of 4 dimensions in a plane: 2 are needed",
  });
});
