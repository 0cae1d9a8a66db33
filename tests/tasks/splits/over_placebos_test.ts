import assert from "node:assert/strict";
import { overPlacebos } from "../../../tasks/splits/over_placebos.ts";
import { runTask } from "../run_task.ts";

const difference = {
  value: 0.034,
  low: 0.006,
  high: 0.061,
  unit: "points",
  title: "out of support minus in support",
} as const;
const mean = { value: 0.024, low: 0.023, high: 0.025, unit: "points" } as const;

Deno.test("overPlacebos() takes the mean of the placebos from a difference and from its interval", async () => {
  assert.deepEqual(await runTask(overPlacebos, { difference, mean }), {
    words: "+1.00 (−1.80\u00a0to\u00a0+3.70) points",
  });
});

Deno.test("overPlacebos() says that there are too few examples where there are", async () => {
  const none = { tooFew: 12, unit: "points" } as const;
  const words = "inconclusive (12 examples, 50 are needed)";
  assert.deepEqual(
    await runTask(overPlacebos, { difference: none, mean }),
    { words },
  );
  assert.deepEqual(
    await runTask(overPlacebos, { difference, mean: none }),
    { words },
  );
});
