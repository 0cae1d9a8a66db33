import assert from "node:assert/strict";
import {
  averageColumns,
  effectiveRobustness,
} from "../../../stats/lines/effective_robustness.ts";
import {
  combineErrors,
  meanWithInterval,
} from "../../../stats/intervals/mean.ts";
import {
  meanEffectiveRobustness,
  meanEffectiveRobustnessSchema,
} from "../../../stats/lines/mean_effective_robustness.ts";
import { fitLine } from "../../../stats/lines/regression.ts";
import { close, scipy } from "../reference.ts";

const line = fitLine(scipy.points.x.map((reference, i) => ({
  model: `epoch ${i + 4}`,
  reference,
  shifted: scipy.points.y[i] ?? NaN,
})));
const [referenceSize, shiftedSize] = scipy.points.sizes;
const points = scipy.points.models.map(([reference, shifted], seed) => ({
  model: `photo, seed ${seed}`,
  reference,
  shifted,
  referenceSize,
  shiftedSize,
  seed,
}));

Deno.test("meanEffectiveRobustness() has the mean and the columns of the paper", () => {
  const result = meanEffectiveRobustness(points, { line });
  const columns = averageColumns(
    points.map((point) => effectiveRobustness(point, { line })),
  );
  assert.deepEqual(result.averagedColumns, columns);
  assert.equal(result.mean, columns.mean);
});

Deno.test("meanEffectiveRobustness() takes the spread between models as Student t", () => {
  const { components, mean } = meanEffectiveRobustness(points, { line });
  const expected = meanWithInterval(
    points.map((point) => effectiveRobustness(point, { line }).er),
  );
  assert.ok(components.betweenModels);
  close(components.betweenModels.halfWidth, expected.high - mean);
  assert.equal(components.betweenModels.degreesOfFreedom, 2);
});

Deno.test("meanEffectiveRobustness() propagates the line's error as 200,000 simulated lines do", () => {
  const { components } = meanEffectiveRobustness(points, { line });
  // The simulation itself is known to 0.2 %; first order adds under 1 %.
  close(components.line.standardError / scipy.monteCarlo.line, 1, 0.01);
  assert.equal(components.line.degreesOfFreedom, 7);
});

Deno.test("meanEffectiveRobustness() propagates shared test-set noise as 200,000 simulated test sets do", () => {
  const { testSet } = meanEffectiveRobustness(points, { line }).components;
  assert.ok(testSet);
  close(testSet.standardError / scipy.monteCarlo.testSetUpperBound, 1, 0.01);
  assert.equal(testSet.degreesOfFreedom, null);
});

Deno.test("meanEffectiveRobustness() averages the noise of separate test sets", () => {
  const shared = meanEffectiveRobustness(points, { line }).components.testSet;
  const separate = meanEffectiveRobustness(points, {
    line,
    testSets: "separate",
  }).components.testSet;
  assert.ok(shared && separate);
  close(separate.standardError * Math.sqrt(3), shared.standardError, 1e-3);
});

Deno.test("meanEffectiveRobustness() adds the half-widths of its components in squares", () => {
  const { components, low, high, mean, degreesOfFreedom } =
    meanEffectiveRobustness(points, { line, level: 0.9 });
  const parts = [components.betweenModels, components.testSet, components.line];
  const halfWidth = Math.hypot(...parts.map((part) => part?.halfWidth ?? NaN));
  close(mean - low, halfWidth);
  close(high - mean, halfWidth);
  const welch = combineErrors(parts.map((part) => ({
    standardError: part?.standardError ?? NaN,
    degreesOfFreedom: part?.degreesOfFreedom ?? Infinity,
  })));
  close(degreesOfFreedom ?? NaN, welch.degreesOfFreedom);
});

Deno.test("meanEffectiveRobustness() of one model has no spread between models", () => {
  const result = meanEffectiveRobustness(points.slice(0, 1), { line });
  assert.equal(result.components.betweenModels, null);
  assert.ok(result.high > result.low);
});

Deno.test("meanEffectiveRobustness() knows that networks which get all of 50 images right need not get the next right", () => {
  const right = { shifted: 1, referenceSize: 50, shiftedSize: 50 };
  const all = fitLine(
    [0.5, 0.6, 0.7].map((reference) => ({ model: "a", reference, ...right })),
    { extremes: { kind: "clip" } },
  );
  const { mean, low, high } = meanEffectiveRobustness(
    [0.65, 0.7].map((reference) => ({ model: "b", reference, ...right })),
    { line: all },
  );
  // The line is clipped to half an image less, and above it is nothing.
  close(mean, 0.01);
  assert.ok(low < -0.015 && high > 0.035, `${low} to ${high}`);
});

Deno.test("meanEffectiveRobustness() leaves out test-set noise when a size is missing", () => {
  const bare = points.map(({ model, reference, shifted }) => ({
    model,
    reference,
    shifted,
  }));
  const result = meanEffectiveRobustness(bare, { line });
  assert.equal(result.components.testSet, null);
  assert.deepEqual(
    meanEffectiveRobustnessSchema.parse(JSON.parse(JSON.stringify(result))),
    result,
  );
});

Deno.test("meanEffectiveRobustness() needs a model", () => {
  assert.throws(
    () => meanEffectiveRobustness([], { line }),
    /Cannot average effective robustness: there is no model/,
  );
});

Deno.test("meanEffectiveRobustness() over runs is the guarded interval of its components, with the run as the line's unit", () => {
  const baselines = scipy.points.x.map((reference, i) => ({
    model: "scratch",
    reference,
    shifted: scipy.points.y[i] ?? NaN,
  }));
  const runs = [0, 1, 2].map((run) =>
    baselines.filter((_, i) => i % 3 === run)
  );
  const result = meanEffectiveRobustness(points, { line, runs });
  meanEffectiveRobustnessSchema.parse(result);
  const { betweenModels, testSet, line: ofLine } = result.components;
  assert.ok(betweenModels && testSet);
  assert.equal(ofLine.degreesOfFreedom, 2);
  const combined = combineErrors([
    { standardError: betweenModels.standardError, degreesOfFreedom: 2 },
    { standardError: testSet.standardError, degreesOfFreedom: Infinity },
    { standardError: ofLine.standardError, degreesOfFreedom: 2 },
  ], { guarded: true });
  close(result.high - result.mean, combined.halfWidth);
  close(result.mean - result.low, combined.halfWidth);
  close(result.degreesOfFreedom ?? NaN, combined.degreesOfFreedom);

  const plain = meanEffectiveRobustness(points, { line });
  assert.equal(result.mean, plain.mean);
  assert.deepEqual(testSet, plain.components.testSet);
});

Deno.test("meanEffectiveRobustness() takes the error of the images that it is given", () => {
  const { components } = meanEffectiveRobustness(points, {
    line,
    imageError: 0.004,
  });
  assert.equal(components.testSet?.standardError, 0.004);
  assert.equal(components.testSet.degreesOfFreedom, null);
});
