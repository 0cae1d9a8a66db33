import assert from "node:assert/strict";
import { compareLinear } from "../../../tasks/training/compare_linear.ts";
import { corners } from "../linear_points.ts";
import { runTask } from "../run_task.ts";

Deno.test("compareLinear() takes the interval of the difference over the same points", async () => {
  const result = await runTask(compareLinear, {
    points: corners,
    first: [1, 0],
    second: [0, 1],
    level: 0.95,
  });
  assert.equal(result.first, 1);
  assert.equal(result.second, 0.5);
  assert.equal(result.value, 0.5);
  // scipy.stats.ttest_1samp([0, 1, 1, 0], 0).confidence_interval(0.95), SciPy 1.15.3
  assert.ok(Math.abs(result.low - -0.4186931155) < 1e-9, `${result.low}`);
  assert.ok(Math.abs(result.high - 1.4186931155) < 1e-9, `${result.high}`);
});
