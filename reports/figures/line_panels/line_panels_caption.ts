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
import {
  describe,
  fitText,
  marksSentences,
  percentOf,
  seedsText,
  sourcesText,
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

/** The caption in paragraphs: the finding; how to read all panels; each panel with what to beware of. */
export function panelsCaption(
  figure: LinePanelsFigure,
  pairs: readonly Pair[],
): readonly string[] {
  const { title, finding, note, level = 0.95 } = figure;
  const panels = pairs.flatMap(({ panels }) => panels);
  const percent = percentOf(level);
  const scales = [...new Set(panels.map(({ figure }) => figure.line.scale))];
  const shapes = groupNames(figure).map((name, i) =>
    `${groupStyle(i).shape}: *${escapeMarkdown(name)}*`
  );
  const has = (what: "hasMeans" | "hasBars") =>
    panels.some(({ survey }) => survey[what]);
  const groups = panels.flatMap(({ figure }) => figure.groups);
  return [
    [
      `**${escapeMarkdown(title)}.** ${proseMarkdown(finding)}`,
      ...note === undefined ? [] : [proseMarkdown(note)],
    ],
    [
      `${["Grey dots: baselines", ...shapes].join("; ")}.`,
      `Line: least squares on the ${
        scales.join(" or ")
      } scale, thin where it is extrapolated; band: its pointwise ${percent} interval.`,
      ...marksSentences(
        { hasMeans: has("hasMeans"), hasBars: has("hasBars") },
        level,
      ),
      ...groups.length > 0
        ? [
          `Below each panel: mean effective robustness (ER) in points ± half the ${percent} interval, which combines ${
            sourcesText(groups)
          }.`,
        ]
        : [],
      "Each panel has axes of its own.",
    ],
    ...panels.map(panelSentences),
  ].map((paragraph) => paragraph.join(" "));
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
  ];
}
