/**
 * Intervals of a difference of two proportions on different examples.
 *
 * @module
 */

/** A proportion with an interval. */
interface Proportion {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

/** The interval of the first less the second, from theirs (Newcombe 1998; with Wilson's intervals his method 10). */
export function newcombe(
  first: Proportion,
  second: Proportion,
): { readonly low: number; readonly high: number } {
  const difference = first.value - second.value;
  return {
    low: difference -
      Math.hypot(first.value - first.low, second.high - second.value),
    high: difference +
      Math.hypot(first.high - first.value, second.value - second.low),
  };
}
