/**
 * The size of a network.
 *
 * @module
 */
import type { Weights } from "./weights.ts";

/** How many numbers training changes: all but the statistics of batch normalisation, which are named `….mean` and `….variance`. */
export function parameterCount(weights: Weights): number {
  return Object.entries(weights)
    .filter(([name]) => !/\.(mean|variance)$/.test(name))
    .reduce((sum, [, { data }]) => sum + data.length, 0);
}
