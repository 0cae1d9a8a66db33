import assert from "node:assert/strict";
import type { Point } from "../../../stats/lines/point.ts";
import { fitLine } from "../../../stats/lines/regression.ts";
import { fitRuns, runFitSchema } from "../../../stats/lines/fit_runs.ts";

function run(seed: number, accuracies: readonly (readonly [number, number])[]) {
  return accuracies.map(([reference, shifted], i): Point => ({
    model: "scratch",
    reference,
    shifted,
    seed,
    epoch: i + 4,
  }));
}

const steep = run(1, [[0.4, 0.2], [0.5, 0.35], [0.6, 0.55]]);
const flat = run(2, [[0.4, 0.3], [0.5, 0.31], [0.6, 0.33]]);

Deno.test("fitRuns() fits each run by itself", () => {
  const fits = fitRuns([steep, flat]);
  for (const [i, points] of [steep, flat].entries()) {
    const { slope, intercept, r2 } = fitLine(points);
    assert.deepEqual(fits[i], {
      name: `scratch, seed ${i + 1}`,
      n: 3,
      slope,
      intercept,
      r2,
    });
  }
});

Deno.test("fitRuns() keeps to the scale of the pooled line", () => {
  const [linear] = fitRuns([steep], { scale: "linear" });
  assert.equal(linear?.slope, fitLine(steep, { scale: "linear" }).slope);
});

Deno.test("fitRuns() has no line of a run of one point or two, or of one reference accuracy", () => {
  const finished = [{ model: "4,000 images", reference: 0.6, shifted: 0.4 }];
  const standing = run(3, [[0.5, 0.3], [0.5, 0.4], [0.5, 0.5]]);
  const fits = fitRuns([finished, steep.slice(1), standing]);
  assert.deepEqual(fits.map(({ name, n, slope }) => [name, n, slope]), [
    ["4,000 images", 1, null],
    ["scratch, seed 1", 2, null],
    ["scratch, seed 3", 3, null],
  ]);
  for (const fit of fits) assert.deepEqual(runFitSchema.parse(fit), fit);
});

Deno.test("fitRuns() leaves out a run without points", () => {
  assert.deepEqual(fitRuns([[], []]), []);
});

Deno.test("fitRuns() has no line of reference accuracies that differ by rounding alone", () => {
  const standing = run(4, [[0.3, 0.3], [0.1 + 0.2, 0.4], [0.3, 0.5]]);
  assert.equal(fitRuns([standing])[0]?.slope, null);
});
