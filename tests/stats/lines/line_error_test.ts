import assert from "node:assert/strict";
import { meanWithInterval } from "../../../stats/intervals/mean.ts";
import { canLeaveOut, lineError } from "../../../stats/lines/line_error.ts";
import {
  leveragedError,
  lineLeverage,
} from "../../../stats/lines/line_leverage.ts";
import type { Term } from "../../../stats/lines/over_line.ts";
import type { Point } from "../../../stats/lines/point.ts";
import { fitLine, predict } from "../../../stats/lines/regression.ts";
import { close } from "../reference.ts";

const networks: readonly Point[] = [
  { model: "a", reference: 0.7, shifted: 0.6 },
  { model: "b", reference: 0.72, shifted: 0.6 },
];
const terms: readonly Term[] = [{ sign: 1, networks }];
/** Three runs through the same reference accuracies, each with a height and a slope of its own. */
const runs = [[0.02, 0.7], [-0.01, 0.8], [0.03, 0.75]].map(
  ([height = 0, slope = 0], run): readonly Point[] =>
    [0.4, 0.5, 0.6, 0.65].map((reference, i) => ({
      model: `run ${run}`,
      reference,
      shifted: height + slope * reference + (i % 2) * 0.01,
    })),
);

Deno.test("of runs with the same reference accuracies the line's error is that of the mean of their own lines' predictions", () => {
  for (const some of [runs, runs.slice(1)]) {
    const line = fitLine(some.flat(), { scale: "linear" });
    const own = some.map((run) => {
      const line = fitLine(run, { scale: "linear" });
      return predict(0.71, { line }).predicted;
    });
    const error = lineError({ line, terms, runs: some });
    close(
      error.standardError,
      meanWithInterval(own).sd / Math.sqrt(some.length),
    );
    assert.equal(error.degreesOfFreedom, some.length - 1);
  }
});

Deno.test("of a difference on one line the runs are left out of both sides at once", () => {
  const line = fitLine(runs.flat(), { scale: "linear" });
  const lower = [{ model: "c", reference: 0.5, shifted: 0.4 }];
  const difference: readonly Term[] = [
    ...terms,
    { sign: -1, networks: lower },
  ];
  // What the runs' own lines predict at 0.71 more than at 0.5: their slopes.
  const own = runs.map((run) =>
    fitLine(run, { scale: "linear" }).slope * (0.71 - 0.5)
  );
  const { standardError } = lineError({ line, runs, terms: difference });
  close(standardError, meanWithInterval(own).sd / Math.sqrt(3));
  // Networks that are as good as each other have the line in common.
  const cancelled = lineError({
    line,
    runs,
    terms: [...terms, { sign: -1, networks }],
  });
  assert.equal(cancelled.standardError, 0);
});

/** The same runs in another part of a test set, where they are as far off or farther. */
const elsewhere = runs.map((run, r) =>
  run.map((point, i) => ({
    ...point,
    shifted: 0.8 * point.shifted - 0.02 * r - 0.005 * (i % 3),
  }))
);
const inParts = (
  [first, second]: readonly [typeof runs, typeof runs],
) =>
  [
    { line: fitLine(first.flat(), { scale: "linear" }), runs: first, terms },
    {
      line: fitLine(second.flat(), { scale: "linear" }),
      runs: second,
      terms: [{ sign: -1, networks }],
    },
  ] as const;

Deno.test("of lines through the same runs each is left out of all at once", () => {
  const own = runs.map((run, r) =>
    [run, elsewhere[r] ?? []].map((points) =>
      predict(0.71, { line: fitLine(points, { scale: "linear" }) }).predicted
    )
  ).map(([first = NaN, second = NaN]) => first - second);
  const { standardError, degreesOfFreedom } = lineError(
    ...inParts([runs, elsewhere]),
  );
  close(standardError, meanWithInterval(own).sd / Math.sqrt(3));
  assert.equal(degreesOfFreedom, 2);
});

Deno.test("lines through the same finished networks have the error of the line through the differences of their heights", () => {
  const [first, second] = [runs, elsewhere].map((some) =>
    some.flat().map((point) => [point])
  );
  assert.ok(first && second);
  const differences = first.flat().map((point, i) => ({
    ...point,
    shifted: point.shifted - (second[i]?.[0]?.shifted ?? NaN),
  }));
  const line = fitLine(differences, { scale: "linear" });
  const { standardError, degreesOfFreedom } = lineError(
    ...inParts([first, second]),
  );
  close(standardError, leveragedError(lineLeverage(networks, line), line));
  assert.equal(degreesOfFreedom, 10);
});

Deno.test("what runs do alike to both lines cancels", () => {
  for (const some of [runs, runs.flat().map((point) => [point])]) {
    close(lineError(...inParts([some, some])).standardError, 0);
  }
});

Deno.test("runs of one finished network each, and points without runs, have the error of least squares", () => {
  const singles = runs.flat().map((point) => [point]);
  const line = fitLine(runs.flat());
  const expected = {
    standardError: leveragedError(lineLeverage(networks, line), line),
    degreesOfFreedom: 10,
  };
  assert.deepEqual(lineError({ line, terms, runs: singles }), expected);
  assert.deepEqual(lineError({ line, terms }), expected);
});

Deno.test("canLeaveOut() says whether a line is left without any one run", () => {
  const [[first, second, third] = [], other = []] = runs;
  assert.ok(first && second && third);
  assert.ok(canLeaveOut(runs.slice(0, 2)));
  assert.ok(canLeaveOut([[first], [second], [third]]));
  assert.ok(!canLeaveOut(runs.slice(0, 1)));
  assert.ok(!canLeaveOut([[first, second], other]));
  // Without the other run all have one reference accuracy, and there is no line.
  const alike = [first, second, third].map((point) => ({
    ...point,
    reference: 0.6,
  }));
  assert.ok(!canLeaveOut([alike, other]));
});

Deno.test("one run, or runs that are not the line's, are refused", () => {
  const line = fitLine(runs.flat());
  assert.throws(
    () => lineError({ line, terms, runs: runs.slice(1) }),
    /goes through 12 points, and the runs have 8/,
  );
  assert.throws(
    () => lineError({ line, terms, runs: [runs.flat()] }),
    /there is 1 run, and how much another would differ shows with 2 or more/,
  );
  const [first, second] = inParts([runs, elsewhere]);
  assert.throws(
    () => lineError(first, { ...second, runs: undefined }),
    /the same runs: one has runs of 4, 4, 4 points, another of no/,
  );
  assert.throws(
    () =>
      lineError(first, {
        ...second,
        runs: [
          ...elsewhere.slice(1),
          ...(elsewhere[0] ?? []).map((point) => [point]),
        ],
      }),
    /the same runs: one has runs of 4, 4, 4 points, another of 4, 4, 1, 1, 1, 1/,
  );
});
