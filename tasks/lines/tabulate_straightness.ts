import { defineTask } from "../../engine/define/task.ts";
import type { Quantity } from "../../reports/value/quantity.ts";
import { points, tableResult } from "../../reports/value/table_cells.ts";
import type { FTest } from "../../stats/intervals/variance_ratio.ts";
import type { Straightness } from "../../stats/lines/straightness.ts";

/** What is measured over a line through several sizes, and over other forms of it. */
export interface StraightnessRow {
  /** What the columns `titles` say of it. */
  readonly cells: readonly string[];
  readonly found: Straightness;
  readonly whole: number;
  /** Over a parabola; null where there is none. */
  readonly parabola: number | null;
  /** Over lines on logit and on linear axes. */
  readonly logit: number;
  readonly linear: number;
  readonly low: number;
  readonly high: number;
  /** The form over which it is lowest: "without 2,000". */
  readonly lowest: string;
  /** The form over which it is highest. */
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
  result: tableResult,
  run({ titles, rows }: TabulateStraightnessArgs) {
    return {
      columns: [
        ...titles,
        "mean ER",
        "lowest",
        "form",
        "highest",
        "form",
        "parabola",
        "logit axes",
        "linear axes",
        "F, sizes",
        "p, sizes",
        "F, parabola",
        "p, parabola",
      ],
      rows: rows.map((
        {
          cells,
          found: { lackOfFit, curvature },
          whole,
          parabola,
          logit,
          linear,
          low,
          high,
          lowest,
          highest,
        },
      ) => [
        ...cells,
        points(whole),
        points(low),
        lowest,
        points(high),
        highest,
        parabola === null ? null : points(parabola),
        points(logit),
        points(linear),
        ...testCells(lackOfFit),
        ...testCells(curvature),
      ]),
    };
  },
});

/** F and p; empty where there is no test. */
function testCells(test: FTest | null): readonly (Quantity | string | null)[] {
  if (test === null) return [null, null];
  const { f, p } = test;
  return [
    { value: f, digits: 2 },
    p < 0.00005 ? "< 0.0001" : { value: p, digits: 4 },
  ];
}
