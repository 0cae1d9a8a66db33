/** Reads a drawing as a reader's program would. */
import assert from "node:assert/strict";
import { parseHTML } from "linkedom";

/** The parts of an element that are used here; Deno has no DOM types. */
export interface SvgNode {
  readonly textContent: string;
  getAttribute(name: string): string | null;
  querySelector(selector: string): SvgNode | null;
  querySelectorAll(selector: string): Iterable<SvgNode>;
}

export function parseSvg(svg: string): SvgNode {
  const { document } = parseHTML(svg) as unknown as { document: SvgNode };
  const root = document.querySelector("svg");
  assert.ok(root);
  return root;
}

/** What one reads when hovering over the marks. */
export function hoverTitles(svg: string): readonly string[] {
  const [, ...titles] = parseSvg(svg).querySelectorAll("title");
  return titles.map(({ textContent }) => textContent);
}

/** The words in the drawing. */
export function words(svg: string): readonly string[] {
  return [...parseSvg(svg).querySelectorAll("text")]
    .map(({ textContent }) => textContent);
}
