/**
 * The panels by support, and how their groups look.
 *
 * @module
 */
import type {
  LinePanel,
  LinePanelsFigure,
} from "../../value/line_panels_figure.ts";
import { groupStyle } from "../drawing/palette.ts";
import { type Panel, panelOf } from "../on_the_line/panel.ts";

/** A panel with what is said of it alone. */
export interface RowPanel
  extends Panel, Pick<LinePanel, "support" | "networks"> {}

/** Panels below one head; there may be more than two. */
export interface RowPart {
  readonly head: string;
  readonly panels: readonly RowPanel[];
}

/** What stands side by side: panels of one support, then what stands beside them. */
export type Row = readonly RowPart[];

const HEADS: Readonly<Record<LinePanel["support"], string>> = {
  in: "In support",
  out: "Out of support",
  part: "Partly in support",
};

/** In support, then out of support; a group looks alike in all panels. */
export function rowsOf(figure: LinePanelsFigure): readonly Row[] {
  const { id, level, panels } = figure;
  const names = groupNames(figure);
  const styleOf = (name: string) => groupStyle(names.indexOf(name));
  const drawn = ({ beside: _, ...panel }: LinePanel): RowPanel => ({
    ...panelOf({ ...panel, kind: "on-the-line", id, level }, { styleOf }),
    support: panel.support,
    networks: panel.networks,
  });
  return (["in", "out", "part"] as const)
    .map((row) => {
      const own = panels.filter(({ support, beside }) =>
        support === row && beside === undefined
      );
      const others = panels.filter(({ beside }) => beside?.support === row);
      const parts = Map.groupBy(
        [...own, ...others],
        ({ beside }) => beside?.head ?? HEADS[row],
      );
      return [...parts].map(([head, panels]) => ({
        head,
        panels: panels.map(drawn),
      }));
    })
    .filter((row) => row.length > 0);
}

/** All panels in reading order. */
export function panelsOf(rows: readonly Row[]): readonly RowPanel[] {
  return rows.flat().flatMap(({ panels }) => panels);
}

/** The names of the groups of all panels, in order of first mention. */
export function groupNames({ panels }: LinePanelsFigure): readonly string[] {
  const groups = panels.flatMap(({ groups }) => groups);
  return [...new Set(groups.map(({ name }) => name))];
}
