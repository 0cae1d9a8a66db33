/**
 * What the choice of test images adds to the error of an estimate when
 * baselines and networks are tested on the same ones.
 *
 * @module
 */
import { areFinished } from "./line_error.ts";
import { placeOf, signedLeverage } from "./line_leverage.ts";
import type { OverLine } from "./over_line.ts";
import type { Point } from "./point.ts";
import type { Line } from "./regression.ts";
import { scales, toScale } from "./scale.ts";
import { spreadFrom } from "./spread.ts";

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
  /** The points of the line by run; a finished network is a run of one. */
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
  const terms = parts.flatMap((part) => part.terms);
  const moved = combined(parts.flatMap(({ terms, baselines }) => [
    ...terms.flatMap(({ sign, heights }) =>
      heights.map((height) => [sign / heights.length, height] as const)
    ),
    ...baselines.map(({ leverage, offset }) => [-leverage, offset] as const),
  ]));
  const heights = terms.map(({ heights }) => heights);
  const spread = spreadFrom(
    (paired ? [differencesOf(terms)] : heights).map((group) => ({
      n: group.length,
      variance: varianceOf(group),
    })),
  ).map(({ standardError }) => standardError ** 2);
  const held = sum(spread) + sum(parts.map(heldByLine));
  return Math.sqrt(Math.max(0, squared(moved) - held));
}

/** What each image adds to a number; where sets are disjoint, one set after the other. */
type ByImage = Float64Array;

/** A weighted sum, image by image. */
function combined(
  weighted: readonly (readonly [weight: number, values: ByImage])[],
): ByImage {
  const total = new Float64Array(weighted[0]?.[1].length ?? 0);
  for (const [weight, values] of weighted) {
    for (let i = 0; i < total.length; i++) {
      total[i] = (total[i] as number) + weight * (values[i] as number);
    }
  }
  return total;
}

/** Sum of the squares over the images. */
function squared(values: ByImage): number {
  return values.reduce((total, value) => total + value ** 2, 0);
}

/** What the images add to the variance between the networks of a group. */
function varianceOf(group: readonly ByImage[]): number {
  const n = group.length;
  const middle = group.map((height) => [-1 / n, height] as const);
  return sum(
    group.map((height) => squared(combined([[1, height], ...middle]))),
  ) / (n - 1);
}

/** The i-th networks of all terms as one, with their signs. */
function differencesOf(terms: Part["terms"]): readonly ByImage[] {
  const [first] = terms;
  return (first?.heights ?? []).map((own, i) =>
    combined(
      terms.map(({ sign, heights }) => [sign, heights[i] ?? own] as const),
    )
  );
}

/** What is measured over one line, as far as images move it. */
interface Part {
  readonly line: Line;
  readonly runs: readonly (readonly Point[])[];
  readonly terms: readonly {
    readonly sign: number;
    /** Of each network over the line, in accuracy. */
    readonly heights: readonly ByImage[];
  }[];
  readonly baselines: readonly {
    /** Of the baseline over the line, in scaled units. */
    readonly offset: ByImage;
    /** Scaled reference accuracy less the mean of the baselines. */
    readonly d: number;
    /** Change of what the line predicts, all terms together, per change of the baseline's height. */
    readonly leverage: number;
  }[];
}

function partOf(
  { line, terms, runs }: JudgedOverLine,
  images: ImageErrorOptions["images"],
): Part {
  const slopeAt = scales[line.scale].slope;
  const { lift, tilt } = signedLeverage(terms, line);
  return {
    line,
    runs,
    terms: terms.map(({ sign, networks }) => ({
      sign,
      heights: networks.map((point) => {
        const { x, slope } = placeOf(point, line);
        const reference = -slope * line.slope / slopeAt(x);
        return byImage(point, { reference, shifted: 1, images });
      }),
    })),
    baselines: runs.flat().map((point) => {
      const [x, y] = scaled(point, line);
      const [reference, shifted] = [-line.slope / slopeAt(x), 1 / slopeAt(y)];
      const d = x - line.xMean;
      return {
        offset: byImage(point, { reference, shifted, images }),
        d,
        leverage: lift / line.n + tilt * d / line.sxx,
      };
    }),
  };
}

function byImage(
  { referenceInfluence, shiftedInfluence }: JudgedPoint,
  { reference, shifted, images }: {
    /** Height per reference accuracy. */
    readonly reference: number;
    /** Height per shifted accuracy. */
    readonly shifted: number;
    readonly images: ImageErrorOptions["images"];
  },
): ByImage {
  const before = new Float64Array(referenceInfluence);
  const after = new Float64Array(shiftedInfluence);
  if (images === "same") {
    return combined([[reference, before], [shifted, after]]);
  }
  const both = new Float64Array(before.length + after.length);
  both.set(before.map((value) => reference * value));
  both.set(after.map((value) => shifted * value), before.length);
  return both;
}

/** What the variance of `lineError()` holds of the images, which move the baselines' residuals. */
function heldByLine({ line, runs, baselines }: Part): number {
  const n = runs.length;
  const offsets = baselines.map(({ offset }) => offset);
  /** A weighted sum of what is left of the offsets when the line follows them. */
  const residual = (weights: readonly number[]) => {
    const middle = sum(weights) / offsets.length;
    const tilt = sum(weights.map((weight, j) => weight * dOf(j))) / line.sxx;
    return squared(combined(
      offsets.map((offset, j) =>
        [(weights[j] ?? 0) - middle - tilt * dOf(j), offset] as const
      ),
    ));
  };
  const dOf = (j: number) => baselines[j]?.d ?? NaN;
  if (areFinished(runs)) {
    const left = sum(
      offsets.map((_, k) => residual(offsets.map((_, j) => j === k ? 1 : 0))),
    );
    return left / (n - 2) *
      sum(baselines.map(({ leverage }) => leverage ** 2));
  }
  let next = 0;
  return n / (n - 1) * sum(runs.map(({ length }) => {
    const [first, end] = [next, next += length];
    return residual(
      baselines.map(({ leverage }, j) => j >= first && j < end ? leverage : 0),
    );
  }));
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
