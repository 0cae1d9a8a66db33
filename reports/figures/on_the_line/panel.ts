/**
 * The paper's figure as a panel among others: drawn at any place of a sheet, in
 * looks that all panels share.
 *
 * @module
 */
import type { CsvTable } from "../../text/csv.ts";
import type { OnTheLineFigure } from "../../value/on_the_line_figure.ts";
import type { LegendEntry } from "../drawing/legend.ts";
import type { GroupStyle } from "../drawing/palette.ts";
import type { Panel as PlacedPanel } from "../drawing/pixels.ts";
import type { ReadersTable } from "../drawing/rendered_figure.ts";
import {
  figureJson,
  MARK_COLUMNS,
  markRow,
  marksOf,
} from "./on_the_line_data.ts";
import { meansLegend } from "./on_the_line.ts";
import { meanText } from "./on_the_line_caption.ts";
import {
  extremesOf,
  readersTable,
  type Survey,
  surveyOf,
} from "./on_the_line_survey.ts";
import { linePanel, type PanelPlace } from "./on_the_line_plot.ts";

/** Everything of a panel but its place. */
export interface Panel {
  readonly figure: OnTheLineFigure;
  readonly survey: Survey;
  /** The groups with their means. */
  readonly means: readonly LegendEntry[];
  /** Axes, line and networks at a place. */
  readonly at: (place: PanelPlace) => PlacedPanel;
  /** Every mark at full precision. */
  readonly data: CsvTable;
  /** Fit, groups and networks. */
  readonly json: Readonly<Record<string, unknown>>;
  /** Every mark as a reader's table; selected are those of pre-trained networks. */
  readonly table: ReadersTable & {
    readonly selected: NonNullable<ReadersTable["selected"]>;
  };
}

/** A figure as a panel. */
export function panelOf(
  figure: OnTheLineFigure,
  { styleOf }: {
    /** The look of the group of a name. */
    readonly styleOf: (name: string) => GroupStyle;
  },
): Panel {
  const marks = [...marksOf(figure)];
  const survey = surveyOf(figure, marks);
  const styles = figure.groups.map(({ name }) => styleOf(name));
  const styleAt = (index: number) => styles[index] ?? styleOf("");
  return {
    figure,
    survey,
    means: meansLegend(figure, {
      // Where it has no room beside the name, it goes to the next line as a whole.
      written: (group) =>
        `ER ${meanText(group, { digits: 1 })}`.replaceAll(" ", "\u00a0"),
      styleAt,
    }),
    at: (place) => linePanel(figure, { survey, place, styleAt, brief: true }),
    data: { columns: MARK_COLUMNS, rows: marks.map(markRow) },
    json: figureJson(figure, marks),
    table: {
      ...readersTable(survey),
      selected: extremesOf(survey.pretrained),
    },
  };
}
