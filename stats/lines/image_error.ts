/**
 * What the choice of test images adds to the error of an estimate when
 * baselines and networks are tested on the same ones.
 *
 * @module
 */
import { mean } from "../intervals/mean.ts";
import { areFinished } from "./line_error.ts";
import { placeOf, signedLeverage } from "./line_leverage.ts";
import type { OverLine } from "./over_line.ts";
import type { Point } from "./point.ts";
import type { Line } from "./regression.ts";
import { scales, toScale } from "./scale.ts";
import { spreadOf } from "./spread.ts";

/**
 * A network judged image by image: what each image adds to its accuracies, in
 * an order that all networks share. On n images that count the same it is
 * (1 − accuracy) / n where the network is right and −accuracy / n where it is
 * wrong.
 */
export interface JudgedPoint extends Point {
  /** By reference image; the sum is 0. */
  readonly referenceInfluence: ArrayLike<number>;
  /** By shifted image; the sum is 0. */
  readonly shiftedInfluence: ArrayLike<number>;
}

/** What of an estimate is measured over one line, judged image by image. */
export interface JudgedOverLine extends OverLine<JudgedPoint> {
  readonly runs: readonly (readonly JudgedPoint[])[];
}

/** What was judged. */
export interface ImageErrorOptions {
  /**
   * Whether the i-th shifted image is a version of the i-th reference image, or
   * the two sets have nothing to do with each other.
   */
  readonly images: "same" | "disjoint";
  /**
   * Whether the i-th networks of all terms are one, so that the spread is that
   * of their differences; no by default.
   */
  readonly paired?: boolean | undefined;
}

/**
 * Standard error that the images give an estimate, as a fraction of accuracy,
 * beyond what the spread between networks and the errors of the lines already
 * hold of it. An image that is hard for all moves networks and line alike, and
 * cancels.
 *
 * To first order each image adds something to the estimate, through both
 * accuracies of every network and baseline; the sum of the squares is the
 * variance that a bootstrap over images gives (infinitesimal jackknife, Jaeckel
 * 1972). Taken off is what the same image adds to the variances of `spreadOf()`
 * and of `lineError()`.
 *
 * @throws {RangeError} if a term has no network, or as a pair another number
 * than the first, if a line has fewer than two runs, if two networks were
 * judged on numbers of images that differ, or if what the images add to an
 * accuracy does not sum to 0
 */
export function imageError(
  measured: readonly JudgedOverLine[],
  { images, paired = false }: ImageErrorOptions,
): number {
  const counts = measured.flatMap(({ terms }) =>
    terms.map(({ networks }) => networks.length)
  );
  const wrong = counts.find((n) => n === 0 || paired && n !== counts[0]);
  if (wrong !== undefined) {
    throw new RangeError(
      `Cannot take the error of the images: a term has ${wrong} networks${
        paired ? ` and the first, with which they pair, ${counts[0]}` : ""
      }`,
    );
  }
  for (const { runs } of measured) {
    if (runs.length < 2) {
      throw new RangeError(
        `Cannot take the error of the images beyond the spread of runs: the line has ${runs.length}, and 2 or more are needed`,
      );
    }
  }
  checkInfluences(
    measured.flatMap(({ terms, runs }) => [
      ...terms.flatMap(({ networks }) => networks),
      ...runs.flat(),
    ]),
    images,
  );
  const parts = measured.map((one) => partOf(one, images));
  const signs = measured.flatMap(({ terms }) => terms.map(({ sign }) => sign));
  const sizes = parts[0]?.terms[0]?.[0]?.map(({ length }) => length) ?? [];

  let variance = 0;
  for (const [set, length] of sizes.entries()) {
    for (let i = 0; i < length; i++) {
      const at = (points: readonly Deviations[]) =>
        points.map((sets) => sets[set]?.[i] ?? NaN);
      const heights = parts.flatMap(({ terms }) => terms.map(at));
      let moved = sum(heights.map((own, k) => (signs[k] ?? NaN) * mean(own)));
      let held = 0;
      for (const { offsets, ...part } of parts) {
        const theirs = at(offsets);
        moved -= sum(
          part.fitted.map(({ leverage }, j) => leverage * (theirs[j] ?? NaN)),
        );
        held += heldByLine(residuals(theirs, part), part);
      }
      const groups = paired ? [differences(heights, signs)] : heights;
      held += sum(
        spreadOf(groups).map(({ standardError }) => standardError ** 2),
      );
      variance += moved ** 2 - held;
    }
  }
  return Math.sqrt(Math.max(0, variance));
}

