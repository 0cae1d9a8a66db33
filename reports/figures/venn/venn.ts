/**
 * Draws sets of corrected examples and what they share.
 *
 * @module
 */
import * as Plot from "@observablehq/plot";
import { largest } from "../../../stats/intervals/extremes.ts";
import { escapeMarkdown } from "../../text/escape.ts";
import { plainText } from "../../text/plain_text.ts";
import { formatCount, formatCounts } from "../../value/quantity.ts";
import type { VennFigure, VennPanel } from "../../value/venn_figure.ts";
import { levelText } from "../../value/wording.ts";
import { bare, percent, span, tableOf } from "../drawing/columns.ts";
import { refuse, rendered } from "../drawing/figure_content.ts";
import { groupStyle } from "../drawing/palette.ts";
import { panelGrid } from "../drawing/panel_grid.ts";
import type { Drawing, Sheet } from "../drawing/pixels.ts";
import { rules, shortened, textAt, textWidth } from "../drawing/plain_marks.ts";
import type { RenderedFigure } from "../drawing/rendered_figure.ts";
import { symbols } from "../drawing/series_marks.ts";
import { type Circle, circlesOf } from "./circles.ts";

/**
 * Draws the figure and writes its caption, table, CSV and JSON. On a page every
 * panel is a drawing of its own, so that two stand in a row where there is room.
 *
 * @throws {RangeError} if there is no panel, or shares that no two sets have
 */
export function venn(figure: VennFigure): RenderedFigure {
  const { id, level = 0.95, panels } = figure;
  for (const { title, first, second, both } of panels) {
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
        plot: (sheet) => plotOf(panel, { panels, sheet }),
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
    data: {
      columns: ["panel", "corrected by", "share", "examples"],
      rows: parts.map(({ panel, title, share, examples }) => [
        ...[panel, title, share, examples],
      ]),
    },
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

/** One of the three parts of a panel: its name, and its share of the test examples. */
interface VennPart {
  readonly title: string;
  readonly share: number;
}

/** What one intervention alone corrects, what both do, what the other alone does; their names cut to a length. */
function partsOf(
  { first, second, both }: VennPanel,
  longest = Infinity,
): readonly [VennPart, VennPart, VennPart] {
  const alone = ({ title, share }: VennPart): VennPart => ({
    title: `${shortened(title, longest)} only`,
    share: Math.max(0, share - both),
  });
  return [
    alone(first),
    { title: "both separately", share: both },
    alone(second),
  ];
}

/** Square pixels to a share of one, so that every panel has room for its circles. */
function scaleOf(
  panels: readonly VennPanel[],
  width: number,
): number {
  const most = largest(panels.map(({ first, second, both }) => {
    const shares = { first: first.share, second: second.share, both };
    const { circles: [{ r: one }, { r: other }], height } = circlesOf(shares, {
      gap: 0,
    });
    return Math.max(height / 0.52, 2 * Math.max(one, other) / 0.36);
  }));
  return most === 0 ? 0 : (width / most) ** 2;
}

/** The circles to the left, and beside them what each part is, with a line to it. */
function plotOf(
  panel: VennPanel,
  { panels, sheet: { width, font } }: {
    /** All of the figure, which have one scale. */
    readonly panels: readonly VennPanel[];
    readonly sheet: Sheet;
  },
): Drawing {
  const scale = scaleOf(panels, width);
  const { circles, middles, height } = circlesOf({
    first: panel.first.share * scale,
    second: panel.second.share * scale,
    both: panel.both * scale,
  }, { gap: font * 0.5 });
  const [x, edge, text] = [0.185 * width, 0.37 * width, 0.42 * width];
  // Two lines a part, so far apart that they do not touch.
  const room = font * 3.2;
  const middle = Math.max(middles[1], room + font);
  const labels = [
    Math.min(middles[0] + middle - middles[1], middle - room),
    middle,
    Math.max(middles[2] + middle - middles[1], middle + room),
  ];
  const begin = Math.max(0, font * 1.4 - (labels[0] ?? 0));
  const top = begin + middle - middles[1];
  const most = Math.floor((width - text) / textWidth("x", font)) - 6;
  const short = partsOf(panel, most).map(({ title }) => title);
  const parts = partsOf(panel).map((part, i) => ({
    ...part,
    at: top + (middles[i] ?? 0),
    label: begin + (labels[i] ?? 0),
    words: percent(part.share),
  }));
  const seen = parts.filter(({ share }) => share > 0);
  const below = largest([
    top + height,
    ...parts.map(({ label }) => label + font * 1.3),
  ]) + font * 1.6;
  const lines = factsOf(panel);
  return {
    width,
    font,
    height: below + font * 1.4 * (lines.length - 0.4),
    marks: [
      ...lines.map((line, i) =>
        textAt(line, { x: 0, y: below + font * 1.4 * i, soft: true })
      ),
      ...circles.map(({ y, r }, i) => circleMark({ x, y: top + y, r }, i)),
      rules(
        seen.flatMap(({ at, label }) => [
          { x1: x, x2: edge, y1: at, y2: at },
          { x1: edge, x2: text - 5, y1: at, y2: label },
        ]),
        { width: 0.8, opacity: 0.7 },
      ),
      symbols(
        seen.map(({ at, title, words }) => ({
          x,
          y: at,
          title:
            `${panel.title}: corrected by ${title}\n${words} of the test examples`,
        })),
        { symbol: "circle", colour: "currentColor", filling: 0, radius: 3 },
      ),
      ...parts.flatMap(({ label, title, words }, i) => [
        textAt(`${words} corrected by`, {
          x: text,
          y: label - font * 0.65,
          weight: 600,
        }),
        textAt(short[i] ?? title, { x: text, y: label + font * 0.65 }),
      ]),
    ],
  };
}

/** Longest name of a set below the circles, in characters. */
const LONGEST = 24;

/** What stands below the circles. */
function factsOf(
  { first, second, examples, correctable, overlap, combination }: VennPanel,
): readonly string[] {
  const [all, some] = formatCounts([examples, correctable]);
  return [
    `${some} of ${all} examples could be corrected`,
    ...overlap === undefined ? [] : [
      `overlap ${percent(overlap.value)} (${span(overlap, percent)})`,
    ],
    ...combination === undefined ? [] : [
      `${combination.title} correct ${
        percent(combination.ofFirst, 0)
      } of what ${shortened(first.title, LONGEST)}`,
      `corrects, and ${percent(combination.ofSecond, 0)} of what ${
        shortened(second.title, LONGEST)
      } does`,
    ],
  ];
}

/** A circle as a path, whose size no style sheet changes; the lower one is dashed. */
function circleMark(
  { x, y, r }: Circle & { readonly x: number },
  index: number,
): Plot.Markish {
  if (r === 0) return null;
  const { colour } = groupStyle(index);
  // Between them the curve is within a thousandth of the radius.
  const corners = Array.from({ length: 16 }, (_, i) => Math.PI * i / 8);
  return Plot.line(corners, {
    x: (angle: number) => x + r * Math.cos(angle),
    y: (angle: number) => y + r * Math.sin(angle),
    curve: "catmull-rom-closed",
    fill: colour,
    fillOpacity: 0.3,
    stroke: colour,
    strokeWidth: 1.6,
    strokeDasharray: index === 0 ? "none" : "5,3",
  });
}
