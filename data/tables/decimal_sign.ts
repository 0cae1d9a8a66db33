/**
 * Whether decimals follow a point or a comma, decided once for a table.
 *
 * @module
 */

/** What decimals follow. */
export type DecimalSign = "." | ",";

/** A cell with the line of its row. */
export interface CellAt {
  readonly line: number;
  readonly cell: string;
}

/** A number with a point or a comma, and perhaps a per cent sign. */
const WITH_SIGN = /^[+-]?\d*[.,][\d.,]*(?:[eE][+-]?\d+)?\s*%?$/;

/**
 * The sign that the numbers among some cells have; a point if none has any.
 * Accuracies are never thousands: a comma where no comma separates cells is a
 * decimal one.
 *
 * @param options.name of the table, for errors
 * @throws {TypeError} if some have a point and some a comma, or one has both
 */
export function decimalSignOf(
  cells: Iterable<CellAt>,
  { name }: { readonly name: string },
): DecimalSign {
  const first: { [sign in DecimalSign]?: CellAt } = {};
  for (const at of cells) {
    if (!WITH_SIGN.test(at.cell)) continue;
    for (const sign of [".", ","] as const) {
      if (at.cell.includes(sign)) first[sign] ??= at;
    }
    const { ".": point, ",": comma } = first;
    if (point === undefined || comma === undefined) continue;
    const hasBoth = /\..*,|,.*\./.test(at.cell);
    throw new TypeError(
      `Cannot read table "${name}": ${
        (hasBoth ? [at] : [comma, point])
          .map(({ line, cell }) => `line ${line} has ${cell}`).join(" and ")
      }, so the decimal sign may be a comma or a point; write all numbers with the same one`,
    );
  }
  return first[","] === undefined ? "." : ",";
}
