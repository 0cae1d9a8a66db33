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

/** A number with commas, of decimals or of thousands. */
const WITH_COMMA = /^(?=.*\d)[-+]?[\d.]*,[\d.,]*(?:e[-+]?\d+)?$/i;

/** Three digits after a comma may be decimals, or the last ones of thousands. */
const MAYBE_THOUSANDS = /^[-+]?[1-9]\d{0,2},\d{3}$/;

/** Values by the name of the set that they are of. */
type OfSets = Readonly<Record<string, readonly string[]>>;

/**
 * How the values of a column are read: as a quantity if all that are known are
 * numbers, else as categories, sorted by name. A sentence that says why the
 * column is no property, if it is none.
 *
 * @param cells of all examples as they are written, by the name of their set
 */
export function givenProperty(
  column: string,
  cells: OfSets,
): GivenProperty | string {
  const refused = (why: string) =>
    `column "${column}" is no property: ${why}; take it out of the properties`;
  const known = Object.values(cells).flat().filter((cell) => cell !== "")
    .map(plain);
  for (const [set, ofSet] of Object.entries(cells)) {
    if (ofSet.every((cell) => cell === "")) {
      return refused(`no row of set "${set}" has a value there`);
    }
  }
  const different = new Set(known);
  // What is said of some examples alone, as by a cross or nothing, has two values.
  const isFlag = Object.values(cells).flat().includes("");
  if (different.size === 1 && !isFlag) {
    return refused(`all its values are "${known[0]}"`);
  }
  const word = known.find((cell) =>
    !NUMBER.test(cell) && !WITH_COMMA.test(cell)
  );
  if (word !== undefined && different.size > MOST_DIFFERENT * known.length) {
    return refused(
      `more than half of its values differ, ${different.size} of ${known.length}, and they are no numbers, such as "${word}"`,
    );
  }
  const unclear = word === undefined
    ? unclearCommas([...different])
    : spelledTwice(cells);
  if (unclear !== undefined) return `column "${column}" has ${unclear}`;
  const categories = word === undefined ? null : [...different].sort();
  const places = new Map(categories?.map((name, place) => [name, place]));
  const read = (cell: string) =>
    cell === ""
      ? NaN
      : places.get(plain(cell)) ?? Number(cell.replace(",", "."));
  return (some) => ({ values: Float64Array.from(some, read), categories });
}

/** A value as all files are taken to write it: pandas writes True, Excel and R write TRUE, and JSON has true. */
function plain(cell: string): string {
  return /^(?:true|false)$/i.test(cell) ? cell.toLowerCase() : cell;
}

/** Numbers of which nothing tells whether decimals follow the comma, and what to do; undefined if there are none. */
function unclearCommas(numbers: readonly string[]): string | undefined {
  const commas = numbers.filter((cell) => cell.includes(","));
  const [comma] = commas;
  if (comma === undefined) return undefined;
  const both = commas.find((cell) => cell.includes("."));
  const point = numbers.find((cell) => cell.includes("."));
  const many = commas.find((cell) => cell.indexOf(",") < cell.lastIndexOf(","));
  const unclear = both !== undefined || point === undefined
    ? `"${both ?? many ?? comma}"`
    : `"${comma}" and "${point}"`;
  const isClear = point === undefined && many === undefined &&
    !commas.every((cell) => MAYBE_THOUSANDS.test(cell));
  return isClear
    ? undefined
    : `${unclear}, where ${
      point === undefined
        ? "the comma may stand before decimals or between thousands"
        : "decimals may follow the comma or the point"
    }; write decimals after a point, and nothing between thousands`;
}

/** Two spellings of one value in two sets, which would count as a change, and what to do; undefined if there are none. */
function spelledTwice(cells: OfSets): string | undefined {
  const sets = Object.entries(cells)
    .map(([set, ofSet]) => [set, new Set(ofSet.map(plain))] as const);
  for (const [set, values] of sets) {
    for (const [other, ofOther] of sets) {
      const lower = new Map(
        Array.from(ofOther, (value) => [value.toLowerCase(), value]),
      );
      for (const value of values) {
        const alike = lower.get(value.toLowerCase());
        if (alike === undefined || ofOther.has(value)) continue;
        return `"${value}" in set "${set}" and "${alike}" in set "${other}"; write them alike`;
      }
    }
  }
  return undefined;
}