/** The i-th values of all groups as one, with their signs. */
function differences(
  groups: readonly (readonly number[])[],
  signs: readonly number[],
): readonly number[] {
  const [first = []] = groups;
  return first.map((_, i) =>
    sum(groups.map((values, k) => (signs[k] ?? NaN) * (values[i] ?? NaN)))
  );
}

/** What each image adds to a point's height over the line: a list of the images, or one of each set. */
type Deviations = readonly Float64Array[];

/** What is measured over one line, as far as images move it. */
interface Part {
  readonly line: Line;
  readonly runs: readonly (readonly Point[])[];
  /** Of the networks of each term, in accuracy. */
  readonly terms: readonly (readonly Deviations[])[];
  /** Of the baselines, in scaled units. */
  readonly offsets: readonly Deviations[];
  readonly fitted: readonly Fitted[];
}

/** A baseline's place on the line. */
interface Fitted {
  /** Scaled reference accuracy less the mean of the baselines. */
  readonly d: number;
  /** Change of what the line predicts, all terms together, per change of its height. */
  readonly leverage: number;
}

function partOf(
  { line, terms, runs }: JudgedOverLine,
  images: ImageErrorOptions["images"],
): Part {
  const slopeAt = scales[line.scale].slope;
  const { lift, tilt } = signedLeverage(terms, line);
  const baselines = runs.flat().map((point) => {
    const [x, y] = scaled(point, line);
    const [reference, shifted] = [-line.slope / slopeAt(x), 1 / slopeAt(y)];
    const d = x - line.xMean;
    return {
      offset: deviations(point, { reference, shifted, images }),
      fitted: { d, leverage: lift / line.n + tilt * d / line.sxx },
    };
  });
  return {
    line,
    runs,
    terms: terms.map(({ networks }) =>
      networks.map((point) => {
        const { x, slope } = placeOf(point, line);
        const reference = -slope * line.slope / slopeAt(x);
        return deviations(point, { reference, shifted: 1, images });
      })
    ),
    offsets: baselines.map(({ offset }) => offset),
    fitted: baselines.map(({ fitted }) => fitted),
  };
}

function deviations(
  { referenceInfluence, shiftedInfluence }: JudgedPoint,
  { reference, shifted, images }: {
    /** Height per reference accuracy. */
    readonly reference: number;
    /** Height per shifted accuracy. */
    readonly shifted: number;
    readonly images: ImageErrorOptions["images"];
  },
): Deviations {
  const before = times(reference, referenceInfluence);
  const after = times(shifted, shiftedInfluence);
  return images === "disjoint"
    ? [before, after]
    : [before.map((value, i) => value + (after[i] ?? NaN))];
}

function times(factor: number, values: ArrayLike<number>): Float64Array {
  const products = new Float64Array(values);
  return products.map((value) => factor * value);
}

/** What the line's variance of `lineError()` holds of an image that moves its residuals so. */
function heldByLine(
  residuals: readonly number[],
  { fitted, runs }: Pick<Part, "fitted" | "runs">,
): number {
  const n = runs.length;
  if (areFinished(runs)) {
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
  { fitted, line }: Pick<Part, "fitted" | "line">,
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

/** Both accuracies in the line's scale. */
function scaled(point: Point, line: Line): readonly [number, number] {
  const { scale, extremes } = line;
  const { model, reference, shifted } = point;
  const shared = { scale, extremes, model };
  const x = toScale(reference, { ...shared, size: point.referenceSize });
  const y = toScale(shifted, { ...shared, size: point.shiftedSize });
  return [x.value, y.value];
}

function checkInfluences(
  points: readonly JudgedPoint[],
  images: ImageErrorOptions["images"],
): void {
  const [first] = points;
  for (const { model, ...point } of points) {
    for (const set of ["reference", "shifted"] as const) {
      const influences = point[`${set}Influence`];
      const like = images === "same" ? "reference" : set;
      const length = first?.[`${like}Influence`].length;
      if (influences.length !== length) {
        throw new RangeError(
          `Cannot take the error of the images: model "${model}" was judged on ${influences.length} ${set} images instead of ${length}`,
        );
      }
      const total = new Float64Array(influences).reduce((a, b) => a + b, 0);
      if (!(Math.abs(total) < 1e-6)) {
        throw new RangeError(
          `Cannot take the error of the images: what they add to the ${set} accuracy of model "${model}" sums to ${total} instead of 0`,
        );
      }
    }
  }
}
