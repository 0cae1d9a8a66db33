import assert from "node:assert/strict";
import type { Estimate } from "../../../reports/value/claim.ts";
import { partsOf } from "../../../shifts/measure/parts.ts";
import { placePlacebos } from "../../../tasks/splits/place_placebos.ts";
import { HALF, planted, truth } from "./planted_split.ts";
import { runTask } from "../run_task.ts";

const level = 0.95;

Deno.test("placePlacebos() finds no difference where membership is dealt anew, and how rare the split's is", async () => {
  const { mean, range, observed, p } = await runTask(
    placePlacebos,
    {
      ...planted,
      parts: truth,
      keeps: "sizes",
      draws: 99,
      seed: 1,
      level,
    } as const,
  );
  const { low, high, value } = mean as Estimate;
  assert.ok(Math.abs(value) < 0.005, String(value));
  assert.ok(low < value && value < high);
  assert.ok(range !== null && range[0] < 0 && range[1] > 0);
  assert.ok(Math.abs((observed ?? NaN) - 0.1) < 0.01, String(observed));
  assert.equal(p, 0.01);
});

Deno.test("placePlacebos() keeps the difficulty of the parts, for baselines to decide", async () => {
  const of = async (keeps: "sizes" | "difficulty") =>
    await runTask(placePlacebos, {
      ...planted,
      parts: truth,
      keeps,
      draws: 40,
      seed: 1,
      level,
    });
  const width = ({ range }: Awaited<ReturnType<typeof of>>) =>
    (range?.[1] ?? NaN) - (range?.[0] ?? NaN);
  // What baselines get wrong is then the same in each placebo: less is left to chance.
  assert.ok(width(await of("difficulty")) < width(await of("sizes")));
});

Deno.test("placePlacebos() tells no range and no p where examples come in units, which it leaves apart", async () => {
  const { mean, range, observed, p } = await runTask(
    placePlacebos,
    {
      ...planted,
      units: Array.from({ length: 2 * HALF }, (_, i) => `family ${i >> 3}`),
      parts: truth,
      keeps: "sizes",
      draws: 10,
      seed: 1,
      level,
    } as const,
  );
  assert.deepEqual([range, p], [null, null]);
  assert.ok("value" in mean && observed !== null);
});

Deno.test("placePlacebos() deals no parts of fewer than 50 examples", async () => {
  const parts = partsOf(Array.from({ length: 2 * HALF }, (_, i) => i < 3));
  const { mean, range, observed, p } = await runTask(
    placePlacebos,
    {
      ...planted,
      parts,
      keeps: "sizes",
      draws: 9,
      seed: 1,
      level,
    } as const,
  );
  assert.deepEqual(mean, {
    tooFew: 3,
    unit: "points",
    title: "parts of the same sizes",
  });
  assert.deepEqual([range, observed, p], [null, null, null]);
});
