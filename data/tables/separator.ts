/**
 * What stands between the cells of a table, told from its first lines.
 *
 * @module
 */

/** What may stand between cells, and its name; the commonest first. */
export const SEPARATORS = {
  ",": "commas",
  ";": "semicolons",
  "\t": "tabs",
} as const;

/** What stands between the cells of a table. */
export type Separator = keyof typeof SEPARATORS;

/** So many bytes and rows are looked at. */
const [BYTES, ROWS] = [65_536, 20];

/** Excel's first line that says what separates cells, such as `sep=;`. */
const SEPARATOR_LINE = /^\ufeff?"?sep=([,;\t])"?(?=[\r\n])/i;

const ALL = Object.keys(SEPARATORS) as readonly Separator[];

/**
 * A table without such a line, which leaves an empty one; and what separates
 * its cells: what that line says, or else what its first rows show.
 *
 * @param text in UTF-8
 */
export function separated(
  text: Uint8Array,
): { readonly table: Uint8Array; readonly separator: Separator } {
  const start = new TextDecoder("utf-8", { ignoreBOM: true })
    .decode(text.subarray(0, 16));
  const [line = "", separator] = SEPARATOR_LINE.exec(start) ?? [];
  const table = text.subarray(new TextEncoder().encode(line).length);
  return {
    table,
    separator: ALL.find((one) => one === separator) ?? separatorOf(table),
  };
}

/**
 * The separator that cuts each of the first rows into the same number of
 * cells, and into the most; if none does, the one that line 1 has most of. In a
 * tie the comma is taken.
 */
function separatorOf(table: Uint8Array): Separator {
  const start = new TextDecoder().decode(table.subarray(0, BYTES));
  const rows = start
    .replaceAll(/"[^"]*"/g, "")
    .split(/[\r\n]+/)
    .filter((row) => row !== "")
    .slice(0, table.length > BYTES ? -1 : undefined)
    .slice(0, ROWS);
  const counted = ALL.map((separator) => {
    const [first = 0, ...others] = rows
      .map((row) => row.split(separator).length - 1);
    const isEven = first > 0 && others.every((number) => number === first);
    return { separator, first, isEven };
  });
  const even = counted.filter(({ isEven }) => isEven);
  const [best] = (even.length > 0 ? even : counted)
    .toSorted((a, b) => b.first - a.first);
  return best?.separator ?? ",";
}
