/// <reference lib="dom" />
/**
 * Drawing with Observable Plot without a browser.
 *
 * @module
 */
import * as Plot from "@observablehq/plot";
import { parseHTML } from "linkedom";
import { visible } from "../../text/escape.ts";
import { compact } from "./compact.ts";
import { colourRules, paint, paletteCss } from "./palette.ts";
import { type Drawing, plotsOf } from "./pixels.ts";

/** Namespace of the elements of a drawing. */
const SVG_NAMESPACE = "http://www.w3.org/2000/svg";

/** What names a drawing. */
export interface DrawOptions {
  /** Unique on its page; none where the drawing is an ornament of a text. */
  readonly id?: string;
  /** Short name; goes with the id. */
  readonly title?: string;
  /** What it says, for those who cannot see it. */
  readonly description?: string;
  /** By class for a page or a file with a style sheet, or written out for print. */
  readonly colours?: Parameters<typeof paint>[1];
}

/** What an ornament of a page does without. */
const TEXT_LOOKS = ["font-size", "font-family", "text-anchor", "fill"];

/** From how many times its width on a drawing is not to fill a wide page. */
const TALL = 1.4;

/**
 * A drawing as one `<svg>` element: the same bytes for the same input, numbers cut
 * to one decimal, symbols defined once, with `role="img"`, a title and a
 * description.
 */
export function draw(
  drawing: Drawing,
  { id, title, description = "", colours = "classes" }: DrawOptions,
): string {
  const { document } = parseHTML("<!doctype html><body></body>");
  const [svg, ...others] = plotsOf(drawing).map((options) => {
    const plot = Plot.plot({ ...options, document, className: "plot" });
    // The page's style sheet, or that of the file, has its rules.
    plot.querySelector("style")?.remove();
    return plot;
  }) as unknown as readonly [Element, ...Element[]];
  for (const { children } of others) svg.append(...children);
  for (const name of ["width", "height", "style"]) svg.removeAttribute(name);
  const { width, height, font } = drawing;
  svg.setAttribute("font-size", String(font));
  if (Math.ceil(height) > TALL * width) svg.setAttribute("class", "plot tall");
  compact(svg, id);
  paint(svg, colours);
  // Nobody hovers over print.
  if (colours === "written") {
    for (const title of svg.querySelectorAll("title")) title.remove();
  }
  if (id === undefined || title === undefined) {
    svg.setAttribute("aria-hidden", "true");
    // An ornament has no text, and takes its colour from the page.
    for (const name of TEXT_LOOKS) svg.removeAttribute(name);
  } else {
    svg.setAttribute("id", id);
    const label = (name: "title" | "desc", text: string) => {
      const element = document.createElementNS(SVG_NAMESPACE, name);
      element.setAttribute("id", `${id}-${name}`);
      element.textContent = text;
      return element;
    };
    svg.setAttribute("role", "img");
    svg.setAttribute("aria-labelledby", `${id}-title ${id}-desc`);
    svg.prepend(label("title", title), label("desc", description));
  }
  return visible(svg.outerHTML).replaceAll(" />", "/>");
}

/** A drawing as a file of its own, readable in light and dark viewers. */
export function svgFile(drawing: string): string {
  const style = `<style>:root { ${
    paletteCss("light")
  } color: var(--ink); background: var(--page); } @media (prefers-color-scheme: dark) { :root { ${
    paletteCss("dark")
  } } } text { white-space: pre; } ${colourRules("")}</style>`;
  return standalone(drawing).replace(/>/, `>${style}`) + "\n";
}

/** A drawing that needs no page around it. */
export function standalone(drawing: string): string {
  return drawing.replace(/^<svg /, `<svg xmlns="${SVG_NAMESPACE}" `);
}
