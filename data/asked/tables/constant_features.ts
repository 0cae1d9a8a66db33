/**
 * Features that are the same of all examples, in which no change can be seen.
 *
 * @module
 */
import type { AskedFeatures } from "../asked_set.ts";

/** A column of numbers of 32 bits that spreads over no more of its size than this has nothing but what rounding makes of one number: eight units in the last place. */
const ROUNDING = 8 * 2 ** -23;

/**
 * What features of some sets have instead of something to tell examples by, as
 * "all 4 columns have one value each"; undefined where a column of them varies.
 */
export function nothingIn(
  sets: readonly AskedFeatures[],
): string | undefined {
  const dimension = sets[0]?.dimension ?? 0;
  const rounded = [];
  for (let column = 0; column < dimension; column++) {
    const [least, most] = rangeOf(column, sets);
    const size = Math.max(Math.abs(least), Math.abs(most));
    if (most - least > ROUNDING * size) return undefined;
    if (most > least) rounded.push(column);
  }
  if (dimension === 0) return undefined;
  const columns = dimension === 1 ? "the column" : `all ${dimension} columns`;
  return rounded.length === 0
    ? `${columns} ${
      dimension === 1 ? "has one value" : "have one value each"
    } as numbers of 32 bits`
    : `${columns} ${
      dimension === 1 ? "varies" : "vary"
    } by no more than numbers of 32 bits are rounded by, next to their size (subtract their means before they are stored, if that is where examples differ)`;
}

/** The least and the largest value of a column. */
function rangeOf(
  column: number,
  sets: readonly AskedFeatures[],
): readonly [number, number] {
  let [least, most] = [Infinity, -Infinity];
  for (const { values, dimension } of sets) {
    for (let at = column; at < values.length; at += dimension) {
      const value = values[at] as number;
      if (value < least) least = value;
      if (value > most) most = value;
    }
  }
  return [least, most];
}
