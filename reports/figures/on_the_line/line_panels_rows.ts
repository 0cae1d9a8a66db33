/**
 * The panels by support, and how their groups look.
 *
 * @module
 */
import type {
  LinePanel,
  LinePanelsFigure,
} from "../../value/line_panels_figure.ts";
import type { OnTheLineFigure } from "../../value/on_the_line_figure.ts";
import { SUPPORT_WORDS } from "../../value/support_words.ts";
import { capital } from "../../value/wording.ts";
import { groupStyle } from "../drawing/palette.ts";
import { type Mark, marksOf } from "./on_the_line_data.ts";
import { type Survey, surveyOf } from "./on_the_line_survey.ts";

/** The paper's figure as a panel among others, with what is said of it alone. */
export interface RowPanel extends Pick<LinePanel, "support" | "networks"> {
  readonly figure: OnTheLineFigure;
  readonly marks: readonly Mark[];
  readonly survey: Survey;
  /** The look of the group at an index, that of its name in all panels. */
  readonly styleAt: typeof groupStyle;
}

/** Panels below one head; there may be more than two. */
export interface RowPart {
  readonly head: string;
  readonly panels: readonly RowPanel[];
}

/** What stands side by side: panels of one support, then what stands beside them. */
export type Row = readonly RowPart[];

/** In support, then out of support; a group looks alike in all panels. */
export function rowsOf(figure: LinePanelsFigure): readonly Row[] {
  const { id, level, panels } = figure;
  const names = groupNames(figure);
  const drawn = (
    { beside: _, support, networks, ...panel }: LinePanel,
  ): RowPanel => {
    const figure = { ...panel, kind: "on-the-line", id, level } as const;
    const marks = [...marksOf(figure)];
    return {
      figure,
      marks,
      survey: surveyOf(figure, marks),
      styleAt: (index) =>
        groupStyle(names.indexOf(panel.groups[index]?.name ?? "")),
      support,
      networks,
    };
  };
  return (["in", "out", "part"] as const)
    .map((row) => {
      const own = panels.filter(({ support, beside }) =>
        support === row && beside === undefined
      );
      const others = panels.filter(({ beside }) => beside?.support === row);
      const parts = Map.groupBy(
        [...own, ...others],
        ({ beside }) => beside?.head ?? capital(SUPPORT_WORDS[row]),
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
