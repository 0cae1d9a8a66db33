/**
 * Columns of a table that are looked at as properties of its examples.
 *
 * @module
 */
import type { AskedProperty } from "../asked_set.ts";
import type { TableSet } from "./predictions.ts";

/** A property of both sets, or a sentence that says why the column is none. */
export type TableProperty =
  | Readonly<Record<TableSet, AskedProperty>>
  | string;

/** What words say of an example is no property if they differ for more than this share of the examples: so do names. */
const MOST_DIFFERENT = 0.5;

const NUMBER = /^[-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?$/i;

/**
 * The values of a column, in the order of the examples of each set: a quantity
 * if all that are known are numbers, else categories, sorted by name.
 *
 * @param cells as they are written, "" where nothing is known
 */
export function tableProperty(
  column: string,
  cells: Readonly<Record<TableSet, readonly string[]>>,
): TableProperty {
  const refused = (why: string) =>
    `column "${column}" is no property: ${why}; take it out of the properties`;
  const known = [...cells.reference, ...cells.shifted]
    .filter((cell) => cell !== "");
  for (const set of ["reference", "shifted"] as const) {
    if (cells[set].every((cell) => cell === "")) {
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
  const of = (set: TableSet): AskedProperty => ({
    values: Float64Array.from(cells[set], read),
    categories,
  });
  return { reference: of("reference"), shifted: of("shifted") };
}
