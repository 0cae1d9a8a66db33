/**
 * Uncertainty of a line whose baselines come in runs: checkpoints of one run
 * lie high or low together, so the run is the unit.
 *
 * @module
 */
import { type ErrorSource, mean } from "../intervals/mean.ts";
import { leveragedError, lineLeverage, placeOf } from "./line_leverage.ts";
import type { Point } from "./point.ts";
import { fitLine, type Line, predict } from "./regression.ts";

/**
 * Standard error that the line gives a mean effective robustness, as a fraction
 * of accuracy. Where every run is one finished network it is that of least
 * squares, with n − 2 degrees of freedom. Otherwise each run is left out in turn
 * (the jackknife of Tukey 1958, over clusters), with one degree less than there
 * are runs: where all have the same reference accuracies, this is the spread of
 * the runs' own predictions, as in Ibragimov and Müller (2010).
 *
 * @param networks whose mean effective robustness it is
 * @param runs the points of the line by run
 * @throws {RangeError} if the line is not through these points, if there is one
 * run, or if there is no line without one of them
 */
export function lineErrorOverRuns(
  networks: readonly Point[],
  { runs, line }: {
    readonly runs: readonly (readonly Point[])[];
    readonly line: Line;
  },
): ErrorSource {
  const count = runs.flat().length;
  if (count !== line.n) {
    throw new RangeError(
      `Cannot take the error of a line over runs: it goes through ${line.n} points, and the runs have ${count}`,
    );
  }
  if (runs.every(({ length }) => length === 1)) {
    const standardError = leveragedError(lineLeverage(networks, line), line);
    return { standardError, degreesOfFreedom: line.n - 2 };
  }
  const n = runs.length;
  if (n < 2) {
    throw new RangeError(
      "Cannot take the error of a line over runs: there is 1 run, and how much another would differ shows with 2 or more",
    );
  }
  const { scale, extremes } = line;
  const places = networks.map((point) => placeOf(point, line).x);
  const predictions = runs.map((left) => {
    const others = runs.filter((run) => run !== left).flat();
    const without = fitLine(others, { scale, extremes });
    return mean(places.map((x) => predict(x, { line: without }).predicted));
  });
  const middle = mean(predictions);
  const squares = predictions.map((prediction) => (prediction - middle) ** 2);
  return {
    standardError: Math.sqrt((n - 1) * mean(squares)),
    degreesOfFreedom: n - 1,
  };
}
