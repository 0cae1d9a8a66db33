/**
 * How many images accuracies stand on.
 *
 * @module
 */
import { smallest } from "../../../stats/intervals/extremes.ts";

/** The smallest size, as if all shared those images; unknown if any is. */
export function sharedSize(
  sizes: readonly (number | undefined)[],
): number | undefined {
  const known = sizes.filter((size) => size !== undefined);
  return known.length === sizes.length ? smallest(known) : undefined;
}
