/// <reference lib="dom" />
/**
 * Makes a drawing small: symbols are defined once, straight lines of one look
 * are one path, and places have one decimal.
 *
 * @module
 */

/** Attributes of Plot that say nothing where the whole drawing has a description. */
const NEEDLESS = ["aria-label", "aria-hidden", "stroke-miterlimit"];

/**
 * Rewrites a drawing of Observable Plot in place, so that it looks the same.
 *
 * @param id that of the drawing; ids of symbols are made of it, and without it none is defined
 */
export function compact(svg: Element, id: string | undefined): void {
  for (const group of svg.querySelectorAll("g")) straightenText(group);
  for (const path of svg.querySelectorAll("path")) shortenLines(path);
  if (id !== undefined) defineSymbols(svg, id);
  for (const element of svg.querySelectorAll("*")) {
    for (const name of NEEDLESS) element.removeAttribute(name);
    for (const attribute of element.attributes) {
      if (attribute.name === "id" || attribute.name === "href") continue;
      attribute.value = shorten(attribute.value);
    }
  }
  mergeGroups(svg);
}

/** Makes each text of a group say where it is, instead of the group. */
function straightenText(group: Element): void {
  const texts = [...group.children]
    .filter(({ localName }) => localName === "text");
  if (texts.length === 0) return;
  const [right, down] = translation(group) ?? [0, 0];
  group.removeAttribute("transform");
  if (group.getAttribute("font-weight") === "400") {
    group.removeAttribute("font-weight");
  }
  for (const text of texts) {
    const place = translation(text);
    if (place === null) continue;
    const dy = text.getAttribute("y");
    text.removeAttribute("transform");
    text.setAttribute("x", String(place[0] + right));
    text.setAttribute("y", String(place[1] + down));
    if (dy !== null) text.setAttribute("dy", dy.replace(/^0\./, "."));
  }
}

type Place = readonly [number, number];

/** Writes straight lines from one place to another by what changes. */
function shortenLines(path: Element): void {
  const way = path.getAttribute("d") ?? "";
  const short = way.replaceAll(
    /M([^ML]+),([^ML]+)L([^ML]+),([^ML]+)(?=M|$)/g,
    (_, ...ends) => {
      const [a, b, c, d] = ends.slice(0, 4).map((end) => tenths(Number(end)));
      if (b === d) return `M${a},${b}H${c}`;
      return a === c ? `M${a},${b}V${d}` : `M${a},${b}L${c},${d}`;
    },
  );
  if (short !== way) path.setAttribute("d", short);
}

/** Defines circles and shapes, the arrows of intervals too, once, and uses them by name. */
function defineSymbols(svg: Element, id: string): void {
  const symbols = new Map<string, Element>();
  const make = (tag: string) =>
    svg.ownerDocument.createElementNS(svg.namespaceURI, tag);
  for (const [tag, shape] of [["circle", "r"], ["path", "d"]] as const) {
    for (const element of svg.querySelectorAll(tag)) {
      const number = (name: string) => Number(element.getAttribute(name));
      const place = tag === "circle"
        ? [number("cx"), number("cy")] as const
        : translation(element);
      const move = element.getAttribute("transform") ?? "";
      const value = element.getAttribute(shape);
      if (value === null || place === null && !move.includes("rotate")) {
        continue;
      }
      const symbol = symbols.get(tag + value) ?? make(tag);
      if (!symbols.has(tag + value)) {
        symbol.id = `${shortOf(id)}${symbols.size.toString(36)}`;
        symbol.setAttribute(shape, shorten(value));
        symbols.set(tag + value, symbol);
      }
      const use = make("use");
      use.setAttribute("href", `#${symbol.id}`);
      if (place === null) use.setAttribute("transform", move);
      else {
        use.setAttribute("x", tenths(place[0]));
        use.setAttribute("y", tenths(place[1]));
      }
      use.append(...element.children);
      for (const { name, value } of element.attributes) {
        if (!GEOMETRY.has(name)) use.setAttribute(name, value);
      }
      element.replaceWith(use);
    }
  }
  if (symbols.size === 0) return;
  const defs = make("defs");
  defs.append(...symbols.values());
  svg.prepend(defs);
}

/** A short name of an id, since every mark has it: one of sixty million; a page on which two were alike would be refused. */
function shortOf(id: string): string {
  const bits = [...id].reduce(
    (sum, letter) => (Math.imul(sum, 31) + (letter.codePointAt(0) ?? 0)) >>> 0,
    0,
  );
  return `s${(bits % 36 ** 5).toString(36).padStart(5, "0")}`;
}

const GEOMETRY = new Set(["d", "r", "cx", "cy", "transform"]);

/** Makes neighbouring groups of one look one group, and dissolves groups of one element. */
function mergeGroups(svg: Element): void {
  let last: { readonly group: Element; readonly look: string } | undefined;
  for (const group of [...svg.children]) {
    if (group.localName !== "g") {
      last = undefined;
      continue;
    }
    if (group.firstElementChild === null) {
      group.remove();
      continue;
    }
    const look = [...group.attributes].map(({ name, value }) =>
      `${name}=${value}`
    ).sort().join("\n");
    if (last?.look === look) {
      last.group.append(...group.children);
      group.remove();
    } else last = { group, look };
  }
  for (const group of [...svg.children]) {
    const [only, ...others] = group.localName === "g" ? group.children : [];
    if (only === undefined || others.length > 0) continue;
    const own = new Set([...only.attributes].map(({ name }) => name));
    const both = [...group.attributes].some(({ name }) => own.has(name));
    if (both) continue;
    for (const { name, value } of group.attributes) {
      only.setAttribute(name, value);
    }
    group.replaceWith(only);
  }
}

/** Where `translate(x,y)` leads, if that is all that moves an element. */
function translation(element: Element): Place | null {
  const found = /^translate\((-?[\d.e-]+),(-?[\d.e-]+)\)$/
    .exec(element.getAttribute("transform") ?? "");
  return found === null ? null : [Number(found[1]), Number(found[2])];
}

function tenths(value: number): string {
  return String(Number(value.toFixed(1)) + 0);
}

/** Cuts the decimals of coordinates; ids and words have none. */
function shorten(value: string): string {
  return value.replaceAll(
    /-?\d+\.\d{2,}(?:e-?\d+)?/g,
    (number) => {
      const value = Number(number);
      // Shares, such as an opacity, keep a second one.
      return String(Number(value.toFixed(Math.abs(value) < 1 ? 2 : 1)) + 0);
    },
  );
}
