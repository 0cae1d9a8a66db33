/**
 * What the choice of test images adds to the error of an estimate when
 * baselines and networks are tested on the same ones.
 *
 * @module
 */
import { sum } from "../intervals/sum.ts";
import { type ByImage, combined, product, squared } from "./by_image.ts";
import { areFinished, checkSame } from "./line_error.ts";
import {
  type LeveragedBaseline,
  leveragedBaselines,
  placeOf,
} from "./line_leverage.ts";
import type { OverLine } from "./over_line.ts";
import type { Point } from "./point.ts";
import type { Line } from "./regression.ts";
import { scales } from "./scale.ts";
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
   * the two sets have nothing to do with each other. Of several lines the i-th
   * images are one, on each side: an image that is in one part of a test set
   * alone adds 0 to what is measured in the other.
   */
  readonly images: "same" | "disjoint";
  /**
   * Whether the i-th networks of all terms are one, so that the spread is that
   * of their differences; no by default.
   */
  readonly paired?: boolean | undefined;
  /** Whether the i-th runs of all lines are one, see `lineError()`; no by default. */
  readonly sharedRuns?: boolean | undefined;
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
 * 1972). A baseline moves the line by how much higher the image puts it; what it
 * turns the slope by, since it lies off the line already, is left out. Taken off
 * is what the same image adds to the variances of `spreadOf()` and of
 * `lineError()`.
 *
 * @throws {RangeError} if a term has no network, or as a pair another number
 * than the first, if a line has fewer than two runs, or as one that shares them
 * others in number or length than the first, if two networks were
 * judged on numbers of images that differ, or if what the images add to an
 * accuracy does not sum to 0
 */
export function imageError(
  measured: readonly JudgedOverLine[],
  { images, paired = false, sharedRuns = false }: ImageErrorOptions,
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
  if (sharedRuns) checkSame(measured.map(({ runs }) => runs));
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
  const lines = sharedRuns ? [parts] : parts.map((part) => [part]);
  const held = sum(spread) + sum(lines.map(heldByLines));
  return Math.sqrt(Math.max(0, squared(moved) - held));
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
  readonly baselines: readonly (LeveragedBaseline & {
    /** Of the baseline over the line, in scaled units. */
    readonly offset: ByImage;
  })[];
}

function partOf(
  measured: JudgedOverLine,
  images: ImageErrorOptions["images"],
): Part {
  const { line, terms, runs } = measured;
  const slopeAt = scales[line.scale].slope;
  const points = runs.flat();
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
    baselines: leveragedBaselines(measured).map((baseline, j) => {
      const reference = -line.slope / slopeAt(baseline.x);
      const shifted = 1 / slopeAt(baseline.y);
      const point = points[j] as JudgedPoint;
      return {
        ...baseline,
        offset: byImage(point, { reference, shifted, images }),
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

/**
 * What the variance of `lineError()` holds of the images, which move the
 * baselines' residuals, of lines through the same runs.
 */
function heldByLines(lines: readonly Part[]): number {
  const [{ runs = [] } = {}] = lines;
  const n = runs.length;
  if (areFinished(runs)) {
    const left = lines.map((part) =>
      runs.map((_, k) => residual(part, (j) => j === k ? 1 : 0))
    );
    return sum(
      lines.flatMap(({ baselines: first }, a) =>
        lines.map(({ baselines: second }, b) =>
          sum(
            first.map(({ leverage }, j) =>
              leverage * (second[j]?.leverage ?? NaN)
            ),
          ) *
          sum(
            runs.map((_, k) =>
              product(left[a]?.[k] as ByImage, left[b]?.[k] as ByImage)
            ),
          )
        )
      ),
    ) / (n - 2);
  }
  let next = 0;
  return n / (n - 1) * sum(runs.map(({ length }) => {
    const [first, end] = [next, next += length];
    return squared(combined(lines.map((part) => {
      const { baselines } = part;
      const own = residual(
        part,
        (j) => j >= first && j < end ? baselines[j]?.leverage ?? NaN : 0,
      );
      return [1, own] as const;
    })));
  }));
}

/** A weighted sum of what is left of the baselines' offsets when the line follows them. */
function residual(
  { baselines, line }: Part,
  weightOf: (j: number) => number,
): ByImage {
  const weights = baselines.map((_, j) => weightOf(j));
  const middle = sum(weights) / baselines.length;
  const tilt = sum(baselines.map(({ d }, j) => (weights[j] ?? NaN) * d)) /
    line.sxx;
  return combined(
    baselines.map(({ offset, d }, j) =>
      [(weights[j] ?? NaN) - middle - tilt * d, offset] as const
    ),
  );
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
      let total = 0;
      for (let i = 0; i < influences.length; i++) {
        total += influences[i] as number;
      }
      if (!(Math.abs(total) < 1e-6)) {
        throw new RangeError(
          `Cannot take the error of the images: what they add to the ${set} accuracy of model "${model}" sums to ${total} instead of 0`,
        );
      }
    }
  }
}
