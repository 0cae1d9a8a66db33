/**
 * The baselines' line: ordinary least squares in scaled space.
 *
 * @module
 */
import { z } from "zod";
import type { Point } from "./point.ts";
import { criticalValue } from "../intervals/quantile.ts";
import {
  type ExtremeRule,
  extremeRuleSchema,
  type ScaleName,
  scaleNameSchema,
  scales,
  toScale,
} from "./scale.ts";
import { largest, smallest } from "../intervals/extremes.ts";
import { sum } from "../intervals/sum.ts";

/** A line fitted to the scaled accuracies of baselines. */
export interface Line {
  /** Scale of both axes. */
  readonly scale: ScaleName;
  /** Number of baselines. */
  readonly n: number;
  /** Scaled shifted accuracy per scaled reference accuracy. */
  readonly slope: number;
  /** Scaled shifted accuracy at scaled reference accuracy 0. */
  readonly intercept: number;
  /** Share of the variance explained; 0 if the shifted accuracies are all equal. */
  readonly r2: number;
  /** Residual standard error √(SSE/(n − 2)), in scaled units. */
  readonly s: number;
  /** Mean of the scaled reference accuracies. */
  readonly xMean: number;
  /** Sum of squared deviations of the scaled reference accuracies. */
  readonly sxx: number;
  /** Lowest and highest reference accuracy of the baselines, as fractions. */
  readonly range: readonly [number, number];
  /** The rule for accuracies at or near 0 and 1 that was applied. */
  readonly extremes: ExtremeRule;
  /** Names of the baselines that the rule moved. */
  readonly clipped: readonly string[];
}

/** Schema of {@linkcode Line}. */
export const lineSchema: z.ZodType<Line> = z.strictObject({
  scale: scaleNameSchema,
  n: z.int().min(3),
  slope: z.number(),
  intercept: z.number(),
  r2: z.number(),
  s: z.number().nonnegative(),
  xMean: z.number(),
  sxx: z.number().positive(),
  range: z.tuple([z.number(), z.number()]).readonly(),
  extremes: extremeRuleSchema,
  clipped: z.array(z.string()).readonly(),
});

/**
 * Whether scaled accuracies are alike as far as rounding goes, so that no line
 * leads through them. Not exactly, as rounding may have come between accuracies
 * that are the same mixture of others.
 */
export function areAlike(scaled: readonly number[]): boolean {
  const [first = NaN] = scaled;
  return scaled.every((x) => Math.abs(x - first) < 1e-12);
}

/** How to fit a line. */
export interface FitLineOptions {
  /** Scale of both axes; probit by default. */
  readonly scale?: ScaleName | undefined;
  /** Rule for accuracies at or near 0 and 1; an error by default. */
  readonly extremes?: ExtremeRule | undefined;
}

/**
 * Fits the line through the baselines by ordinary least squares.
 *
 * @param points at least three baselines, not all of one reference accuracy
 * @throws {RangeError} if there are fewer, if the reference accuracies are
 * all equal, or if an accuracy cannot be scaled
 */
export function fitLine(
  points: readonly Point[],
  options: FitLineOptions = {},
): Line {
  const { scale = "probit", extremes = { kind: "error" } } = options;
  const n = points.length;
  if (n < 3) {
    throw new RangeError(
      `Cannot fit a line through ${n} points: at least 3 are needed`,
    );
  }
  const clipped: string[] = [];
  const scaled = points.map((point) => {
    const shared = { scale, extremes, model: point.model };
    const x = toScale(point.reference, {
      ...shared,
      size: point.referenceSize,
    });
    const y = toScale(point.shifted, { ...shared, size: point.shiftedSize });
    if (x.clipped || y.clipped) clipped.push(point.model);
    return { x: x.value, y: y.value };
  });
  const xMean = sum(scaled.map(({ x }) => x)) / n;
  const yMean = sum(scaled.map(({ y }) => y)) / n;
  const sxx = sum(scaled.map(({ x }) => (x - xMean) ** 2));
  const syy = sum(scaled.map(({ y }) => (y - yMean) ** 2));
  const sxy = sum(scaled.map(({ x, y }) => (x - xMean) * (y - yMean)));
  const references = points.map(({ reference }) => reference);
  const range = [smallest(references), largest(references)] as const;
  if (areAlike(scaled.map(({ x }) => x))) {
    throw new RangeError(
      `Cannot fit a line through ${n} points: all have the reference accuracy ${
        range[0]
      }`,
    );
  }
  const slope = sxy / sxx;
  const intercept = yMean - slope * xMean;
  // From the residuals, not syy − slope·sxy, which cancels when the fit is good.
  const sse = sum(
    scaled.map(({ x, y }) => (y - yMean - slope * (x - xMean)) ** 2),
  );
  return {
    scale,
    n,
    slope,
    intercept,
    r2: syy === 0 ? 0 : 1 - sse / syy,
    s: Math.sqrt(sse / (n - 2)),
    xMean,
    sxx,
    range,
    extremes,
    clipped,
  };
}

/**
 * Which residual standard error an interval uses: √(SSE/(n − 2)), or the value
 * that the paper's published code takes, √((n − 1)/n) times it (it multiplies
 * the standard deviation with divisor n by √((1 − r²)(n − 1)/(n − 2))).
 */
export type IntervalVariant = "textbook" | "authors";

/** How to take an interval of the line. */
export interface LineIntervalOptions {
  /** Share of the intervals that hold the true line; 0.95 by default. */
  readonly level?: number | undefined;
  /** Residual standard error to use; the textbook's by default. */
  readonly variant?: IntervalVariant | undefined;
}

/** The line at one reference accuracy; all values are accuracies. */
export interface LinePrediction {
  /** Shifted accuracy on the line. */
  readonly predicted: number;
  /** Lower end of the interval of the mean line. */
  readonly low: number;
  /** Upper end of the interval of the mean line. */
  readonly high: number;
}

/**
 * Standard error of the mean line at a scaled reference accuracy, in scaled
 * units: s·√(1/n + (x − x̄)²/Sxx).
 */
export function lineStandardError(
  x: number,
  { line, variant = "textbook" }: {
    readonly line: Line;
    readonly variant?: IntervalVariant | undefined;
  },
): number {
  const { n, s, xMean, sxx } = line;
  const quirk = variant === "authors" ? Math.sqrt((n - 1) / n) : 1;
  return quirk * s * Math.sqrt(1 / n + (x - xMean) ** 2 / sxx);
}

/**
 * Shifted accuracy that the line predicts at a scaled reference accuracy, with
 * the pointwise interval of the mean line, t_{level, n − 2} standard errors wide.
 *
 * @param x reference accuracy in the scale of the line
 */
export function predict(
  x: number,
  options: LineIntervalOptions & { readonly line: Line },
): LinePrediction {
  const { line, level = 0.95, variant } = options;
  const { inverse } = scales[line.scale];
  const middle = line.slope * x + line.intercept;
  const halfWidth = criticalValue(level, line.n - 2) *
    lineStandardError(x, { line, variant });
  return {
    predicted: inverse(middle),
    low: inverse(middle - halfWidth),
    high: inverse(middle + halfWidth),
  };
}
