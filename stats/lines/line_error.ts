/**
 * Uncertainty of a line, whose baselines may come in runs: checkpoints of one
 * run lie high or low together, so the run is the unit.
 *
 * @module
 */
import { type ErrorSource, mean } from "../intervals/mean.ts";
import {
  leveragedBaselines,
  leveragedError,
  placeOf,
  signedLeverage,
} from "./line_leverage.ts";
import type { OverLine } from "./over_line.ts";
import type { Point } from "./point.ts";
import { areAlike, fitLine, predict } from "./regression.ts";

/**
 * Standard error that a line gives what is measured over it, as a fraction of
 * accuracy. Where no runs are given, or every run is one finished network, it
 * is that of least squares, with n − 2 degrees of freedom. Otherwise each run is
 * left out in turn (the jackknife of Tukey 1958, over clusters), with one degree
 * less than there are runs: where all have the same reference accuracies, this
 * is the spread of the runs' own predictions, as in Ibragimov and Müller (2010).
 *
 * Of several lines the i-th runs are one, as in the parts of a test set: it is
 * left out of all at once, and residuals covary from line to line.
 *
 * @throws {RangeError} if a line is not through the points of its runs, if
 * there is one run, or if there is no line without one of them; of several lines
 * if one comes without runs, or with others in number or length
 */
export function lineError(
  ...lines: readonly [OverLine, ...OverLine[]]
): ErrorSource {
  for (const { line, runs } of lines) {
    const count = runs?.flat().length ?? line.n;
    if (count !== line.n) {
      throw new RangeError(
        `Cannot take the error of a line over runs: it goes through ${line.n} points, and the runs have ${count}`,
      );
    }
  }
  const [{ runs, line: { n: points } }] = lines;
  if (lines.length > 1) checkSame(lines.map((one) => one.runs));
  if (runs === undefined || areFinished(runs)) {
    return {
      standardError: leastSquaresError(lines),
      degreesOfFreedom: points - 2,
    };
  }
  const n = runs.length;
  if (n < 2) {
    throw new RangeError(
      "Cannot take the error of a line over runs: there is 1 run, and how much another would differ shows with 2 or more",
    );
  }
  const each = lines.map(predictedWithout);
  const predictions = runs.map((_, left) =>
    each.reduce((sum, without) => sum + without(left), 0)
  );
  const middle = mean(predictions);
  const squares = predictions.map((prediction) => (prediction - middle) ** 2);
  return {
    standardError: Math.sqrt((n - 1) * mean(squares)),
    degreesOfFreedom: n - 1,
  };
}

/** What a line predicts, all terms together, without one of its runs. */
function predictedWithout(
  { line, terms, runs = [] }: OverLine,
): (left: number) => number {
  const { scale, extremes } = line;
  const places = terms.map(({ sign, networks }) => ({
    sign,
    xs: networks.map((point) => placeOf(point, line).x),
  }));
  return (left) => {
    const others = runs.filter((_, run) => run !== left).flat();
    const without = fitLine(others, { scale, extremes });
    return places.reduce(
      (sum, { sign, xs }) =>
        sum +
        sign * mean(xs.map((x) => predict(x, { line: without }).predicted)),
      0,
    );
  };
}

/**
 * Of one line that of its residuals' variance; of several, whose residuals
 * covary, every residual is taken over every baseline's leverage on all lines
 * together: √(Σ_jk (Σ_lines leverage_j · residual_k)² / (n − 2)).
 */
function leastSquaresError(
  lines: readonly [OverLine, ...OverLine[]],
): number {
  const [{ line, terms }] = lines;
  if (lines.length === 1) {
    return leveragedError(signedLeverage(terms, line), line);
  }
  const baselines = lines.map(leveragedBaselines);
  let squares = 0;
  for (let j = 0; j < line.n; j++) {
    for (let k = 0; k < line.n; k++) {
      squares += baselines.reduce(
        (sum, own) =>
          sum + (own[j]?.leverage ?? NaN) * (own[k]?.residual ?? NaN),
        0,
      ) ** 2;
    }
  }
  return Math.sqrt(squares / (line.n - 2));
}

/** Refuses runs that are not as many, and each as long, on all lines. */
export function checkSame(
  lines: readonly OverLine["runs"][],
): void {
  const lengths = lines.map((runs) =>
    runs?.map(({ length }) => length).join(", ") ?? "no"
  );
  const other = lengths.find((own) => own === "no" || own !== lengths[0]);
  if (other !== undefined) {
    throw new RangeError(
      `Cannot take the error of lines through the same runs: one has runs of ${
        lengths[0]
      } points, another of ${other}`,
    );
  }
}

/** Whether a line remains without any one of its runs, so that runs tell its error. */
export function canLeaveOut(
  runs: readonly (readonly Point[])[],
): boolean {
  return areFinished(runs) ||
    runs.every((run) => {
      const others = runs.filter((own) => own !== run).flat();
      return others.length >= 3 &&
        !areAlike(others.map(({ reference }) => reference));
    });
}

/** Whether every run is one finished network. */
export function areFinished(runs: readonly (readonly Point[])[]): boolean {
  return runs.every(({ length }) => length === 1);
}
