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
