/**
 * Which row of features is that of which example of a set.
 *
 * @module
 */
import type { TableExample } from "./predictions.ts";

/** How an example is called that is numbered. */
const NUMBER = /^\d+$/;

/** Positions of the examples of a set in the order of rows of features: by their numbers where these have no gaps, whichever is the least, or else as they come. */
export function rowsOf(examples: readonly TableExample[]): readonly number[] {
  return numberedRows(examples) ?? examples.map((_, i) => i);
}

/** Whether all examples of a set are numbered, and the numbers have gaps. */
export function haveGaps(examples: readonly TableExample[]): boolean {
  return examples.every(({ name }) => NUMBER.test(name)) &&
    numberedRows(examples) === undefined;
}

function numberedRows(
  examples: readonly TableExample[],
): readonly number[] | undefined {
  const numbers = examples.map(({ name }) =>
    NUMBER.test(name) ? Number(name) : NaN
  );
  const least = numbers.reduce((a, b) => Math.min(a, b), Infinity);
  const rows = new Array<number | undefined>(examples.length).fill(undefined);
  for (const [i, number] of numbers.entries()) {
    const row = number - least;
    // Of numbers so large that two of them are one, a row comes twice.
    if (!(row < rows.length) || rows[row] !== undefined) return undefined;
    rows[row] = i;
  }
  return rows as number[];
}
