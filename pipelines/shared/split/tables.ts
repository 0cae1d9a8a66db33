/**
 * The tables of a split: the same for every shift.
 *
 * @module
 */
import type { Lazy } from "../../../engine/define/ref.ts";
import type { Table } from "../../../reports/value/report.ts";
import { tabulatePlacebos } from "../../../tasks/splits/tabulate_placebos.ts";
import type { MeasuredSplit } from "./measured.ts";

/** What placebo splits give, beside the split itself. */
export function placeboTable(
  { placebos, shift: { judges, units } }: MeasuredSplit,
  { id, title }: { readonly id: string; readonly title: string },
): Lazy<Table> {
  return {
    id,
    caption:
      `${title}: effective robustness out of support minus in support, in points, in the split and in placebo splits, which assign examples to the parts at random: among all examples, or among those that equally many ${
        judges?.title ?? "baselines"
      } get wrong. ${
        units === undefined
          ? "p is the share of placebos, counting the split itself, whose difference is at least as far from zero as that of the split."
          : "Examples come in units that are alike, and single ones are assigned, so that there is no range of chance and no p."
      }`,
    ...tabulatePlacebos({
      titles: ["networks", "placebo keeps"],
      rows: placebos.flatMap(({ name, sizes, difficulty, ownDifficulty }) => [
        { cells: [name, "sizes"], ...sizes },
        { cells: [name, "sizes and difficulty"], ...difficulty },
        ...(ownDifficulty === undefined ? [] : [{
          cells: [name, "sizes and difficulty for the line’s own baselines"],
          ...ownDifficulty,
        }]),
      ]),
    }, id),
  };
}

/** Both parts at each threshold, with their sizes and lines. */
export function thresholdTables(
  { sweeps }: MeasuredSplit,
  { id, title }: { readonly id: string; readonly title: string },
): readonly Lazy<Table>[] {
  return sweeps.map(({ name, sweep }): Lazy<Table> => ({
    id: `${id}-${name}`,
    caption:
      `${title}: the ${name} networks in both parts at each threshold ε, with the sizes of the parts.`,
    columns: sweep.columns,
    rows: sweep.rows,
  }));
}
