/**
 * The highest of many noisy numbers is partly noise: what the sampling of test
 * images does to "the maximum over n models".
 *
 * @module
 */
import { z } from "zod";
import { effectiveRobustness } from "../lines/effective_robustness.ts";
import { combineErrors, mean, standardDeviation } from "../intervals/mean.ts";
import {
  leveragedError,
  lineLeverage,
  testSetError,
} from "../lines/line_leverage.ts";
import type { Point } from "../lines/point.ts";
import type { Line } from "../lines/regression.ts";
import { scales, toScale } from "../lines/scale.ts";
import { largest } from "../intervals/extremes.ts";

/** The highest effective robustness of several models, and its noise; fractions of accuracy. */
export interface NoisyMaximum {
  /** Number of models. */
  readonly n: number;
  /** The highest effective robustness that was measured. */
  readonly max: number;
  /** Name of the model that has it. */
  readonly maxModel: string;
  /** Lower end of the interval of the highest true effective robustness. */
  readonly low: number;
  /** Upper end of that interval. */
  readonly high: number;
  /** Models whose interval reaches that lower end: any of them may be the truly highest. */
  readonly candidates: number;
  /** Root mean square over the models of the error that the test images give. */
  readonly noise: number;
  /** Standard deviation between the models as measured. */
  readonly spread: number;
  /** That deviation without the noise of the test images; 0 if the noise explains it all. */
  readonly trueSpread: number;
  /** By how much the maximum is expected to exceed the highest true one, at most. */
  readonly bias: number;
  /** Expected maximum above the mean if all models were truly alike. */
  readonly ofNoiseAlone: number;
}

/** Schema of {@linkcode NoisyMaximum}. */
export const noisyMaximumSchema: z.ZodType<NoisyMaximum> = z.strictObject({
  n: z.int().min(2),
  max: z.number(),
  maxModel: z.string(),
  low: z.number(),
  high: z.number(),
  candidates: z.int().positive(),
  noise: z.number().nonnegative(),
  spread: z.number().nonnegative(),
  trueSpread: z.number().nonnegative(),
  bias: z.number(),
  ofNoiseAlone: z.number(),
});

/** How to weigh the noise. */
export interface NoisyMaximumOptions {
  /** The baselines' line. */
  readonly line: Line;
  /** Number of simulated test sets. */
  readonly resamples: number;
  /** A draw from the standard normal distribution. */
  readonly normal: () => number;
  /** Confidence level; 0.95 by default. */
  readonly level?: number | undefined;
}

/**
 * The maximum with two answers to "how much of it is noise?".
 *
 * The **interval** is of the highest true effective robustness, whichever model
 * has it: from the highest lower end to the highest upper end of simultaneous
 * intervals of all models. Each of them is an interval of level `level^(1/n)`
 * that holds the noise of the test images and the uncertainty of the line; by
 * Šidák's inequality (1967) all hold at once with at least `level`, however the
 * models' errors are correlated, and then so does this one.
 *
 * The **bias** is simulated by a parametric bootstrap. True values are made by
 * drawing the measured ones together until their spread is what noise does not
 * explain (constrained empirical Bayes, Louis 1984); then reference and shifted
 * accuracy of every model get binomial noise (by its normal approximation), and
 * the simulated maximum is compared with the true one. Models are taken to err
 * independently. They were tested on the same images, so really they err
 * alike, which makes the bias smaller (Sudakov–Fernique): it is an upper bound.
 *
 * @throws {RangeError} if there are fewer than two models, or the number of
 * images of one is unknown
 */
export function noisyMaximum(
  points: readonly Point[],
  options: NoisyMaximumOptions,
): NoisyMaximum {
  const { line, level = 0.95, resamples, normal } = options;
  const n = points.length;
  const ers = points.map((point) => effectiveRobustness(point, { line }).er);
  const spread = standardDeviation(ers);
  const testErrors = points.map((point) =>
    testSetError([point], { line, testSets: "shared" }) ?? unknownNoise(point)
  );
  const halfWidths = points.map((point, i) =>
    combineErrors([
      {
        standardError: testErrors[i] ?? NaN,
        degreesOfFreedom: Infinity,
      },
      {
        standardError: leveragedError(lineLeverage([point], line), line),
        degreesOfFreedom: line.n - 2,
      },
    ], { level: level ** (1 / n) }).halfWidth
  );
  const ends = (side: 1 | -1) =>
    ers.map((er, i) => er + side * (halfWidths[i] ?? NaN));
  const low = largest(ends(-1));
  const max = largest(ers);

  const variance = mean(testErrors.map((error) => error ** 2));
  const trueSpread = Math.sqrt(Math.max(0, spread ** 2 - variance));
  const middle = mean(ers);
  const pulled = spread === 0 ? 0 : trueSpread / spread;
  const truths = ers.map((er) => middle + pulled * (er - middle));
  const noises = Array.from(
    { length: resamples },
    () => simulatedErrors(points, { line, normal }),
  );
  const expectedMaximum = (of: readonly number[]) =>
    mean(
      noises.map((errors) =>
        largest(errors.map((error, i) => error + (of[i] ?? NaN)))
      ),
    );
  return {
    n,
    max,
    maxModel: points[ers.indexOf(max)]?.model ?? "",
    low,
    high: largest(ends(1)),
    candidates: ends(1).filter((end) => end >= low).length,
    noise: Math.sqrt(variance),
    spread,
    trueSpread,
    bias: expectedMaximum(truths) - largest(truths),
    ofNoiseAlone: expectedMaximum(ers.map(() => 0)),
  };
}

function unknownNoise({ model }: Point): never {
  throw new RangeError(
    `Cannot weigh the noise of model "${model}": its numbers of test images are unknown`,
  );
}

/** What test sets drawn anew would add to each model's effective robustness. */
function simulatedErrors(
  points: readonly Point[],
  { line, normal }: Pick<NoisyMaximumOptions, "line" | "normal">,
): readonly number[] {
  const { scale, extremes } = line;
  const { inverse } = scales[scale];
  const predicted = (accuracy: number, { model, referenceSize }: Point) =>
    inverse(
      line.slope *
          toScale(accuracy, { scale, extremes, model, size: referenceSize })
            .value +
        line.intercept,
    );
  const drawn = (accuracy: number, size = NaN) => {
    const count = accuracy * size +
      Math.sqrt(size * accuracy * (1 - accuracy)) * normal();
    return Math.min(Math.max(count, 0.5), size - 0.5) / size;
  };
  return points.map((point) => {
    const { reference, shifted, referenceSize, shiftedSize } = point;
    return drawn(shifted, shiftedSize) - shifted -
      (predicted(drawn(reference, referenceSize), point) -
        predicted(reference, point));
  });
}
