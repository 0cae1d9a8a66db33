/**
 * Uncertainty of a line, whose baselines may come in runs: checkpoints of one
 * run lie high or low together, so the run is the unit.
 *
 * @module
 */
import { type ErrorSource, mean } from "../intervals/mean.ts";
import { leveragedError, placeOf, signedLeverage } from "./line_leverage.ts";
import type { OverLine } from "./over_line.ts";
import type { Point } from "./point.ts";
import { fitLine, predict } from "./regression.ts";

/**
 * Standard error that a line gives what is measured over it, as a fraction of
 * accuracy. Where no runs are given, or every run is one finished network, it
 * is that of least squares, with n − 2 degrees of freedom. Otherwise each run is
 * left out in turn (the jackknife of Tukey 1958, over clusters), with one degree
 * less than there are runs: where all have the same reference accuracies, this
 * is the spread of the runs' own predictions, as in Ibragimov and Müller (2010).
 *
 * @throws {RangeError} if the line is not through the points of the runs, if
 * there is one run, or if there is no line without one of them
 */
export function lineError({ line, terms, runs }: OverLine): ErrorSource {
  const count = runs?.flat().length ?? line.n;
  if (count !== line.n) {
    throw new RangeError(
      `Cannot take the error of a line over runs: it goes through ${line.n} points, and the runs have ${count}`,
    );
  }
  if (runs === undefined || areFinished(runs)) {
    return {
      standardError: leveragedError(signedLeverage(terms, line), line),
      degreesOfFreedom: line.n - 2,
    };
  }
  const n = runs.length;
  if (n < 2) {
    throw new RangeError(
      "Cannot take the error of a line over runs: there is 1 run, and how much another would differ shows with 2 or more",
    );
  }
  const { scale, extremes } = line;
  const places = terms.map(({ sign, networks }) => ({
    sign,
    xs: networks.map((point) => placeOf(point, line).x),
  }));
  const predictions = runs.map((left) => {
    const others = runs.filter((run) => run !== left).flat();
    const without = fitLine(others, { scale, extremes });
    return places.reduce(
      (sum, { sign, xs }) =>
        sum +
        sign * mean(xs.map((x) => predict(x, { line: without }).predicted)),
      0,
    );
  });
  const middle = mean(predictions);
  const squares = predictions.map((prediction) => (prediction - middle) ** 2);
  return {
    standardError: Math.sqrt((n - 1) * mean(squares)),
    degreesOfFreedom: n - 1,
  };
}

/** Whether a line remains without any one of its runs, so that runs tell its error. */
export function canLeaveOut(
  runs: readonly (readonly Point[])[],
): boolean {
  const count = runs.flat().length;
  return areFinished(runs) ||
    runs.every((run) => count - run.length >= 3);
}

/** Whether every run is one finished network. */
export function areFinished(runs: readonly (readonly Point[])[]): boolean {
  return runs.every(({ length }) => length === 1);
}
