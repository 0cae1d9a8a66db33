/**
 * What the choice of test images adds to the error of a mean effective
 * robustness when baselines and networks are tested on the same ones.
 *
 * @module
 */
import { mean } from "../intervals/mean.ts";
import { lineLeverage, placeOf } from "./line_leverage.ts";
import type { Point } from "./point.ts";
import type { Line } from "./regression.ts";
import { scales, toScale } from "./scale.ts";

/**
 * A network judged image by image. Hits are 1 where it is right and 0 where it
 * is wrong, or a share where the distribution mixes versions of an image; their
 * mean is the accuracy. All networks have the same images in the same order.
 */
export interface JudgedPoint extends Point {
  /** By reference image. */
  readonly referenceHits: ArrayLike<number>;
  /** By shifted image. */
  readonly shiftedHits: ArrayLike<number>;
}

/** Where the line comes from, and what was judged. */
export interface ImageErrorOptions {
  /** The points of the line by run; a finished network is a run of one. */
  readonly runs: readonly (readonly JudgedPoint[])[];
  /** The line through them. */
  readonly line: Line;
  /**
   * Whether the i-th shifted image is a version of the i-th reference image, or
   * the two sets have nothing to do with each other.
   */
  readonly images: "same" | "disjoint";
}

/**
 * Standard error that the images give the mean effective robustness of some
 * networks, as a fraction of accuracy, beyond what the spread between networks
 * and the spread between runs already hold of it. An image that is hard for all
 * moves networks and line alike, and cancels.
 *
 * To first order each image adds something to the estimate, through every
 * network's two accuracies; the sum of the squares is the variance that a
 * bootstrap over images gives (infinitesimal jackknife, Jaeckel 1972). Taken off
 * is what the same image adds to the variance between networks and to that of
 * `lineErrorOverRuns()`.
 *
 * @throws {RangeError} if there is no network, if there are fewer than two
 * runs, if two networks were judged on numbers of images that differ, or if the
 * hits of one do not make its accuracy
 */
export function imageError(
  networks: readonly JudgedPoint[],
  { runs, line, images }: ImageErrorOptions,
): number {
  const baselines = runs.flat();
  if (runs.length < 2) {
    throw new RangeError(
      `Cannot take the error of the images beyond the spread of runs: the line has ${runs.length}, and 2 or more are needed`,
    );
  }
  checkHits([...networks, ...baselines], images);
  const { lift, tilt } = lineLeverage(networks, line);
  const slopeAt = scales[line.scale].slope;
  const heights = networks.map((point) => {
    const { x, slope } = placeOf(point, line);
    const gain = slope * line.slope / slopeAt(x);
    return deviations(point, { reference: -gain, shifted: 1, images });
  });
  const places = baselines.map((point) => scaled(point, line));
  const offsets = baselines.map((point, j) => {
    const [x, y] = places[j] ?? [NaN, NaN];
    const [reference, shifted] = [-line.slope / slopeAt(x), 1 / slopeAt(y)];
    return deviations(point, { reference, shifted, images });
  });
  const fitted = places.map(([x]) => {
    const d = x - line.xMean;
    return { d, leverage: lift / line.n + tilt * d / line.sxx };
  });

  let variance = 0;
  for (const [set, { length }] of (heights[0] ?? []).entries()) {
    const at = (of: readonly Deviations[], i: number) =>
      of.map((sets) => sets[set]?.[i] ?? NaN);
    for (let i = 0; i < length; i++) {
      const ours = at(heights, i);
      const theirs = at(offsets, i);
      const moved = mean(ours) -
        sum(fitted.map(({ leverage }, j) => leverage * (theirs[j] ?? NaN)));
      variance += moved ** 2 - heldByNetworks(ours) -
        heldByLine(residuals(theirs, { fitted, line }), { fitted, runs });
    }
  }
  return Math.sqrt(Math.max(0, variance));
}

/** A baseline's place on the line. */
interface Fitted {
  /** Scaled reference accuracy less the mean of the baselines. */
  readonly d: number;
  /** Change of the mean prediction for the networks per change of its height. */
  readonly leverage: number;
}

