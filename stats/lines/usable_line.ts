/**
 * Whether baselines lie on a line that effective robustness can be measured
 * over.
 *
 * @module
 */
import { jackknife } from "../intervals/jackknife.ts";
import { criticalValue } from "../intervals/quantile.ts";
import { areFinished } from "./line_error.ts";
import type { Point } from "./point.ts";
import { fitLine, type Line } from "./regression.ts";

/** A line's slope with its interval, and whether the line may be used. */
export interface LineUse {
  /** Scaled shifted accuracy per scaled reference accuracy. */
  readonly slope: number;
  /** Lower end of the slope's interval. */
  readonly low: number;
  /** Upper end of the slope's interval. */
  readonly high: number;
  /** Share of the variance explained. */
  readonly r2: number;
  /** Whether the whole interval lies above 0 and `r2` is large enough. */
  readonly isUsable: boolean;
}

/** What is asked of a line. */
export interface LineUseOptions {
  /** Confidence level of the slope's interval; 0.95 by default. */
  readonly level?: number | undefined;
  /** Least share of the variance explained. */
  readonly leastR2: number;
  /** The points of the line, those that are not independent together: of one run, or of networks that are akin. By default each is by itself. */
  readonly runs?: readonly (readonly Point[])[] | undefined;
}

/**
 * The slope of a line with its interval, and whether shifted accuracy follows
 * reference accuracy well enough: the interval lies above 0, and the line
 * explains at least `leastR2` of the variance. The interval is slope ± t · s /
 * √Sxx with n − 2 degrees of freedom (Draper and Smith, Applied Regression
 * Analysis, section 1.4); with runs of several points each is left out in turn
 * (the jackknife of Tukey 1958, over clusters), with one degree less than there
 * are runs.
 *
 * @throws {RangeError} if there is one run, or no line without one of them
 */
export function lineUse(
  line: Line,
  { level = 0.95, leastR2, runs }: LineUseOptions,
): LineUse {
  const { slope, s, sxx, n, r2 } = line;
  const halfWidth = runs === undefined || areFinished(runs)
    ? criticalValue(level, n - 2) * s / Math.sqrt(sxx)
    : criticalValue(level, runs.length - 1) * slopeError(line, runs);
  const low = slope - halfWidth;
  return {
    slope,
    low,
    high: slope + halfWidth,
    r2,
    isUsable: low > 0 && r2 >= leastR2,
  };
}

/** Standard error of a slope, by the slopes without each of the runs. */
function slopeError(
  { scale, extremes }: Line,
  runs: readonly (readonly Point[])[],
): number {
  const { standardErrors } = jackknife<"runs">((without) => {
    const others = runs.filter((_, run) => run !== without?.member);
    return fitLine(others.flat(), { scale, extremes }).slope;
  }, { factors: { runs: runs.length } });
  return standardErrors.runs ?? NaN;
}
