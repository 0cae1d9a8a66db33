/**
 * The words around the panels of the paper's figure.
 *
 * @module
 */
import { escapeMarkdown } from "../../text/escape.ts";
import { plainText } from "../../text/plain_text.ts";
import type { LinePanelsFigure } from "../../value/line_panels_figure.ts";
import { proseMarkdown } from "../../value/prose.ts";
import { shapesSentence } from "../drawing/series_marks.ts";
import type { FigureSaid } from "../drawing/figure_content.ts";
import {
  clippedSentence,
  fitText,
  lineSentences,
  marksSentences,
  meansSentences,
  seedsText,
  sentencesOf as means,
  warnings,
} from "./on_the_line_caption.ts";
import {
  groupNames,
  panelsOf,
  type Row,
  type RowPanel,
} from "./line_panels_rows.ts";

/** What a panel says, in plain words, for those who cannot see it. */
export function describe({ figure }: RowPanel): string {
  return [plainText(proseMarkdown(figure.finding)), ...means(figure)].join(" ");
}

/** What every panel says. */
export function sentencesOf(rows: readonly Row[]): readonly string[] {
  return rows.flat().flatMap(({ head, panels }) =>
    panels.map((panel) => `${head}, ${panel.figure.title}: ${describe(panel)}`)
  );
}

/** What to beware of; how to read all panels; each panel with what to beware of. */
export function panelsSaid(
  figure: LinePanelsFigure,
  rows: readonly Row[],
): FigureSaid {
  const { names, level = 0.95 } = figure;
  const panels = panelsOf(rows);
  const scales = [...new Set(panels.map(({ figure }) => figure.line.scale))];
  const groupsNamed = groupNames(figure);
  const cautions =
    panels.filter(({ figure, survey }) => warnings(figure, survey).length > 0)
      .length;
  const has = (what: "hasMeans" | "hasSingles" | "hasBars") =>
    panels.some(({ survey }) => survey[what]);
  const groups = panels.flatMap(({ figure }) => figure.groups);
  return {
    cautions: cautions === 0 ? [] : [
      `In ${cautions} of ${panels.length} panels marks lie beyond the baselines, where the line is extrapolated, or the line fits poorly; the details say which.`,
    ],
    reading: [
      ...lineSentences(scales, level),
      ...marksSentences(
        {
          hasMeans: has("hasMeans"),
          hasSingles: has("hasSingles"),
          hasBars: has("hasBars"),
        },
        level,
      ),
      ...meansSentences(groups),
      "Each panel has its own axes.",
      ...names === undefined ? [] : [proseMarkdown(names)],
    ],
    details: [
      ...groupsNamed.length === 0 ? [] : [shapesSentence(groupsNamed)],
      ...panels.map((panel) => panelSentences(panel).join(" ")),
    ],
  };
}

function panelSentences({ figure, survey }: RowPanel): readonly string[] {
  const { title, finding, baselines, baselineTitle = "baselines", line } =
    figure;
  return [
    `*${escapeMarkdown(title)}*: ${proseMarkdown(finding)}`,
    `Baselines: ${baselines.length} ${escapeMarkdown(baselineTitle)}${
      seedsText(baselines.map(({ seed }) => seed))
    }; line: ${fitText(line)}.`,
    ...warnings(figure, survey),
    ...clippedSentence(line),
  ];
}
