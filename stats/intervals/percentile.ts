/**
 * Intervals between percentiles of samples.
 *
 * @module
 */

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

/**
 * Ends of the interval that bootstrap samples give, of 95% where no level is
 * named: of B samples the ends lie at places 0.025 (B + 1) and 0.975 (B + 1)
 * (Davison and Hinkley 1997, 5.2.1). Quantiles of the samples themselves are
 * too near by half a percent of coverage at 400 samples.
 *
 * @param samples 39 at least for 95%; of fewer the ends are the extremes
 */
export function bootstrapInterval(
  samples: readonly number[],
  { level = 0.95 }: { readonly level?: number | undefined } = {},
): { readonly low: number; readonly high: number } {
  const outside = (1 - level) / 2;
  const tail = (outside * (samples.length + 1) - 1) / (samples.length - 1);
  return percentileInterval(samples, { level: 1 - 2 * Math.max(0, tail) });
}
