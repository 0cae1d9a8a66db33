/**
 * Sums of numbers.
 *
 * @module
 */

/** The sum of some values, in their order; 0 of none. */
export function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
