import assert from "node:assert/strict";
import { stream } from "../../../engine/define/random.ts";
import {
  noisyMaximum,
  noisyMaximumSchema,
} from "../../../stats/published/noisy_maximum.ts";
import { effectiveRobustness } from "../../../stats/lines/effective_robustness.ts";
import type { Point } from "../../../stats/lines/point.ts";
import { fitLine } from "../../../stats/lines/regression.ts";
import { close } from "../reference.ts";

const SIZES = { referenceSize: 50_000, shiftedSize: 10_000 };
/** Baselines exactly on the line of equal accuracies, so that the line has no error. */
const line = fitLine([0.6, 0.7, 0.8, 0.9].map((accuracy) => ({
  model: `at ${accuracy}`,
  reference: accuracy,
  shifted: accuracy,
})));
/** Standard error of an effective robustness of 0 at 0.8: variances of both accuracies add. */
const ERROR = Math.sqrt(0.16 / 10_000 + 0.16 / 50_000);

/** 55 models at 0.8 whose measured effective robustness is theirs plus noise. */
function models(
  truth: (i: number) => number,
  normal: () => number = () => 0,
): readonly Point[] {
  return Array.from({ length: 55 }, (_, i) => ({
    model: `model ${i}`,
    reference: 0.8,
    shifted: 0.8 + truth(i) + ERROR * normal(),
    ...SIZES,
  }));
}

const options = { line, resamples: 2000 } as const;

Deno.test("noisyMaximum() of models that are truly alike is all noise", () => {
  const { normal } = stream(1, "models");
  const result = noisyMaximum(models(() => 0, normal), {
    ...options,
    normal: stream(1, "test").normal,
  });
  close(result.noise / ERROR, 1, 0.01);
  // SciPy 1.17.1: the mean of the largest of 55 standard normals is 2.28598.
  close(result.ofNoiseAlone / ERROR, 2.28598, 0.03);
  assert.ok(result.bias > 1.2 * ERROR, `${result.bias / ERROR}`);
  assert.ok(result.trueSpread < 0.5 * ERROR);
  assert.deepEqual(noisyMaximumSchema.parse(result), result);
});

Deno.test("noisyMaximum() of one model far above the others has hardly any excess", () => {
  const { normal } = stream(1, "models");
  const points = models((i) => i === 7 ? 0.1 : 0, normal);
  const result = noisyMaximum(points, {
    ...options,
    normal: stream(1, "test").normal,
  });
  assert.equal(result.maxModel, "model 7");
  assert.equal(result.candidates, 1);
  assert.ok(Math.abs(result.bias) < 0.1 * ERROR, `${result.bias / ERROR}`);
});

Deno.test("noisyMaximum() estimates the excess that simulated models really have", () => {
  const { normal } = stream(2, "models");
  const spread = 1.5 * ERROR;
  let [excess, estimate] = [0, 0];
  const rounds = 60;
  for (let round = 0; round < rounds; round++) {
    const truths = Array.from({ length: 55 }, () => spread * normal());
    const result = noisyMaximum(models((i) => truths[i] ?? NaN, normal), {
      line,
      resamples: 100,
      normal,
    });
    excess += (result.max - Math.max(...truths)) / rounds / ERROR;
    estimate += result.bias / rounds / ERROR;
  }
  // Its standard error over the rounds is about 0.1.
  close(estimate, excess, 0.25);
});

for (const shared of [0, 0.9]) {
  Deno.test(`noisyMaximum() holds the highest true value when models share ${shared} of their noise`, () => {
    const { normal } = stream(3, "models", String(shared));
    const rounds = 300;
    let covered = 0;
    for (let round = 0; round < rounds; round++) {
      const truths = Array.from({ length: 55 }, () => ERROR * normal());
      const common = Math.sqrt(shared) * normal();
      const own = () => common + Math.sqrt(1 - shared) * normal();
      const { low, high } = noisyMaximum(
        models((i) => truths[i] ?? NaN, own),
        { line, resamples: 1, normal },
      );
      const highest = Math.max(...truths);
      if (low <= highest && highest <= high) covered++;
    }
    assert.ok(covered / rounds >= 0.95, `${covered / rounds}`);
  });
}

