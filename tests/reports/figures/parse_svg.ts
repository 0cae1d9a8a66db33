/** Reads a drawing as a reader's program would. */
import assert from "node:assert/strict";
import { parseHTML } from "linkedom";
import type { RenderedFigure } from "../../../reports/figures/drawing/rendered_figure.ts";

/** The parts of an element that are used here; Deno has no DOM types. */
export interface SvgNode {
  readonly textContent: string;
  readonly parentElement: SvgNode | null;
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

/** What one reads when hovering over the marks of a drawing, or of several. */
export function hoverTitles(html: string): readonly string[] {
  const { document } = parseHTML(html) as unknown as { document: SvgNode };
  return [...document.querySelectorAll("svg")].flatMap((svg) => {
    const [, ...titles] = svg.querySelectorAll("title");
    return titles.map(({ textContent }) => textContent);
  });
}

/** The words in the drawing. */
export function words(svg: string): readonly string[] {
  return [...parseSvg(svg).querySelectorAll("text")]
    .map(({ textContent }) => textContent);
}

/** The places where symbols of a look stand, by a part of their attributes. */
export function places(
  svg: string,
  look: Readonly<Record<string, string>>,
): readonly (readonly [number, number])[] {
  const root = parseSvg(svg);
  return [...root.querySelectorAll("use")].filter((use) =>
    Object.entries(look).every(([name, value]) =>
      attributeOf(use, name)?.includes(value) === true
    )
  ).map((use) => [
    Number(use.getAttribute("x")),
    Number(use.getAttribute("y")),
  ]);
}

/** An attribute of an element or of the group that it stands in. */
export function attributeOf(node: SvgNode, name: string): string | null {
  // linkedom gives "" for a class that is not there.
  return node.getAttribute(name) ||
    (node.parentElement?.getAttribute(name) ?? null);
}

/** Asserts that a figure is the same twice, on the page, as a file and in print. */
export function assertSameTwice(make: () => RenderedFigure): void {
  const bytes = () => {
    const { print, ...rest } = make();
    return {
      ...rest,
      print: print({ width: 321, font: 10.7 }),
    };
  };
  assert.deepEqual(bytes(), bytes());
}
