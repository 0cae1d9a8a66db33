/**
 * Drawing with Observable Plot without a browser.
 *
 * @module
 */
import * as Plot from "@observablehq/plot";
import { parseHTML } from "linkedom";
import { paletteCss } from "./palette.ts";

/** The parts of an element that are used here; Deno has no DOM types. */
interface Element {
  readonly attributes: Iterable<{ readonly name: string; value: string }>;
  readonly outerHTML: string;
  readonly ownerDocument: Document;
  textContent: string;
  querySelector(selector: string): Element | null;
  querySelectorAll(selector: string): Iterable<Element>;
  setAttribute(name: string, value: string): void;
  removeAttribute(name: string): void;
  prepend(...children: readonly Element[]): void;
  remove(): void;
}

interface Document {
  createElementNS(namespace: string, name: string): Element;
}

/** What names a drawing. */
export interface DrawOptions {
  /** Unique on its page. */
  readonly id: string;
  /** Short name. */
  readonly title: string;
  /** What it says, for those who cannot see it. */
  readonly description: string;
}

const NAMESPACE = "http://www.w3.org/2000/svg";

/**
 * A plot as one `<svg>` element: the same bytes for the same input, numbers cut
 * to two decimals, with `role="img"`, a title and a description.
 */
export function draw(
  options: Plot.PlotOptions,
  { id, title, description }: DrawOptions,
): string {
  const { document } = parseHTML("<!doctype html><body></body>") as unknown as {
    readonly document: Document;
  };
  const svg = Plot.plot({
    ...options,
    // Plot's declarations name the browser's types, which Deno does not have.
    document: document as never,
    className: "plot",
  }) as unknown as Element;
  // The page's style sheet, or that of the file, has its rules.
  svg.querySelector("style")?.remove();
  for (const element of svg.querySelectorAll("*")) {
    for (const attribute of element.attributes) {
      attribute.value = shorten(attribute.value);
    }
  }
  svg.setAttribute("id", id);
  svg.setAttribute("role", "img");
  svg.setAttribute("aria-labelledby", `${id}-title ${id}-description`);
  svg.removeAttribute("width");
  svg.removeAttribute("height");
  const label = (name: string, text: string) => {
    const element = document.createElementNS(NAMESPACE, name);
    element.setAttribute(
      "id",
      `${id}-${name === "desc" ? "description" : name}`,
    );
    element.textContent = text;
    return element;
  };
  svg.prepend(label("title", title), label("desc", description));
  return svg.outerHTML;
}

/** A drawing as a file of its own, readable in light and dark viewers. */
export function svgFile(drawing: string): string {
  const style = `<style>:root { ${
    paletteCss("light")
  } color: var(--ink); background: var(--page); } @media (prefers-color-scheme: dark) { :root { ${
    paletteCss("dark")
  } } } text { white-space: pre; }</style>`;
  return drawing
    .replace(/^<svg /, `<svg xmlns="${NAMESPACE}" `)
    .replace(/>/, `>${style}`) + "\n";
}

/** Cuts the decimals of coordinates; ids and words have none. */
function shorten(value: string): string {
  return value.replaceAll(
    /-?\d+\.\d{3,}(?:e-?\d+)?/g,
    (number) => String(Number(Number(number).toFixed(2)) + 0),
  );
}
