/**
 * Whole numbers in a sentence, those in a row as a range.
 *
 * @module
 */
import { listed } from "../../engine/define/listed.ts";

/** Fewer numbers in a row are named one by one. */
const SHORTEST = 3;

/** Ascending whole numbers, three or more in a row as a range: `4 to 6, 8 and 10`. */
export function numberRanges(ascending: readonly number[]): string {
  const rows: number[][] = [];
  for (const value of ascending) {
    const row = rows.at(-1);
    if (row?.at(-1) === value - 1) row.push(value);
    else rows.push([value]);
  }
  return listed(
    rows.flatMap((row) =>
      row.length < SHORTEST ? row.map(String) : [`${row[0]} to ${row.at(-1)}`]
    ),
  );
}