/** Two models at 0.8 of this effective robustness. */
const two = (ers: readonly [number, number], sizes: typeof SIZES = SIZES) =>
  ers.map((er, i) => ({
    model: `model ${i}`,
    reference: 0.8,
    shifted: 0.8 + er,
    ...sizes,
  }));
const once = { line, resamples: 1, normal: () => 0 };

Deno.test("noisyMaximum() counts the models that may be the truly highest", () => {
  assert.equal(noisyMaximum(two([0.1, 0.086]), once).candidates, 2);
  assert.equal(noisyMaximum(two([0.1, 0.082]), once).candidates, 1);
});

Deno.test("noisyMaximum() simulates with models as far apart as noise leaves them", () => {
  const points = two([-0.004, 0.004]);
  const draws = [3]; // of the lower one's shifted examples, and nothing else
  const { spread, trueSpread, bias } = noisyMaximum(points, {
    ...once,
    normal: () => draws.pop() ?? 0,
  });
  const added = 3 * Math.sqrt(0.796 * 0.204 / SIZES.shiftedSize);
  close(bias, added - 0.008 * trueSpread / spread, 1e-9);
});

Deno.test("noisyMaximum() moves what the line predicts by the noise of reference examples", () => {
  const steeper = fitLine([0.6, 0.7, 0.8, 0.9].map((accuracy) => ({
    model: `at ${accuracy}`,
    reference: accuracy,
    shifted: accuracy - 0.2,
  })));
  let draw = 0;
  const { ofNoiseAlone } = noisyMaximum(two([-0.2, -0.2]), {
    ...once,
    line: steeper,
    // Each model's shifted examples first.
    normal: () => draw++ % 2 === 0 ? 0 : -3,
  });
  const predicted = (reference: number) =>
    effectiveRobustness({ model: "any", reference, shifted: 0 }, {
      line: steeper,
    }).predicted;
  const drawn = 0.8 - 3 * Math.sqrt(0.8 * 0.2 / SIZES.referenceSize);
  close(ofNoiseAlone, predicted(0.8) - predicted(drawn), 1e-9);
});

Deno.test("noisyMaximum() draws no more examples right than there are", () => {
  const { ofNoiseAlone } = noisyMaximum(
    two([0.199, 0.199], { ...SIZES, shiftedSize: 100 }),
    { ...once, normal: () => 50 },
  );
  assert.ok(ofNoiseAlone < 0.01, `${ofNoiseAlone}`);
});

const wobbly = fitLine([0.6, 0.7, 0.8, 0.9].map((accuracy, i) => ({
  model: `at ${accuracy}`,
  reference: accuracy,
  shifted: accuracy + (i % 2 === 0 ? 0.01 : -0.01),
})));

Deno.test("noisyMaximum() has intervals of the line's degrees of freedom, each of a higher level", () => {
  const sizes = { referenceSize: 1e12, shiftedSize: 1e12 };
  const points = two([0, 0.001], sizes);
  const { high, max } = noisyMaximum(points, { ...once, line: wobbly });
  const [, best] = points.map((point) =>
    effectiveRobustness(point, { line: wobbly, level: Math.sqrt(0.95) })
  );
  assert.ok(best !== undefined);
  close((high - max) / ((best.high - best.low) / 2), 1, 0.01);
});

Deno.test("noisyMaximum() widens its interval by the line's error", () => {
  const width = (which: typeof line) => {
    const { low, high } = noisyMaximum(models((i) => i / 1000), {
      line: which,
      resamples: 1,
      normal: () => 0,
    });
    return high - low;
  };
  assert.ok(width(wobbly) > 1.5 * width(line));
});

Deno.test("noisyMaximum() refuses a model whose number of test images is unknown", () => {
  const points = [...models(() => 0), {
    model: "bare",
    reference: 0.8,
    shifted: 0.8,
  }];
  assert.throws(
    () => noisyMaximum(points, { ...options, normal: () => 0 }),
    {
      name: "RangeError",
      message:
        'Cannot weigh the noise of model "bare": its numbers of test images are unknown',
    },
  );
});

Deno.test("noisyMaximum() needs two models", () => {
  assert.throws(
    () =>
      noisyMaximum(models(() => 0).slice(0, 1), {
        ...options,
        normal: () => 0,
      }),
    /at least 2 are needed/,
  );
});
