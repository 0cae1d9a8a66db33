import { bootstrapInterval } from "../intervals/percentile.ts";

/** How to draw examples anew. */
export interface BootstrapExamplesOptions {
  /** Number of examples. */
  readonly n: number;
  /** Number of resamples. */
  readonly resamples: number;
  /** For each resample, from 0, what gives uniform integers from 0 to below its argument. */
  readonly drawOf: (resample: number) => (bound: number) => number;
  /** Share of the resamples between the ends; 0.95 by default. */
  readonly level?: number | undefined;
}

/** A value and the ends of its interval. */
export interface BootstrapEstimate {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

/**
 * What some measures of a set of examples come to, each with the percentile
 * interval over examples drawn with replacement (Efron 1979), widened to hold
 * the value itself.
 *
 * @param measure of the set in which example i is there counts[i] times
 * @throws {RangeError} if there is no resample
 */
export function bootstrapExamples<Name extends string>(
  measure: (counts: Float64Array) => Readonly<Record<Name, number>>,
  { n, resamples, drawOf, level }: BootstrapExamplesOptions,
): Readonly<Record<Name, BootstrapEstimate>> {
  const samples = Array.from({ length: resamples }, (_, resample) => {
    const draw = drawOf(resample);
    const counts = new Float64Array(n);
    for (let i = 0; i < n; i++) {
      const drawn = draw(n);
      counts[drawn] = (counts[drawn] as number) + 1;
    }
    return measure(counts);
  });
  const asTheyAre = measure(new Float64Array(n).fill(1));
  const estimates = (Object.keys(asTheyAre) as Name[]).map((name) => {
    const value = asTheyAre[name];
    const { low, high } = bootstrapInterval(
      samples.map((sample) => sample[name]),
      { level },
    );
    return [name, {
      value,
      low: Math.min(low, value),
      high: Math.max(high, value),
    }] as const;
  });
  return Object.fromEntries(estimates) as Record<Name, BootstrapEstimate>;
}
