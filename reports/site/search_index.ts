/**
 * What the search of the site looks through.
 *
 * @module
 */
import type { FOLDERS } from "../document/address.ts";
import type { Page } from "../document/document.ts";
import { unescapeHtml } from "../text/escape.ts";
import type { SearchEntry, SearchKind } from "./script/search.ts";

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
  const kind = kindOf(page.folder);
  const [, main = ""] = /<main[^>]*>([\s\S]*)<\/main>/.exec(html) ?? [];
  const [text = "", ...pieces] = withoutData(main).split(ADDRESS);
  const entries: SearchEntry[] = [{
    title: page.title,
    kind,
    href,
    // A page of one figure is found as a whole; figures of several reports may have one title.
    page: kind === "figure" ? page.around?.up?.title : undefined,
    text: textOf(
      [page.lead, text, kind === "figure" ? pieces[1] : ""].join(" "),
    ),
  }];
  for (let i = 0; kind !== "figure" && i < pieces.length; i += 2) {
    const [id = "", section = ""] = pieces.slice(i, i + 2);
    const [title, text] = titled(section);
    if (title === "" || ALIKE.has(id)) continue;
    entries.push({
      title,
      kind: PARTS.find(([begin]) => id.startsWith(begin))?.[1] ?? kind,
      page: page.title,
      href: `${href}#${id}`,
      text,
    });
  }
  return entries;
}

/** Sections that say the same on every page. */
const ALIKE: ReadonlySet<string> = new Set(["rebuild", "environment", "cite"]);

/** How the addresses begin of what a page has that is of a kind of its own. */
const PARTS: readonly (readonly [string, SearchKind])[] = [
  ["figure-", "figure"],
  ["picture-", "figure"],
  ["claim-", "claim"],
];

/** What the pages of a folder are, those below it included. */
const KINDS: Readonly<Record<keyof typeof FOLDERS, SearchKind>> = {
  claims: "claim",
  data: "data",
  shifts: "shift",
  models: "model",
  material: "material",
  method: "method",
  paper: "paper",
  runs: "runs",
  guide: "guide",
  answers: "answer",
};

/** What a page is, by where it is: all in no folder of these are of a report. */
function kindOf(folder: string): SearchKind {
  const [first = "", below = ""] = folder.split("/");
  const kind = (KINDS as Readonly<Record<string, SearchKind>>)[first];
  if (folder === "") return "front page";
  if (kind !== undefined) return kind;
  if (below === "") return "experiment";
  return below === "lineage" ? "lineage" : "figure";
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

/** The caption of a figure, else the first block of a section, or the beginning of it; and the rest. */
function titled(section: string): readonly [title: string, text: string] {
  const start = Math.max(0, section.indexOf("<figcaption"));
  // A claim ends where its figure is named.
  const length = section.slice(start).search(
    /<\/(h[23]|p|td|figcaption)>|<a\b[^>]*#figure-/,
  );
  const end = length < 0 ? section.length : start + length;
  const title = textOf(section.slice(start, end));
  const rest = section.slice(0, start) + section.slice(end);
  return title.length > 120
    ? [`${title.slice(0, 119)}…`, textOf(`${title} ${rest}`)]
    : [title, textOf(length < 0 ? section : rest)];
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
