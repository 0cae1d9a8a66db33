import assert from "node:assert/strict";
import {
  pairedDifference,
  pairedDifferenceSchema,
} from "../../../stats/lines/paired_difference.ts";
import {
  combineErrors,
  meanWithInterval,
} from "../../../stats/intervals/mean.ts";
import { lineError } from "../../../stats/lines/line_error.ts";
import { fitLine } from "../../../stats/lines/regression.ts";
import {
  checkpoints,
  otherwiseScattered,
  photo,
  photoTwins,
  scattered,
  sizes,
  values,
  withoutSizes,
} from "../difference_reference.ts";
import { close } from "../reference.ts";

const expected = values.pairedDifference;
const first = { line: checkpoints, points: photo };
const second = { line: sizes, points: photoTwins };

Deno.test("pairedDifference() agrees with SciPy's ttest_rel on the pairs", () => {
  const { difference, differences, components } = pairedDifference([
    first,
    second,
  ]);
  close(difference, expected.difference);
  assert.equal(differences.length, 3);
  close(components.betweenPairs?.halfWidth ?? NaN, expected.halfWidth);
  assert.equal(components.betweenPairs?.degreesOfFreedom, expected.df);
});

Deno.test("pairedDifference() holds the errors of both lines as 200,000 simulated lines give them", () => {
  const { firstLine, secondLine } = pairedDifference([first, second])
    .components;
  // The simulation is known to 0.2 %; first order adds a little on a line of 5 points.
  close(firstLine.standardError / expected.firstLine, 1, 0.01);
  close((secondLine?.standardError ?? NaN) / expected.secondLine, 1, 0.02);
  assert.equal(firstLine.degreesOfFreedom, 7);
  assert.equal(secondLine?.degreesOfFreedom, 3);
});

Deno.test("pairedDifference() holds the noise of both test sets as 200,000 simulated ones give it", () => {
  const { testSets } = pairedDifference([first, second]).components;
  close((testSets?.standardError ?? NaN) / expected.testSets, 1, 0.01);
});

Deno.test("pairedDifference() adds the half-widths of its components in squares", () => {
  const { components, low, high, difference } = pairedDifference(
    [first, second],
    { level: 0.9 },
  );
  const halfWidth = Math.hypot(
    ...Object.values(components).map((part) => part?.halfWidth ?? NaN),
  );
  close(high - difference, halfWidth);
  close(difference - low, halfWidth);
});

Deno.test("pairedDifference() over runs is the guarded interval of the pairs' spread, images and both lines, with runs as the lines' units", () => {
  const { components, difference, low, high, differences } = pairedDifference([
    { ...scattered, points: photo },
    { ...otherwiseScattered, points: photoTwins },
  ], { imageError: 0.004 });
  const [positive, negative] = [1, -1] as const;
  const lines = [
    lineError({ ...scattered, terms: [{ sign: positive, networks: photo }] }),
    lineError({
      ...otherwiseScattered,
      terms: [{ sign: negative, networks: photoTwins }],
    }),
  ];
  assert.deepEqual(
    [components.firstLine, components.secondLine].map((shown) => [
      shown?.standardError,
      shown?.degreesOfFreedom,
    ]),
    lines.map(({ standardError }) => [standardError, 2]),
  );
  const { sd } = meanWithInterval(differences);
  const { halfWidth } = combineErrors([
    { standardError: sd / Math.sqrt(3), degreesOfFreedom: 2 },
    { standardError: 0.004, degreesOfFreedom: Infinity },
    ...lines,
  ], { guarded: true });
  close(high - difference, halfWidth);
  close(difference - low, halfWidth);
});

