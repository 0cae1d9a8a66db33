import assert from "node:assert/strict";
import {
  groupDifference,
  groupDifferenceSchema,
} from "../../../stats/lines/difference.ts";
import { effectiveRobustness } from "../../../stats/lines/effective_robustness.ts";
import { lineError } from "../../../stats/lines/line_error.ts";
import {
  combineErrors,
  meanWithInterval,
} from "../../../stats/intervals/mean.ts";
import { meanEffectiveRobustness } from "../../../stats/lines/mean_effective_robustness.ts";
import {
  checkpoints as line,
  narrow,
  photo,
  scattered,
  values,
  withoutSizes,
} from "../difference_reference.ts";
import { close } from "../reference.ts";

const expected = values.groupDifference;

Deno.test("groupDifference() is the difference of the two means", () => {
  const { difference, n } = groupDifference([photo, narrow], { line });
  const [a, b] = [photo, narrow].map((points) =>
    meanEffectiveRobustness(points, { line }).mean
  );
  close(difference, (a ?? NaN) - (b ?? NaN));
  close(difference, expected.difference);
  assert.deepEqual(n, [3, 4]);
});

Deno.test("groupDifference() takes the spread between networks as SciPy's ttest_ind with unequal variances", () => {
  const { betweenModels } =
    groupDifference([photo, narrow], { line }).components;
  assert.ok(betweenModels);
  close(betweenModels.halfWidth, expected.halfWidth);
  close(betweenModels.degreesOfFreedom ?? NaN, expected.df);
});

Deno.test("groupDifference() keeps of the line's error what 200,000 simulated lines keep", () => {
  const { components } = groupDifference([photo, narrow], { line });
  // The simulation itself is known to 0.2 %; first order adds under 1 %.
  close(components.line.standardError / expected.line, 1, 0.01);
  assert.ok(components.line.standardError < expected.lineOfPhoto / 5);
});

Deno.test("groupDifference() has no error of the line between networks of equal reference accuracy", () => {
  const twins = photo.map((point) => ({
    ...point,
    shifted: point.shifted - 0.05,
  }));
  const { components, difference } = groupDifference([photo, twins], { line });
  assert.equal(components.line.standardError, 0);
  close(difference, 0.05);
});

Deno.test("groupDifference() takes test-set noise as 200,000 simulated pairs of test sets", () => {
  const { testSet } = groupDifference([photo, narrow], { line }).components;
  assert.ok(testSet);
  close(testSet.standardError / expected.testSet, 1, 0.01);
});

Deno.test("groupDifference() takes the error of the images that it is given", () => {
  const { testSet } = groupDifference([photo, narrow], {
    line,
    imageError: 0.004,
  }).components;
  assert.equal(testSet?.standardError, 0.004);
  assert.equal(testSet.degreesOfFreedom, null);
});

Deno.test("groupDifference() over runs is the guarded interval of both spreads, images and line, with the run as the line's unit", () => {
  const { runs, line } = scattered;
  const { components, difference, low, high } = groupDifference(
    [photo, narrow],
    { line, runs, imageError: 0.004 },
  );
  const source = (standardError: number, degreesOfFreedom: number) => ({
    standardError,
    degreesOfFreedom,
  });
  const spreads = [photo, narrow].map((points) => {
    const { sd } = meanWithInterval(
      points.map((point) => effectiveRobustness(point, { line }).er),
    );
    return source(sd / Math.sqrt(points.length), points.length - 1);
  });
  const [sign, minus] = [1, -1] as const;
  const ofLine = lineError({
    line,
    runs,
    terms: [{ sign, networks: photo }, { sign: minus, networks: narrow }],
  });
  assert.equal(ofLine.degreesOfFreedom, 2);
  close(components.line.standardError, ofLine.standardError);
  const { halfWidth } = combineErrors(
    [...spreads, source(0.004, Infinity), ofLine],
    { guarded: true },
  );
  close(high - difference, halfWidth);
  close(difference - low, halfWidth);
  const plain = groupDifference([photo, narrow], { line });
  assert.equal(difference, plain.difference);
});

Deno.test("groupDifference() adds the half-widths of its components in squares", () => {
  const { components, low, high, difference } = groupDifference(
    [photo, narrow],
    { line, level: 0.9 },
  );
  const halfWidth = Math.hypot(
    ...Object.values(components).map((part) => part?.halfWidth ?? NaN),
  );
  close(high - difference, halfWidth);
  close(difference - low, halfWidth);
});

Deno.test("groupDifference() changes its sign when the groups change places", () => {
  const there = groupDifference([photo, narrow], { line });
  const back = groupDifference([narrow, photo], { line });
  close(back.difference, -there.difference);
  close(back.low, -there.high);
});

Deno.test("groupDifference() takes a group of one network to spread like the other", () => {
  const { betweenModels } = groupDifference([photo, narrow.slice(0, 1)], {
    line,
  }).components;
  const alone = meanEffectiveRobustness(photo, { line }).components
    .betweenModels;
  assert.ok(betweenModels && alone);
  // s·√(1/3 + 1) against s·√(1/3), with the same 2 degrees of freedom.
  close(betweenModels.standardError, 2 * alone.standardError);
  assert.equal(betweenModels.degreesOfFreedom, 2);
});

Deno.test("groupDifference() says what it cannot tell of two single networks without sizes", () => {
  const [a, b] = [photo, narrow].map((points) =>
    withoutSizes(points).slice(0, 1)
  );
  const result = groupDifference([a ?? [], b ?? []], { line });
  assert.equal(result.components.betweenModels, null);
  assert.equal(result.components.testSet, null);
  assert.deepEqual(
    groupDifferenceSchema.parse(JSON.parse(JSON.stringify(result))),
    result,
  );
});

Deno.test("groupDifference() has no spread where all networks of each group are alike", () => {
  const alike = (point = photo[0]) => point === undefined ? [] : [point, point];
  const { betweenModels } = groupDifference(
    [alike(photo[0]), alike(narrow[0])],
    { line },
  ).components;
  assert.equal(betweenModels?.halfWidth, 0);
});

Deno.test("groupDifference() needs networks in both groups", () => {
  assert.throws(
    () => groupDifference([[], narrow], { line }),
    /Cannot compare two groups: the first has no network/,
  );
  assert.throws(
    () => groupDifference([photo, []], { line }),
    /Cannot compare two groups: the second has no network/,
  );
});
