/**
 * Draws sets of corrected examples and what they share.
 *
 * @module
 */
import { escapeMarkdown } from "../../text/escape.ts";
import { plainText } from "../../text/plain_text.ts";
import { formatCount, formatCounts } from "../../value/quantity.ts";
import type { VennFigure, VennPanel } from "../../value/venn_figure.ts";
import { levelText } from "../../value/wording.ts";
import { bare, dataOf, percent, span, tableOf } from "../drawing/columns.ts";
import { refuse, rendered } from "../drawing/figure_content.ts";
import { panelGrid } from "../drawing/panel_grid.ts";
import type { RenderedFigure } from "../drawing/rendered_figure.ts";
import { panelMarks, partsOf } from "./venn_plot.ts";

/**
 * Draws the figure and writes its caption, table, CSV and JSON. On a page every
 * panel is a drawing of its own, so that two stand in a row where there is room.
 *
 * @throws {RangeError} if there is no panel, or shares that no two sets have
 */
export function venn(figure: VennFigure): RenderedFigure {
  const { id, level = 0.95, panels } = figure;
  check(figure);
  const parts = panels.flatMap((panel) =>
    partsOf(panel).map((part) => ({
      ...part,
      panel: panel.title,
      examples: part.share * panel.examples,
    }))
  );
  const interval = levelText(level);
  return rendered(figure, {
    ...panelGrid(
      id,
      panels.map((panel) => ({
        title: panel.title,
        description: plainText(sentences(panel)),
        at: (place) => panelMarks(panel, { ...place, panels }),
      })),
    ),
    sentences: panels.map((panel) => plainText(sentences(panel))),
    reading: [
      "**Corrected examples.** A circle is a set of test examples that networks trained from scratch often get wrong and others get right: solid the first set, dashed the second. The areas of the circles, and of what they share, are true to the shares of the test examples, by one scale in all panels.",
      ...panels.some(({ overlap }) => overlap !== undefined)
        ? [
          `The overlap is what each of the two corrects over what at least one does, with its ${interval} interval.`,
        ]
        : [],
    ],
    details: panels.map(sentences),
    data: dataOf(parts, [
      ["panel", ({ panel }) => panel],
      ["corrected by", ({ title }) => title],
      ["share", ({ share }) => share],
      ["examples", ({ examples }) => examples],
    ]),
    table: {
      text: 2,
      ...tableOf(parts, [
        ["panel", ({ panel }) => panel],
        ["corrected by", ({ title }) => title],
        ["share, %", ({ share }) => bare(share)],
        ["examples", ({ examples }) => formatCount(examples)],
      ]),
    },
    legend: [],
  });
}

function check(figure: VennFigure): void {
  for (const { title, first, second, both } of figure.panels) {
    const [least, most] = [
      Math.max(0, first.share + second.share - 1),
      Math.min(first.share, second.share),
    ];
    // Means over trials add up but for their last digits.
    const possible = first.share <= 1 && second.share <= 1 &&
      both >= least - 1e-9 && both <= most + 1e-9;
    if (!possible) {
      refuse(
        figure,
        `"${title}" has sets of ${first.share} and ${second.share} that cannot share ${both}`,
      );
    }
  }
}

/** What a panel shows, in Markdown. */
function sentences(panel: VennPanel): string {
  const { title, first, second, examples, correctable } = panel;
  const { overlap, combination } = panel;
  const [all, some] = formatCounts([examples, correctable]);
  const [one, two] = [first, second].map(({ title }) => escapeMarkdown(title));
  return [
    `*${
      escapeMarkdown(title)
    }*: of ${all} test examples ${some} could be corrected.`,
    `Corrected by ${
      partsOf(panel).map(({ title, share }) =>
        `${escapeMarkdown(title)}: ${percent(share)}`
      ).join("; ")
    }.`,
    ...overlap === undefined ? [] : [
      `Overlap ${percent(overlap.value)} (${span(overlap, percent)}).`,
    ],
    ...combination === undefined ? [] : [
      `Of the examples that ${one} corrects, ${
        escapeMarkdown(combination.title)
      } correct ${
        percent(combination.ofFirst)
      }, and of those that ${two} corrects, ${percent(combination.ofSecond)}.`,
    ],
  ].join(" ");
}