/** What each image adds to a network's height over the line: a list of the images, or one of each set. */
type Deviations = readonly Float64Array[];

function deviations(
  { referenceHits, shiftedHits }: JudgedPoint,
  { reference, shifted, images }: {
    /** Height per reference accuracy. */
    readonly reference: number;
    /** Height per shifted accuracy. */
    readonly shifted: number;
    readonly images: ImageErrorOptions["images"];
  },
): Deviations {
  const before = scaledDeviations(referenceHits, reference);
  const after = scaledDeviations(shiftedHits, shifted);
  return images === "disjoint"
    ? [before, after]
    : [before.map((value, i) => value + (after[i] ?? NaN))];
}

function scaledDeviations(
  hits: ArrayLike<number>,
  factor: number,
): Float64Array {
  const accuracy = accuracyOf(hits);
  return Float64Array.from(
    hits,
    (hit) => factor * (hit - accuracy) / hits.length,
  );
}

/** What the variance of the mean of some networks, taken from their spread, holds of an image. */
function heldByNetworks(heights: readonly number[]): number {
  const n = heights.length;
  if (n === 1) return 0;
  const middle = mean(heights);
  return sum(heights.map((height) => (height - middle) ** 2)) / n / (n - 1);
}

/** What the line's variance of {@linkcode lineErrorOverRuns} holds of an image that moves its residuals so. */
function heldByLine(
  residuals: readonly number[],
  { fitted, runs }: {
    readonly fitted: readonly Fitted[];
    readonly runs: readonly (readonly JudgedPoint[])[];
  },
): number {
  const n = runs.length;
  if (n === fitted.length) {
    return sum(residuals.map((residual) => residual ** 2)) / (n - 2) *
      sum(fitted.map(({ leverage }) => leverage ** 2));
  }
  let [held, next] = [0, 0];
  for (const { length } of runs) {
    let moved = 0;
    for (const end = next + length; next < end; next++) {
      moved += (fitted[next]?.leverage ?? NaN) * (residuals[next] ?? NaN);
    }
    held += moved ** 2;
  }
  return n / (n - 1) * held;
}

/** What is left of the baselines' heights when the line follows them. */
function residuals(
  heights: readonly number[],
  { fitted, line }: { readonly fitted: readonly Fitted[]; readonly line: Line },
): readonly number[] {
  const middle = mean(heights);
  const tilt = sum(heights.map((height, j) => height * (fitted[j]?.d ?? NaN))) /
    line.sxx;
  return heights.map((height, j) =>
    height - middle - tilt * (fitted[j]?.d ?? NaN)
  );
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

function accuracyOf(hits: ArrayLike<number>): number {
  let right = 0;
  for (let i = 0; i < hits.length; i++) right += hits[i] ?? NaN;
  return right / hits.length;
}

/** Both accuracies in the line's scale. */
function scaled(point: Point, line: Line): readonly [number, number] {
  const { scale, extremes } = line;
  const { model, reference, shifted } = point;
  const shared = { scale, extremes, model };
  const x = toScale(reference, { ...shared, size: point.referenceSize });
  const y = toScale(shifted, { ...shared, size: point.shiftedSize });
  return [x.value, y.value];
}

function checkHits(
  points: readonly JudgedPoint[],
  images: ImageErrorOptions["images"],
): void {
  const [first] = points;
  for (const { model, ...point } of points) {
    for (const set of ["reference", "shifted"] as const) {
      const hits = point[`${set}Hits`];
      const other = images === "same" ? "referenceHits" : `${set}Hits` as const;
      const length = first?.[other].length;
      if (hits.length !== length) {
        throw new RangeError(
          `Cannot take the error of the images: model "${model}" has hits of ${hits.length} ${set} images instead of ${length}`,
        );
      }
      const accuracy = accuracyOf(hits);
      if (!(Math.abs(accuracy - point[set]) < 1e-6)) {
        throw new RangeError(
          `Cannot take the error of the images: model "${model}" has the ${set} accuracy ${
            point[set]
          }, and its hits make ${accuracy}`,
        );
      }
    }
  }
}
