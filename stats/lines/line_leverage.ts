/**
 * How a mean effective robustness moves with the baselines' line and with the
 * test images, to first order.
 *
 * @module
 */
import { type ErrorSource, mean } from "../intervals/mean.ts";
import type { OverLine, Term } from "./over_line.ts";
import type { Point } from "./point.ts";
import type { Line } from "./regression.ts";
import { scales, toScale } from "./scale.ts";

/**
 * Change of a mean predicted accuracy per error of the line. An error
 * δb + δa·(x − x̄) of the line moves the mean by lift·δb + tilt·δa; δb and δa
 * are uncorrelated.
 */
export interface LineLeverage {
  /** Accuracy per unit of height of the line at x̄. */
  readonly lift: number;
  /** Accuracy per unit of slope of the line. */
  readonly tilt: number;
}

/** Leverage of the line on the mean predicted accuracy of some networks. */
export function lineLeverage(
  points: readonly Point[],
  line: Line,
): LineLeverage {
  const places = points.map((point) => placeOf(point, line));
  return {
    lift: mean(places.map(({ slope }) => slope)),
    tilt: mean(places.map(({ slope, x }) => slope * (x - line.xMean))),
  };
}

/** Leverage of the line on a sum of mean predicted accuracies. */
export function signedLeverage(
  terms: readonly Term[],
  line: Line,
): LineLeverage {
  let [lift, tilt] = [0, 0];
  for (const { sign, networks } of terms) {
    const own = lineLeverage(networks, line);
    lift += sign * own.lift;
    tilt += sign * own.tilt;
  }
  return { lift, tilt };
}

/** Standard error that the line gives what it has this leverage on. */
export function leveragedError(
  { lift, tilt }: LineLeverage,
  line: Line,
): number {
  return line.s * Math.sqrt(lift ** 2 / line.n + tilt ** 2 / line.sxx);
}

/**
 * Standard error by which a baseline lies off the line at the place of a
 * network, in accuracy: the residual standard error of n − 2 degrees of freedom,
 * to first order.
 */
export function residualError(point: Point, line: Line): ErrorSource {
  return {
    standardError: line.s * placeOf(point, line).slope,
    degreesOfFreedom: line.n - 2,
  };
}

/** A baseline on its line, in scaled units. */
export interface LeveragedBaseline {
  /** Scaled reference accuracy. */
  readonly x: number;
  /** Scaled shifted accuracy. */
  readonly y: number;
  /** How far `x` is from the mean of the baselines. */
  readonly d: number;
  /** Height over the line. */
  readonly residual: number;
  /** Change of what the line predicts, all terms together, in accuracy, per change of the height. */
  readonly leverage: number;
}

/** The baselines of a line, run by run. */
export function leveragedBaselines(
  { line, terms, runs = [] }: OverLine,
): readonly LeveragedBaseline[] {
  const { scale, extremes, slope, intercept, n, xMean, sxx } = line;
  const { lift, tilt } = signedLeverage(terms, line);
  return runs.flat().map((point) => {
    const { model, reference, shifted, referenceSize, shiftedSize } = point;
    const scaled = (accuracy: number, size: number | undefined) =>
      toScale(accuracy, { scale, extremes, model, size }).value;
    const x = scaled(reference, referenceSize);
    const y = scaled(shifted, shiftedSize);
    const d = x - xMean;
    return {
      x,
      y,
      d,
      residual: y - slope * x - intercept,
      leverage: lift / n + tilt * d / sxx,
    };
  });
}

/**
 * Standard error of the mean effective robustness of networks from binomial
 * noise of the test images; null if a size is missing. Reference and shifted
 * noise are taken as independent.
 *
 * @param testSets whether all networks were tested on the same images, so that
 * the noise does not average out, or each on images of its own
 */
export function testSetError(
  points: readonly Point[],
  { line, testSets }: {
    readonly line: Line;
    readonly testSets: "shared" | "separate";
  },
): number | null {
  const variances = points.map((point) => testVariance(point, line));
  if (variances.some(Number.isNaN)) return null;
  return testSets === "shared"
    ? mean(variances.map(Math.sqrt))
    : Math.sqrt(mean(variances) / variances.length);
}

/**
 * Variance that the test images give the effective robustness of one network;
 * NaN without sizes. Accuracies of 0 and 1 count as half an image, as where they
 * are clipped: they would have no noise.
 */
function testVariance(point: Point, line: Line): number {
  const { reference, shifted } = point;
  const { x, slope } = placeOf(point, line);
  // Change of the predicted accuracy per change of the reference accuracy.
  const gain = slope * line.slope / scales[line.scale].slope(x);
  return binomialVariance(shifted, point.shiftedSize) +
    gain ** 2 * binomialVariance(reference, point.referenceSize);
}

/** Variance of an accuracy on so many test images, NaN without their number; 0 and 1 count as half an image. */
export function binomialVariance(accuracy: number, size = NaN): number {
  const half = 1 / (2 * size);
  const kept = Math.min(Math.max(accuracy, half), 1 - half);
  return kept * (1 - kept) / size;
}

/** Scaled reference accuracy, and accuracy per scaled unit where the line passes it. */
export function placeOf(
  point: Point,
  line: Line,
): { readonly x: number; readonly slope: number } {
  const { value: x } = toScale(point.reference, {
    scale: line.scale,
    extremes: line.extremes,
    model: point.model,
    size: point.referenceSize,
  });
  return {
    x,
    slope: scales[line.scale].slope(line.slope * x + line.intercept),
  };
}
