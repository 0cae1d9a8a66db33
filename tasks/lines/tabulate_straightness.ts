import { z } from "zod";
import { json } from "../../engine/define/codec.ts";
import { defineTask } from "../../engine/define/task.ts";
import { tableRowsSchema } from "../../reports/value/interval_table.ts";
import type { Quantity } from "../../reports/value/quantity.ts";
import type { Straightness } from "../../stats/lines/straightness.ts";

/** What is measured over a line through several sizes, and over it without one. */
export interface StraightnessRow {
  /** What the columns `titles` say of it. */
  readonly cells: readonly string[];
  readonly found: Straightness;
  readonly whole: number;
  readonly low: number;
  readonly high: number;
  /** The size without which it is lowest. */
  readonly lowest: string;
  /** The size without which it is highest. */
  readonly highest: string;
}

/** The rows, and what names them. */
export interface TabulateStraightnessArgs {
  /** Titles of the columns that name a row, e.g. shift and pre-training. */
  readonly titles: readonly string[];
  readonly rows: readonly StraightnessRow[];
}

/** A table of how much rests on the sizes of one line, and on its being straight. */
export const tabulateStraightness = defineTask({
  module: import.meta.url,
  name: "tabulateStraightness",
  result: {
    columns: json(z.array(z.string()).readonly()),
    rows: json(tableRowsSchema),
  },
  run({ titles, rows }: TabulateStraightnessArgs) {
    return {
      columns: [
        ...titles,
        "mean ER, points",
        "lowest",
        "without size",
        "highest",
        "without size",
        "F",
        "p",
      ],
      rows: rows.map((
        { cells, found: { lackOfFit }, whole, low, high, lowest, highest },
      ) => [
        ...cells,
        points(whole),
        points(low),
        lowest,
        points(high),
        highest,
        lackOfFit && { value: lackOfFit.f, digits: 2 },
        lackOfFit &&
        (lackOfFit.p < 0.00005
          ? "< 0.0001"
          : { value: lackOfFit.p, digits: 4 }),
      ]),
    };
  },
});

/** Points without the word: the title of the column has it. */
function points(value: number): Quantity {
  return { value: 100 * value, digits: 2, signed: true };
}