Deno.test("pairedDifference() over one line has the error that its runs, left out as a whole, give the difference", () => {
  const { components, differences, difference, high } = pairedDifference([
    { ...scattered, points: photo },
    { points: photoTwins },
  ], { imageError: 0.004 });
  const terms = [
    { sign: 1, networks: photo },
    { sign: -1, networks: photoTwins },
  ] as const;
  const line = lineError({ ...scattered, terms });
  assert.deepEqual(
    [components.firstLine.standardError, components.secondLine],
    [line.standardError, null],
  );
  const apart = terms.map((term) => lineError({ ...scattered, terms: [term] }));
  assert.ok(
    line.standardError < Math.hypot(...apart.map((one) => one.standardError)),
  );
  const { sd } = meanWithInterval(differences);
  const { halfWidth } = combineErrors([
    { standardError: sd / Math.sqrt(3), degreesOfFreedom: 2 },
    { standardError: 0.004, degreesOfFreedom: Infinity },
    line,
  ], { guarded: true });
  close(high - difference, halfWidth);
});

Deno.test("pairedDifference() over one line has no error from it where reference accuracies are the same", () => {
  const lifted = photo.map((point) => ({
    ...point,
    shifted: point.shifted + 0.02,
  }));
  for (const side of [scattered, { line: scattered.line }]) {
    const { components, difference } = pairedDifference([
      { ...side, points: lifted },
      { points: photo },
    ]);
    close(difference, 0.02);
    close(components.firstLine.standardError, 0);
  }
});

Deno.test("pairedDifference() takes points as independent unless it is given the runs of both lines", () => {
  const { line } = scattered;
  const half = pairedDifference([
    { line, points: photo },
    { ...otherwiseScattered, points: photoTwins },
  ]);
  const parts = Object.values(half.components);
  close(
    half.high - half.difference,
    Math.hypot(...parts.map((part) => part?.halfWidth ?? NaN)),
  );
  assert.equal(half.components.firstLine.degreesOfFreedom, 10);
});

Deno.test("pairedDifference() over two lines through the same runs has the error that these give the difference", () => {
  const runs = scattered.runs.map((run) =>
    run.map((point) => ({ ...point, shifted: 0.9 * point.shifted }))
  );
  const second = { runs, line: fitLine(runs.flat()) };
  const { components, differences, difference, low, high } = pairedDifference([
    { ...scattered, points: photo },
    { ...second, points: photoTwins },
  ], { imageError: 0.004, sharedRuns: true });
  const line = lineError(
    { ...scattered, terms: [{ sign: 1, networks: photo }] },
    { ...second, terms: [{ sign: -1, networks: photoTwins }] },
  );
  assert.deepEqual(
    [components.firstLine.standardError, components.secondLine],
    [line.standardError, null],
  );
  const { sd } = meanWithInterval(differences);
  const { halfWidth } = combineErrors([
    { standardError: sd / Math.sqrt(3), degreesOfFreedom: 2 },
    { standardError: 0.004, degreesOfFreedom: Infinity },
    line,
  ], { guarded: true });
  close(high - difference, halfWidth);
  close(difference - low, halfWidth);
});

Deno.test("pairedDifference() does not mind what both of a pair have in common", () => {
  const lifted = (points: typeof photo) =>
    points.map((point, i) => ({ ...point, shifted: point.shifted - 0.1 * i }));
  const before = pairedDifference([first, second]);
  const after = pairedDifference([
    { ...first, points: lifted(photo) },
    { ...second, points: lifted(photoTwins) },
  ]);
  close(after.difference, before.difference);
  close(
    after.components.betweenPairs?.standardError ?? NaN,
    before.components.betweenPairs?.standardError ?? NaN,
  );
});

Deno.test("pairedDifference() of one pair without sizes knows the lines alone", () => {
  const result = pairedDifference([
    { ...first, points: withoutSizes(photo).slice(0, 1) },
    { ...second, points: withoutSizes(photoTwins).slice(0, 1) },
  ]);
  assert.equal(result.components.betweenPairs, null);
  assert.equal(result.components.testSets, null);
  assert.ok(result.high > result.low);
  assert.deepEqual(
    pairedDifferenceSchema.parse(JSON.parse(JSON.stringify(result))),
    result,
  );
});

Deno.test("pairedDifference() refuses sides of different length, and none", () => {
  assert.throws(
    () => pairedDifference([first, { ...second, points: [] }]),
    /Cannot pair 3 networks with 0: there must be as many on both sides/,
  );
  assert.throws(
    () =>
      pairedDifference([{ ...first, points: [] }, { ...second, points: [] }]),
    /Cannot pair networks: there is none/,
  );
});
