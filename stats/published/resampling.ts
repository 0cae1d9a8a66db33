/**
 * How much a headline hangs on which baselines there happen to be: leaving one
 * out, and the bootstrap.
 *
 * @module
 */
import { type Headline, headline, type HeadlinePoints } from "./headline.ts";
import type { Point } from "../lines/point.ts";
import type { ScaleName } from "../lines/scale.ts";

/** A headline without one of the baselines. */
export interface LeftOut {
  /** Name of the baseline that was left out. */
  readonly model: string;
  /** The headline without it. */
  readonly headline: Headline;
}

/**
 * The headline without each baseline in turn.
 *
 * @throws {RangeError} if fewer than four baselines are there to leave one out of
 */
export function leaveOneOut(
  { baselines, models }: HeadlinePoints,
  options: { readonly scale?: ScaleName | undefined } = {},
): readonly LeftOut[] {
  return baselines.map(({ model }, left) => ({
    model,
    headline: headline({
      baselines: baselines.filter((_, i) => i !== left),
      models,
    }, options),
  }));
}

/** How to resample. */
export interface BootstrapOptions {
  /** Number of resamples. */
  readonly resamples: number;
  /** A uniform integer from 0 to below its argument. */
  readonly draw: (bound: number) => number;
  /** Scale of the line; probit by default. */
  readonly scale?: ScaleName | undefined;
}

/**
 * Headlines over baselines drawn with replacement (Efron 1979). The models stay
 * as they are. A draw of which all have one reference accuracy has no line and
 * is drawn again.
 *
 * @throws {RangeError} if all baselines have the same reference accuracy
 */
export function bootstrapHeadline(
  { baselines, models }: HeadlinePoints,
  { resamples, draw, scale }: BootstrapOptions,
): readonly Headline[] {
  const hasLine = (points: readonly Point[]) =>
    points.some(({ reference }) => reference !== points[0]?.reference);
  const drawn = () => baselines.map(() => baselines[draw(baselines.length)]);
  // Says what is wrong where no draw could ever have a line.
  headline({ baselines, models }, { scale });
  return Array.from({ length: resamples }, () => {
    let sample: readonly Point[] = [];
    while (!hasLine(sample)) {
      sample = drawn().filter((point) => point !== undefined);
    }
    return headline({ baselines: sample, models }, { scale });
  });
}

/**
 * Ends of the interval that holds the middle share `level` of some values, by
 * linear interpolation between neighbours (Hyndman and Fan's type 7, the
 * default of R and NumPy).
 *
 * @throws {RangeError} if there is no value
 */
export function percentileInterval(
  values: readonly number[],
  { level = 0.95 }: { readonly level?: number | undefined } = {},
): { readonly low: number; readonly high: number } {
  if (values.length === 0) {
    throw new RangeError("Cannot take percentiles of 0 values");
  }
  const sorted = [...values].sort((a, b) => a - b);
  const at = (share: number) => {
    const place = share * (sorted.length - 1);
    const below = sorted[Math.floor(place)] ?? NaN;
    const above = sorted[Math.ceil(place)] ?? NaN;
    return below + (place - Math.floor(place)) * (above - below);
  };
  return { low: at((1 - level) / 2), high: at((1 + level) / 2) };
}
