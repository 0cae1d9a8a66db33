/**
 * The two numbers that a figure of effective robustness is quoted by.
 *
 * @module
 */
import { mean } from "../intervals/mean.ts";
import type { Point } from "../lines/point.ts";
import { fitLine } from "../lines/regression.ts";
import { type ScaleName, scales, toScale } from "../lines/scale.ts";

/** Mean and maximum effective robustness of some models over some baselines. */
export interface Headline {
  /** Number of baselines. */
  readonly baselines: number;
  /** Number of models. */
  readonly models: number;
  /** Mean effective robustness of the models, a fraction. */
  readonly mean: number;
  /** Highest effective robustness, a fraction. */
  readonly max: number;
  /** Name of the model that has it. */
  readonly maxModel: string;
}

/** The points that a headline is of. */
export interface HeadlinePoints {
  /** What the line is fitted through. */
  readonly baselines: readonly Point[];
  /** What is compared with the line. */
  readonly models: readonly Point[];
}

/**
 * Fits the line and takes mean and maximum, without the intervals: for doing it
 * thousands of times.
 *
 * @throws {RangeError} if there is no model, if no line can be fitted, or if an
 * accuracy cannot be scaled
 */
export function headline(
  { baselines, models }: HeadlinePoints,
  { scale = "probit" }: { readonly scale?: ScaleName | undefined } = {},
): Headline {
  const line = fitLine(baselines, { scale });
  const { inverse } = scales[scale];
  const robustness = models.map(({ model, reference, shifted }) => {
    const x = toScale(reference, { scale, model }).value;
    return { model, er: shifted - inverse(line.slope * x + line.intercept) };
  });
  const [first] = robustness;
  if (first === undefined) {
    throw new RangeError("Cannot take the headline: there is no model");
  }
  const best = robustness.reduce((a, b) => b.er > a.er ? b : a, first);
  return {
    baselines: baselines.length,
    models: models.length,
    mean: mean(robustness.map(({ er }) => er)),
    max: best.er,
    maxModel: best.model,
  };
}
