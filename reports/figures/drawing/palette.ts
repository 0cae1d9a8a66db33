/// <reference lib="dom" />
/**
 * Colours of a drawing, and shapes of groups, which tell groups apart where
 * colour cannot. Colours are named by classes that follow the reader's light or
 * dark page, or written out.
 *
 * @module
 */

/** How the marks of a group look. */
export interface GroupStyle {
  /** Shape of its marks, by Observable Plot's names. */
  readonly symbol: "diamond" | "square" | "triangle" | "star" | "wye" | "cross";
  /** Word for the shape, in the plural. */
  readonly shape: string;
  /** CSS colour: a variable of the page. */
  readonly colour: string;
}

/**
 * Okabe and Ito's palette (2008), for light and for dark pages. Yellow is left
 * out, and the two blues change places, for contrast with the page.
 */
const GROUPS = [
  ["diamond", "diamonds", "#d55e00", "#e2731d"],
  ["square", "squares", "#0072b2", "#56b4e9"],
  ["triangle", "triangles", "#009e73", "#1fb98c"],
  ["star", "stars", "#b05a8a", "#cc79a7"],
  ["wye", "three-armed marks", "#a86f00", "#e69f00"],
  ["cross", "crosses", "#3a87b5", "#8fd0f5"],
] as const;

/** Page, text, and text that stands back. */
const GROUND = {
  page: ["#ffffff", "#15171a"],
  ink: ["#1b1d20", "#e4e6e9"],
  soft: ["#5a6068", "#a2a8b0"],
} as const;

/** The colour of the page, for hollow marks and halos. */
export const PAGE_COLOUR = `var(--page, ${GROUND.page[0]})`;

/** The colour of text that stands back. */
export const SOFT_COLOUR = `var(--soft, ${GROUND.soft[0]})`;

/** The style of the group at `index`; there are six, then they repeat. */
export function groupStyle(index: number): GroupStyle {
  const place = index % GROUPS.length;
  const [symbol, shape, light] = GROUPS[place] ?? GROUPS[0];
  return { symbol, shape, colour: `var(--group-${place + 1}, ${light})` };
}

/** CSS declarations of the colours of figures, for light or for dark pages. */
export function paletteCss(theme: "light" | "dark"): string {
  const place = theme === "light" ? 0 : 1;
  return [
    ...Object.entries(GROUND).map(([name, pair]) =>
      `--${name}: ${pair[place]}`
    ),
    ...GROUPS.map(([, , ...pair], i) => `--group-${i + 1}: ${pair[place]}`),
  ].join("; ") + ";";
}

/** `var(--group-1, #d55e00)`: a variable of the page and what to do without it; the colour of the text around has no name. */
const VARIABLE = /^var\(--([a-z0-9-]+), *(#[0-9a-f]+)\)$|^currentColor$/;

const PREFIXES = { fill: "f", stroke: "s" } as const;

/** Replaces the variables of a drawing by classes, `fill="var(--group-1, …)"` by `class="f-group-1"`, or by plain colours, and with them the colour of the text around. */
export function paint(svg: Element, by: "classes" | "written"): void {
  for (const element of [svg, ...svg.querySelectorAll("*")]) {
    for (const [property, prefix] of Object.entries(PREFIXES)) {
      const found = VARIABLE.exec(element.getAttribute(property) ?? "");
      if (found === null) continue;
      const [, name, plain = GROUND.ink[0]] = found;
      if (by === "written") element.setAttribute(property, plain);
      else if (name !== undefined) {
        element.removeAttribute(property);
        element.classList.add(`${prefix}-${name}`);
      }
    }
  }
}

/** CSS rules for the classes of {@linkcode paint}, below a selector. */
export function colourRules(selector: string): string {
  const names = ["page", "soft", ...GROUPS.map((_, i) => `group-${i + 1}`)];
  return Object.entries(PREFIXES).flatMap(([property, prefix]) =>
    names.map((name) =>
      `${selector}.${prefix}-${name}{${property}:var(--${name})}`
    )
  ).join("");
}
