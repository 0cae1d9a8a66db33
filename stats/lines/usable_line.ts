/**
 * Whether baselines lie on a line that effective robustness can be measured
 * over.
 *
 * @module
 */
import { criticalValue } from "../intervals/quantile.ts";
import type { Line } from "./regression.ts";

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
}

/**
 * The slope of a line with its interval, slope ± t · s / √Sxx with n − 2 degrees
 * of freedom (Draper and Smith, Applied Regression Analysis, section 1.4), and
 * whether shifted accuracy follows reference accuracy well enough: the interval
 * lies above 0, and the line explains at least `leastR2` of the variance.
 */
export function lineUse(
  { slope, s, sxx, n, r2 }: Line,
  { level = 0.95, leastR2 }: LineUseOptions,
): LineUse {
  const halfWidth = criticalValue(level, n - 2) * s / Math.sqrt(sxx);
  const low = slope - halfWidth;
  return {
    slope,
    low,
    high: slope + halfWidth,
    r2,
    isUsable: low > 0 && r2 >= leastR2,
  };
}
