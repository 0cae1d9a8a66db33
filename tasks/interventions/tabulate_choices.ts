import { defineTask } from "../../engine/define/task.ts";
import type { Cell } from "../../reports/value/report.ts";
import { formatBound } from "../../reports/value/quantity.ts";
import { count, tableRows } from "../../reports/value/table_cells.ts";

/** What the published refit chose for one network, as `refitLastLayer` keeps it. */
interface Choice {
  readonly published: {
    readonly c: number;
    readonly candidates: readonly {
      readonly c: number;
      readonly worst: number;
    }[];
    readonly perGroup: number;
  };
}

/** Choices for networks of several kinds. */
export interface TabulateChoicesArgs {
  readonly rows: readonly {
    /** What names the row. */
    readonly cells: readonly string[];
    readonly choices: readonly Choice[];
  }[];
}

/**
 * How firmly the weight of the published refit's penalty is chosen, a row a
 * kind: networks, images of each group in a balanced subset, the chosen C with
 * how many networks have it, and for how many networks the worst group is never
 * right, whatever C.
 */
export const tabulateChoices = defineTask({
  module: import.meta.url,
  name: "tabulateChoices",
  result: { rows: tableRows },
  run: ({ rows }: TabulateChoicesArgs) => ({
    rows: rows.map(({ cells, choices }) => [...cells, ...rowOf(choices)]),
  }),
});

function rowOf(choices: readonly Choice[]): readonly Cell[] {
  const published = choices.map(({ published }) => published);
  const chosen = [...Map.groupBy(published, ({ c }) => c)]
    .toSorted(([a], [b]) => b - a)
    .map(([c, of]) => `${formatBound({ value: c })} (${of.length})`);
  const sizes = [...new Set(published.map(({ perGroup }) => perGroup))]
    .toSorted((a, b) => a - b);
  return [
    count(choices.length),
    sizes.join(" or "),
    chosen.join(", "),
    count(
      published.filter(({ candidates }) =>
        candidates.every(({ worst }) => worst === 0)
      ).length,
    ),
  ];
}
