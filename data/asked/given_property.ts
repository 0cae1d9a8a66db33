/**
 * Columns of tables and of lists of images that are looked at as properties of
 * the examples.
 *
 * @module
 */
import type { AskedProperty } from "./asked_set.ts";

/** Reads what a column says of some examples, "" where nothing is known. */
export type GivenProperty = (cells: readonly string[]) => AskedProperty;

/** What words say of an example is no property if they differ for more than this share of the examples: so do names. */
const MOST_DIFFERENT = 0.5;

const NUMBER = /^[-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?$/i;

/**
 * How the values of a column are read: as a quantity if all that are known are
 * numbers, else as categories, sorted by name. A sentence that says why the
 * column is no property, if it is none.
 *
 * @param cells of all examples as they are written, by the name of their set
 */
export function givenProperty(
  column: string,
  cells: Readonly<Record<string, readonly string[]>>,
): GivenProperty | string {
  const refused = (why: string) =>
    `column "${column}" is no property: ${why}; take it out of the properties`;
  const known = Object.values(cells).flat().filter((cell) => cell !== "");
  for (const [set, ofSet] of Object.entries(cells)) {
    if (ofSet.every((cell) => cell === "")) {
      return refused(`no row of set "${set}" has a value there`);
    }
  }
  const different = new Set(known);
  if (different.size === 1) {
    return refused(`all its values are "${known[0]}"`);
  }
  const word = known.find((cell) => !NUMBER.test(cell));
  if (word !== undefined && different.size > MOST_DIFFERENT * known.length) {
    return refused(
      `more than half of its values differ, ${different.size} of ${known.length}, and they are no numbers, such as "${word}"`,
    );
  }
  const categories = word === undefined ? null : [...different].sort();
  const places = new Map(categories?.map((name, place) => [name, place]));
  const read = (cell: string) =>
    cell === "" ? NaN : places.get(cell) ?? Number(cell);
  return (some) => ({ values: Float64Array.from(some, read), categories });
}
