/**
 * What the search of the site looks through.
 *
 * @module
 */
import type { Page } from "../document/document.ts";
import { unescapeHtml } from "../text/escape.ts";
import type { SearchEntry } from "./script/search.ts";

/** A page and its HTML. */
export interface WrittenPage {
  readonly page: Page;
  readonly html: string;
}

/** The index as a script: a page from `file://` may run one, but not fetch. */
export function searchIndex(pages: readonly WrittenPage[]): string {
  const entries = pages.flatMap(entriesOf).map((entry) =>
    JSON.stringify(entry).replaceAll("<", "\\u003c")
  );
  return `globalThis.shiftlineIndex = [\n${entries.join(",\n")}\n];\n`;
}

/** A page and its sections: what stands below a heading, a figure, a claim. */
function entriesOf({ page, html }: WrittenPage): readonly SearchEntry[] {
  const href = `${page.folder}index.html`;
  const [, main = ""] = /<main[^>]*>([\s\S]*)<\/main>/.exec(html) ?? [];
  const pieces = withoutData(main).split(ADDRESS);
  const entries: SearchEntry[] = [{
    title: page.title,
    href,
    text: textOf(`${page.lead} ${pieces[0] ?? ""}`),
  }];
  for (let i = 1; i < pieces.length; i += 2) {
    const [id = "", section = ""] = pieces.slice(i, i + 2);
    const [title, text] = titled(section);
    if (title === "") continue;
    entries.push({ title, page: page.title, href: `${href}#${id}`, text });
  }
  return entries;
}

/** The start of an element that has an address of its own; the id is captured. */
const ADDRESS = /<(?:h[23]|figure|tr)\b[^>]*\bid="([^"]+)"[^>]*>/;

/** Drawings, code and long tables say nothing in words. */
function withoutData(html: string): string {
  return html.replaceAll(
    /<(svg|pre|details|style)\b[\s\S]*?<\/\1>|<table class="scroll"[\s\S]*?<\/table>|<(p|nav|ul) class="(?:files|key)"[\s\S]*?<\/\2>|<a class="anchor"[\s\S]*?<\/a>/g,
    " ",
  );
}

/** The first block of a section, or the beginning of it, and the rest. */
function titled(section: string): readonly [title: string, text: string] {
  const end = section.search(/<\/(h[23]|p|td)>/);
  const title = textOf(end < 0 ? section : section.slice(0, end));
  return [
    title.length > 120 ? `${title.slice(0, 119)}…` : title,
    textOf(end < 0 || title.length > 120 ? section : section.slice(end)),
  ];
}

/** The words of some HTML. */
function textOf(html: string): string {
  const text = html.replaceAll(
    /<\/?(?:b|i|em|strong|code|sub|sup|a)\b[^>]*>/g,
    "",
  )
    .replaceAll(/<[^>]*>/g, " ");
  return unescapeHtml(text).replaceAll(/\s+/g, " ").trim();
}
