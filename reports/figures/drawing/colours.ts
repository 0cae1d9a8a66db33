/**
 * The colours of a drawing: named by classes that follow the reader's light or
 * dark page, or written out.
 *
 * @module
 */
import { COLOUR_VARIABLES } from "./palette.ts";
import type { SvgElement } from "./svg_element.ts";

/** `var(--group-1, #d55e00)`: a variable of the page and what to do without it. */
const VARIABLE = /^var\(--([a-z0-9-]+), *(#[0-9a-f]+)\)$/;

const PREFIXES = { fill: "f", stroke: "s" } as const;

/** Replaces variables by classes: `fill="var(--group-1, …)"` becomes `class="f-group-1"`. */
export function colourClasses(svg: SvgElement): void {
  for (const element of svg.querySelectorAll("*")) {
    for (const property of ["fill", "stroke"] as const) {
      const name = VARIABLE.exec(element.getAttribute(property) ?? "")?.[1];
      if (name === undefined) continue;
      element.removeAttribute(property);
      const others = element.getAttribute("class");
      element.setAttribute(
        "class",
        [...others === null ? [] : [others], `${PREFIXES[property]}-${name}`]
          .join(" "),
      );
    }
  }
}

/** Replaces variables, and the colour of the text around, by plain colours. */
export function literalColours(svg: SvgElement): void {
  for (const element of [svg, ...svg.querySelectorAll("*")]) {
    for (const property of ["fill", "stroke"] as const) {
      const value = element.getAttribute(property) ?? "";
      const plain = value === "currentColor"
        ? COLOUR_VARIABLES.ink
        : VARIABLE.exec(value)?.[2];
      if (plain !== undefined) element.setAttribute(property, plain);
    }
  }
}

/** CSS rules for the classes of {@linkcode colourClasses}, below a selector. */
export function colourRules(selector: string): string {
  return Object.entries(PREFIXES).flatMap(([property, prefix]) =>
    Object.keys(COLOUR_VARIABLES).filter((name) => name !== "ink").map((name) =>
      `${selector}.${prefix}-${name}{${property}:var(--${name})}`
    )
  ).join("");
}
