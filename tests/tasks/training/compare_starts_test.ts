import assert from "node:assert/strict";
import { compareStarts } from "../../../tasks/training/compare_starts.ts";
import { line } from "../linear_points.ts";
import { runTask } from "../run_task.ts";

Deno.test("compareStarts() measures differences in the span, changes off it and distances there", async () => {
  const result = await runTask(compareStarts, {
    points: line,
    descents: [
      { start: [0, 0], weights: [1, 0], steps: 7 },
      { start: [5, 3], weights: [1.25, 3], steps: 3 },
      { start: [5, -2], weights: [1, -1.5], steps: 5 },
    ],
  });
  const { basis, ...rest } = result;
  assert.deepEqual(rest, {
    rank: 1,
    within: 0.25,
    beyond: 0.5,
    apart: 4.5,
    fewest: 3,
    most: 7,
  });
  assert.deepEqual(basis.map((row) => row.map(Math.abs)), [[1, 0]]);
});
