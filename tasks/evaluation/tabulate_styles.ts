import { STYLES, typefaces } from "../../data/drawings/typefaces.ts";
import { defineTask } from "../../engine/define/task.ts";
import type { Cell } from "../../reports/value/report.ts";
import { count, tableResult } from "../../reports/value/table_cells.ts";
import type { Parts } from "../../shifts/measure/parts.ts";

/** Typeset images with their families, and which are in support. */
export interface TabulateStylesArgs {
  readonly families: readonly string[];
  readonly parts: Parts;
}

const COLUMNS = [
  "style",
  "families",
  "images",
  "in support",
  "most in support",
  "least in support",
];

/** How much of each style of typeface is in support, and of which families most and least. */
export const tabulateStyles = defineTask({
  module: import.meta.url,
  name: "tabulateStyles",
  result: tableResult,
  run({ families, parts: { inSupport } }: TabulateStylesArgs) {
    const found = new Map<string, { n: number; within: number }>();
    for (const [i, family] of families.entries()) {
      const { n, within } = found.get(family) ?? { n: 0, within: 0 };
      found.set(family, {
        n: n + 1,
        within: within + (inSupport[i] === 1 ? 1 : 0),
      });
    }
    const rows = STYLES.map((style): readonly Cell[] => {
      const members = typefaces.filter((typeface) => typeface.style === style)
        .flatMap(({ family }) => {
          const counts = found.get(family);
          return counts === undefined ? [] : [{ family, ...counts }];
        }).sort((a, b) => b.within / b.n - a.within / a.n);
      const n = members.reduce((sum, { n }) => sum + n, 0);
      const within = members.reduce((sum, { within }) => sum + within, 0);
      return [
        style,
        count(members.length),
        count(n),
        n === 0 ? null : { value: within / n, unit: "percent" },
        members[0]?.family ?? null,
        members.at(-1)?.family ?? null,
      ];
    });
    return { columns: COLUMNS, rows };
  },
});
