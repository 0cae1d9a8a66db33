/**
 * Estimates as sums of mean effective robustness: that of some networks, that
 * of some minus that of others on the same line or on another.
 *
 * @module
 */
import type { Point } from "./point.ts";
import type { Line } from "./regression.ts";

/** Networks whose mean effective robustness an estimate adds or subtracts. */
export interface Term<P extends Point = Point> {
  /** 1 where it is added, −1 where it is subtracted. */
  readonly sign: 1 | -1;
  /** One point a network. */
  readonly networks: readonly P[];
}

/** What of an estimate is measured over one line. */
export interface OverLine<P extends Point = Point> {
  /** The baselines' line. */
  readonly line: Line;
  /** What is measured over it. */
  readonly terms: readonly Term<P>[];
  /**
   * The points of the line by run; a finished network is a run of one. Where
   * left out, the points of the line are taken as independent.
   */
  readonly runs?: readonly (readonly P[])[] | undefined;
}
