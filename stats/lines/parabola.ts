/**
 * A parabola through baselines in scaled space: the simplest curve that their
 * line may be taken for.
 *
 * @module
 */
import { sum } from "../intervals/sum.ts";
import { type FTest, fTest } from "../intervals/variance_ratio.ts";
import type { PointGroup } from "./left_out_groups.ts";
import type { Point } from "./point.ts";
import { areAlike, type Line } from "./regression.ts";
import { scales, toScale } from "./scale.ts";

/** A parabola, as what is added to the baselines' line. */
export interface Parabola {
  readonly line: Line;
  /**
   * Mean of u² and its slope over u, where u is scaled reference accuracy less
   * its mean over the baselines: u² less both is orthogonal to the line.
   */
  readonly meanSquare: number;
  readonly tilt: number;
  /** Scaled shifted accuracy per such u². */
  readonly curvature: number;
  /** Whether the added term explains more than chance; null where nothing scatters about the parabola. */
  readonly addedTerm: FTest | null;
}

/**
 * Fits a parabola by ordinary least squares to scaled accuracies. Null where
 * there are fewer than four baselines, or their groups, or they themselves, lie
 * at fewer than three places along the line.
 *
 * @param line through all of them
 * @throws {RangeError} if an accuracy cannot be scaled
 */
export function fitParabola(
  groups: readonly PointGroup[],
  line: Line,
): Parabola | null {
  const scaled = groups.map(({ points }) =>
    points.map((point) => ({
      u: toLine(point, "reference", line) - line.xMean,
      y: toLine(point, "shifted", line),
    }))
  );
  const all = scaled.flat();
  const n = all.length;
  const centres = scaled.filter((own) => own.length > 0)
    .map((own) => sum(own.map(({ u }) => u)) / own.length);
  const places = [centres, all.map(({ u }) => u)].map(countDistinct);
  if (n < 4 || places.some((count) => count < 3)) return null;
  const meanSquare = sum(all.map(({ u }) => u ** 2)) / n;
  const tilt = sum(all.map(({ u }) => u ** 3)) / sum(all.map(({ u }) => u * u));
  const terms = all.map(({ u, y }) => ({
    added: u ** 2 - meanSquare - tilt * u,
    residual: y - line.slope * (u + line.xMean) - line.intercept,
  }));
  const room = sum(terms.map(({ added }) => added ** 2));
  const curvature = sum(terms.map(({ added, residual }) => added * residual)) /
    room;
  const left = sum(
    terms.map(({ added, residual }) => (residual - curvature * added) ** 2),
  );
  return {
    line,
    meanSquare,
    tilt,
    curvature,
    addedTerm: fTest([curvature ** 2 * room, left], [1, n - 3]),
  };
}

/**
 * Shifted accuracy of a network above what the parabola predicts, a fraction.
 *
 * @throws {RangeError} if its reference accuracy cannot be scaled
 */
export function heightOverParabola(
  point: Point,
  { line, meanSquare, tilt, curvature }: Parabola,
): number {
  const u = toLine(point, "reference", line) - line.xMean;
  const predicted = line.slope * (u + line.xMean) + line.intercept +
    curvature * (u ** 2 - meanSquare - tilt * u);
  return point.shifted - scales[line.scale].inverse(predicted);
}

/** An accuracy of a network in the scale of the line. */
function toLine(
  point: Point,
  which: "reference" | "shifted",
  { scale, extremes }: Line,
): number {
  const size = point[`${which}Size`];
  return toScale(point[which], { scale, extremes, model: point.model, size })
    .value;
}

/** How many numbers differ by more than rounding. */
function countDistinct(values: readonly number[]): number {
  const inOrder = values.toSorted((a, b) => a - b);
  return inOrder.filter((value, i) =>
    !areAlike([value, inOrder[i - 1] ?? -Infinity])
  ).length;
}
