/**
 * The words around the panels of the paper's figure, and the numbers behind
 * them.
 *
 * @module
 */
import type { CsvTable } from "../../text/csv.ts";
import { escapeMarkdown } from "../../text/escape.ts";
import { plainText } from "../../text/plain_text.ts";
import type {
  LinePanel,
  LinePanelsFigure,
} from "../../value/line_panels_figure.ts";
import type { OnTheLineFigure } from "../../value/on_the_line_figure.ts";
import { proseMarkdown } from "../../value/prose.ts";
import { type Columns, tableOf } from "../drawing/columns.ts";
import type { FigureSaid } from "../drawing/figure_content.ts";
import { shapesSentence } from "../drawing/legend.ts";
import type { ReadersTable } from "../drawing/rendered_figure.ts";
import {
  baselinesText,
  clippedSentence,
  fitText,
  readingOf,
  sentencesOf,
  warnings,
} from "./on_the_line_caption.ts";
import { figureJson, type Mark, MARK_COLUMNS } from "./on_the_line_data.ts";
import {
  extremesOf,
  READERS_COLUMNS,
  type Survey,
} from "./on_the_line_survey.ts";

/** The paper's figure as a panel among others, with what is said of it alone. */
export interface RowPanel extends Pick<LinePanel, "support" | "networks"> {
  readonly figure: OnTheLineFigure;
  readonly marks: readonly Mark[];
  readonly survey: Survey;
}

/** What a panel says, in plain words, for those who cannot see it. */
export function describe({ figure }: RowPanel): string {
  return [plainText(proseMarkdown(figure.finding)), ...sentencesOf(figure)]
    .join(" ");
}

/** What to beware of; how to read all panels; each panel with what to beware of. */
export function panelsSaid(
  figure: LinePanelsFigure,
  { panels, names, scales, has }: {
    readonly panels: readonly RowPanel[];
    /** The names of the groups of all panels. */
    readonly names: readonly string[];
    readonly scales: readonly string[];
    readonly has: Pick<Survey, "hasMeans" | "hasSingles" | "hasBars">;
  },
): FigureSaid {
  const cautions =
    panels.filter(({ figure, survey }) => warnings(figure, survey).length > 0)
      .length;
  return {
    cautions: cautions === 0 ? [] : [
      `In ${cautions} of ${panels.length} panels marks lie beyond the baselines, where the line is extrapolated, or the line fits poorly; the details say which.`,
    ],
    reading: readingOf(figure, {
      ...has,
      scales,
      groups: panels.flatMap(({ figure }) => figure.groups),
      arePanels: true,
    }),
    details: [
      ...names.length === 0 ? [] : [shapesSentence(names)],
      ...panels.map((panel) => panelSentences(panel).join(" ")),
    ],
  };
}

function panelSentences({ figure, survey }: RowPanel): readonly string[] {
  const { title, finding, line } = figure;
  return [
    `*${escapeMarkdown(title)}*: ${proseMarkdown(finding)}`,
    `${baselinesText(figure)}; line: ${fitText(line)}.`,
    ...warnings(figure, survey),
    ...clippedSentence(line),
  ];
}

/** Every mark of every panel at full precision, accuracies as fractions. */
export function panelsTable(panels: readonly RowPanel[]): CsvTable {
  const rows = panels.flatMap(({ figure: { title }, support, marks }) =>
    marks.map((mark) => ({ title, support, ...mark }))
  );
  const columns: Columns<typeof rows[number]> = [
    ["panel", ({ title }) => title],
    ["support", ({ support }) => support],
    ...MARK_COLUMNS,
  ];
  return tableOf(rows, columns);
}

/** Every mark as a reader's table; a page has room for those of pre-trained networks. */
export function panelsReadersTable(
  panels: readonly RowPanel[],
): ReadersTable {
  const columns: Columns<Mark & { readonly title: string }, string> = [
    ["panel", ({ title }) => title],
    ...READERS_COLUMNS,
  ];
  const rows = (of: (survey: Survey) => readonly Mark[]) =>
    panels.flatMap(({ figure: { title }, survey }) =>
      of(survey).map((mark) => ({ title, ...mark }))
    );
  const ends = rows(({ pretrained }) => extremesOf(pretrained));
  const isWhole = panels.every(({ survey: { pretrained } }) =>
    extremesOf(pretrained).length === pretrained.count
  );
  return {
    text: 3,
    ...tableOf(rows(({ drawn }) => drawn), columns),
    total: panels.reduce((sum, { survey }) => sum + survey.total, 0),
    selected: {
      title: `The pre-trained marks of each panel by effective robustness${
        isWhole ? "" : ", of many the highest and the lowest"
      }`,
      rows: tableOf(ends, columns).rows,
    },
  };
}

/** Every panel with its fit, groups and networks for JSON, in fractions at full precision. */
export function panelsJson(id: string, panels: readonly RowPanel[]): unknown {
  return {
    id,
    panels: panels.map(({ figure, support, marks }) => ({
      panel: figure.title,
      support,
      ...figureJson(figure, marks),
    })),
  };
}
