/**
 * The words around the panels of the paper's figure.
 *
 * @module
 */
import { escapeMarkdown } from "../../text/escape.ts";
import type { LinePanelsFigure } from "../../value/line_panels_figure.ts";
import { proseMarkdown } from "../../value/prose.ts";
import { groupStyle } from "../drawing/palette.ts";
import { plainText } from "../drawing/plain_text.ts";
import type { FigureWords } from "../drawing/rendered_figure.ts";
import {
  clippedSentence,
  describe,
  fitText,
  lineSentences,
  marksSentences,
  meansSentences,
  seedsText,
  warnings,
} from "../on_the_line/on_the_line_caption.ts";
import type { Panel } from "../on_the_line/panel.ts";
import { groupNames, type Pair } from "./pairs.ts";

/** What the figure says, in plain words, for those who cannot see it. */
export function describePanels(
  { finding }: LinePanelsFigure,
  pairs: readonly Pair[],
): string {
  return [
    plainText(proseMarkdown(finding)),
    ...pairs.flatMap(({ head, panels }) =>
      panels.map(({ figure }) =>
        `${head}, ${figure.title}: ${describe(figure)}`
      )
    ),
  ].join(" ");
}

/** The finding; how to read all panels; each panel with what to beware of. */
export function panelsWords(
  figure: LinePanelsFigure,
  pairs: readonly Pair[],
): FigureWords {
  const { title, finding, note, names, level = 0.95 } = figure;
  const panels = pairs.flatMap(({ panels }) => panels);
  const scales = [...new Set(panels.map(({ figure }) => figure.line.scale))];
  const shapes = groupNames(figure).map((name, i) =>
    `${groupStyle(i).shape}: *${escapeMarkdown(name)}*`
  ).join("; ");
  const cautions =
    panels.filter(({ figure, survey }) => warnings(figure, survey).length > 0)
      .length;
  const has = (what: "hasMeans" | "hasBars") =>
    panels.some(({ survey }) => survey[what]);
  const groups = panels.flatMap(({ figure }) => figure.groups);
  return {
    caption: [
      `**${escapeMarkdown(title)}.** ${proseMarkdown(finding)}`,
      ...cautions === 0 ? [] : [
        `Caution: in ${cautions} of ${panels.length} panels marks lie outside the baselines’ reference accuracies, or the line explains the baselines poorly; the details say which.`,
      ],
    ].join(" "),
    reading: [
      ...lineSentences(scales, level),
      ...marksSentences(
        { hasMeans: has("hasMeans"), hasBars: has("hasBars") },
        level,
      ),
      ...meansSentences(groups, level),
      "Each panel has its own axes.",
      ...names === undefined ? [] : [proseMarkdown(names)],
    ],
    details: [
      ...note === undefined ? [] : [proseMarkdown(note)],
      ...shapes === "" ? [] : [`${capital(shapes)}.`],
      ...panels.map((panel) => panelSentences(panel).join(" ")),
    ],
  };
}

function capital(text: string): string {
  return `${text[0]?.toUpperCase()}${text.slice(1)}`;
}

function panelSentences({ figure, survey }: Panel): readonly string[] {
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
