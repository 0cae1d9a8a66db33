/**
 * How to read the figures of a page, each sentence once.
 *
 * @module
 */
import { READING } from "../document/figure_sources.ts";
import { type Block } from "../document/document.ts";
import { heading, prose } from "../document/pieces.ts";
import type { FigureWords } from "../figures/drawing/rendered_figure.ts";

/** What the figures of a page have to say of their marks, if anything. */
export function readingBlocks(
  figures: readonly Pick<FigureWords, "reading">[],
): readonly Block[] {
  const said = new Set<string>();
  const paragraphs = figures.flatMap(({ reading }) => {
    const fresh = reading.filter((sentence) => !said.has(sentence));
    for (const sentence of fresh) said.add(sentence);
    return fresh.length === 0 ? [] : [fresh.join(" ")];
  });
  return paragraphs.length === 0 ? [] : [
    heading(
      READING,
      `How to read the ${figures.length === 1 ? "figure" : "figures"}`,
    ),
    prose(paragraphs.join("\n\n")),
  ];
}
