/**
 * The theorem in a plane as a value: points on a line, and where gradient
 * descent led from several starts. Like the paper's Figure 2.
 *
 * @module
 */
import type { FigureHead } from "./figure_head.ts";

/** Left the points and the boundaries; right where the weights went. */
export interface StartsInPlaneFigure extends FigureHead {
  readonly kind: "starts-in-plane";
  /** Points of two classes on a line through the origin. */
  readonly points: readonly {
    readonly at: readonly [number, number];
    /** The class of the point: 1 or −1. */
    readonly label: number;
  }[];
  /** The direction of that line, as the one row of a basis. */
  readonly basis: readonly (readonly number[])[];
  /** Weights before and after gradient descent, two numbers each; at most six. */
  readonly starts: readonly {
    readonly name: string;
    readonly from: readonly number[];
    readonly to: readonly number[];
  }[];
}

/** The two coordinates of a vector of the plane. */
export function pair(vector: readonly number[]): readonly [number, number] {
  const [x, y, ...rest] = vector;
  if (x === undefined || y === undefined || rest.length > 0) {
    throw new RangeError(
      `Cannot draw a vector of ${vector.length} coordinates in a plane: 2 are needed`,
    );
  }
  return [x, y];
}
