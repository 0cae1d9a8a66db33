/**
 * The ends of values, however many there are.
 *
 * @module
 */

/** The largest value: −∞ of none, NaN if one is NaN. */
export function largest(values: Iterable<number>): number {
  let most = -Infinity;
  for (const value of values) most = Math.max(most, value);
  return most;
}

/** The smallest value: ∞ of none, NaN if one is NaN. */
export function smallest(values: Iterable<number>): number {
  let least = Infinity;
  for (const value of values) least = Math.min(least, value);
  return least;
}
