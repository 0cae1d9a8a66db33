/**
 * Draws the paper's figure for several shifts side by side.
 *
 * @module
 */
import { escapeMarkdown } from "../../text/escape.ts";
import { plainText } from "../../text/plain_text.ts";
import type {
  LinePanel,
  LinePanelsFigure,
} from "../../value/on_the_line_figure.ts";
import { proseMarkdown } from "../../value/prose.ts";
import { SUPPORT_WORDS } from "../../value/support_words.ts";
import { capital } from "../../value/wording.ts";
import { type Columns, tableOf } from "../drawing/columns.ts";
import { type FigureNumbers, rendered } from "../drawing/figure_content.ts";
import { shapesSentence } from "../drawing/legend.ts";
import { groupStyle } from "../drawing/palette.ts";
import { type GridCell, panelRows } from "../drawing/panel_grid.ts";
import type { RenderedFigure } from "../drawing/rendered_figure.ts";
import {
  lineSentences,
  linesLegend,
  meansLegend,
  readingOf,
  sentencesOf,
  warnings,
} from "./on_the_line.ts";
import {
  type Mark,
  MARK_COLUMNS,
  marksOf,
  READERS_COLUMNS,
  type Surveyed,
  surveyOf,
} from "./on_the_line_marks.ts";
import { linePlot } from "./on_the_line_plot.ts";

/** The paper's figure as a panel among others. */
interface RowPanel extends Surveyed, Pick<LinePanel, "support" | "networks"> {}

/**
 * Draws the figure and writes its caption, table, CSV and JSON. On a page every
 * panel is a drawing of its own, so that three stand in a row where there is
 * room.
 *
 * @throws {RangeError} if there is no panel
 */
export function linePanels(figure: LinePanelsFigure): RenderedFigure {
  const rows = rowsOf(figure);
  const parts = rows.flat();
  const panels = parts.flatMap(({ panels }) => panels);
  const groups = figure.panels.flatMap(({ groups }) => groups);
  const names = [...new Set(groups.map(({ name }) => name))];
  const weak = panels.filter((panel) => warnings(panel).length > 0).length;
  return rendered(figure, {
    ...panelRows(
      figure.id,
      rows.map((row) =>
        row.map(({ head, panels }) => ({
          head,
          cells: panels.map((panel) => cellOf(panel, names)),
        }))
      ),
    ),
    sentences: parts.flatMap(({ head, panels }) =>
      panels.map((panel) =>
        `${head}, ${panel.figure.title}: ${describe(panel)}`
      )
    ),
    cautions: weak === 0 ? [] : [
      `In ${weak} of ${panels.length} panels marks lie beyond the baselines, where the line is extrapolated, or the line fits poorly; the details say which.`,
    ],
    reading: [
      ...readingOf(figure, panels),
      "Each panel has its own axes.",
    ],
    details: [
      ...names.length === 0 ? [] : [shapesSentence(names)],
      ...panels.map((panel) =>
        [
          `*${escapeMarkdown(panel.figure.title)}*: ${
            proseMarkdown(panel.figure.finding)
          }`,
          ...lineSentences(panel.figure),
          ...warnings(panel),
        ].join(" ")
      ),
    ],
    ...numbersOf(panels),
    // What is alike in all panels.
    legend: linesLegend(figure, panels),
  });
}

/** In support, out of support, and what is in part; each with what stands beside it. */
function rowsOf({ id, level, panels }: LinePanelsFigure) {
  const drawn = (
    { beside: _, support, networks, ...panel }: LinePanel,
  ): RowPanel => {
    const figure = { ...panel, kind: "on-the-line", id, level } as const;
    return { figure, survey: surveyOf(figure), support, networks };
  };
  return (["in", "out", "part"] as const).map((row) => {
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
  }).filter((row) => row.length > 0);
}

/** Axes, line and networks of a panel; a group has one look in all, by its name. */
function cellOf(panel: RowPanel, names: readonly string[]): GridCell {
  const { figure, survey, networks } = panel;
  const styleAt = (index: number) =>
    groupStyle(names.indexOf(figure.groups[index]?.name ?? ""));
  return {
    title: figure.title,
    description: describe(panel),
    note: networks,
    legend: meansLegend(figure, { styleAt, digits: 1 }),
    plot: (sheet) =>
      linePlot(figure, { marks: survey.drawn, sheet, share: 0.84, styleAt }),
  };
}

/** What a panel says, in plain words, for those who cannot see it. */
function describe({ figure }: RowPanel): string {
  return [plainText(proseMarkdown(figure.finding)), ...sentencesOf(figure)]
    .join(" ");
}

/** Every mark of every panel; a page has room for those of pre-trained networks. */
function numbersOf(panels: readonly RowPanel[]): FigureNumbers {
  const rows = (marksIn: (panel: RowPanel) => Iterable<Mark>) =>
    panels.flatMap((panel) =>
      [...marksIn(panel)].map((mark) => ({
        title: panel.figure.title,
        support: panel.support,
        ...mark,
      }))
    );
  type Row = ReturnType<typeof rows>[number];
  const data: Columns<Row> = [
    ["panel", ({ title }) => title],
    ["support", ({ support }) => support],
    ...MARK_COLUMNS,
  ];
  const shown: Columns<Row, string> = [
    ["panel", ({ title }) => title],
    ...READERS_COLUMNS,
  ];
  const ends = rows(({ survey }) => survey.pretrained.ends);
  return {
    data: tableOf(rows(({ figure }) => marksOf(figure)), data),
    table: {
      text: 3,
      ...tableOf(rows(({ survey }) => survey.drawn), shown),
      total: panels.reduce((sum, { survey }) => sum + survey.total, 0),
      selected: {
        title:
          "The pre-trained marks of each panel (of many, the highest and the lowest)",
        rows: tableOf(ends, shown).rows,
      },
    },
  };
}
