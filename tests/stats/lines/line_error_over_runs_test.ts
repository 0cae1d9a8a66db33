import assert from "node:assert/strict";
import { meanWithInterval } from "../../../stats/intervals/mean.ts";
import { lineErrorOverRuns } from "../../../stats/lines/line_error_over_runs.ts";
import {
  leveragedError,
  lineLeverage,
} from "../../../stats/lines/line_leverage.ts";
import type { Point } from "../../../stats/lines/point.ts";
import { fitLine, predict } from "../../../stats/lines/regression.ts";
import { close } from "../reference.ts";

const networks: readonly Point[] = [
  { model: "a", reference: 0.7, shifted: 0.6 },
  { model: "b", reference: 0.72, shifted: 0.6 },
];
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
  const line = fitLine(runs.flat(), { scale: "linear" });
  const own = runs.map((run) => {
    const line = fitLine(run, { scale: "linear" });
    return predict(0.71, { line }).predicted;
  });
  const { standardError, degreesOfFreedom } = lineErrorOverRuns(networks, {
    runs,
    line,
  });
  close(standardError, meanWithInterval(own).sd / Math.sqrt(3));
  assert.equal(degreesOfFreedom, 2);
});

Deno.test("runs of one finished network each have the error of least squares", () => {
  const singles = runs.flat().map((point) => [point]);
  const line = fitLine(runs.flat());
  const error = lineErrorOverRuns(networks, { runs: singles, line });
  assert.deepEqual(error, {
    standardError: leveragedError(lineLeverage(networks, line), line),
    degreesOfFreedom: 10,
  });
});

Deno.test("one run, or runs that are not the line's, are refused", () => {
  const line = fitLine(runs.flat());
  assert.throws(
    () => lineErrorOverRuns(networks, { runs: runs.slice(1), line }),
    /goes through 12 points, and the runs have 8/,
  );
  assert.throws(
    () => lineErrorOverRuns(networks, { runs: [runs.flat()], line }),
    /there is 1 run, and how much another would differ shows with 2 or more/,
  );
});
