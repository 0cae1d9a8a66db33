/**
 * Effective robustness against a parameter as a value, e.g. the strength of a
 * shift or the learning rate.
 *
 * @module
 */
import type { Point } from "../../stats/lines/point.ts";
import type { Line } from "../../stats/lines/regression.ts";
import type { FigureHead } from "./figure_head.ts";
import type {
  RobustnessBand,
  RobustnessEstimate,
} from "./robustness_bars_figure.ts";

/** Effective robustness above, reference accuracy below, a parameter across. */
export interface SweepFigure extends FigureHead {
  readonly kind: "sweep";
  /** What varies. */
  readonly parameter: {
    /** Title of the axis: "learning rate". */
    readonly title: string;
    /** How its values stand apart: by their size, by its logarithm, or evenly. */
    readonly scale: "linear" | "log" | "even";
  };
  /** What a claim calls little or no effect; shaded. */
  readonly band?: RobustnessBand | undefined;
  /** What the lower panel shows in the place of reference accuracy; fractions. */
  readonly below?: {
    /** Title of the axis: "share of the shifted examples". */
    readonly title: string;
    readonly values: readonly {
      readonly at: number;
      readonly group: string;
      readonly value: number;
    }[];
  } | undefined;
  /** What was measured, in any order of the parameter. */
  readonly estimates: readonly SweepEstimate[];
}

/** Mean effective robustness of one group at one value of the parameter. */
export interface SweepEstimate
  extends Omit<RobustnessEstimate, "shift" | "overlap" | "r2"> {
  /** Value of the parameter. */
  readonly at: number;
  /** The line at this value of the parameter. */
  readonly line: Line;
  /** The networks. */
  readonly points: readonly Point[];
}
