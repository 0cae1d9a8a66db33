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

/** The panels of one support; there may be more than two. */
export interface Pair {
  readonly support: LinePanel["support"];
  /** What stands above them. */
  readonly head: string;
  readonly panels: readonly Panel[];
}

/** In support, then out of support; a group looks alike in all panels. */
export function pairsOf(figure: LinePanelsFigure): readonly Pair[] {
  const { id, level, panels } = figure;
  const names = groupNames(figure);
  const styleOf = (name: string) => groupStyle(names.indexOf(name));
  return ([["in", "In support"], ["out", "Out of support"]] as const)
    .map(([support, head]) => ({
      support,
      head,
      panels: panels.filter((panel) => panel.support === support)
        .map((panel) =>
          panelOf({ ...panel, kind: "on-the-line", id, level }, { styleOf })
        ),
    }))
    .filter(({ panels }) => panels.length > 0);
}

/** The names of the groups of all panels, in order of first mention. */
export function groupNames({ panels }: LinePanelsFigure): readonly string[] {
  const groups = panels.flatMap(({ groups }) => groups);
  return [...new Set(groups.map(({ name }) => name))];
}
