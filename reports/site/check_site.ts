/**
 * What must hold of the files of a site: every link leads somewhere, every id
 * is there once, every picture says what it shows, every table is whole.
 *
 * @module
 */
import { posix } from "node:path";
import { checkCsv } from "./check_csv.ts";
import { type HtmlElement, htmlElements } from "../document/html_elements.ts";
import { headingId } from "../document/markdown.ts";

/** The files of a site by their paths. */
export type SiteFiles = ReadonlyMap<string, string | Uint8Array>;

/** Attributes that hold ids of other elements of the page. */
const REFERENCES = [
  "aria-labelledby",
  "aria-describedby",
  "aria-controls",
  "for",
];

/**
 * Refuses a site with a mistake in it.
 *
 * @param outside whether a path that the site lacks is there all the same, such as pages of earlier runs
 * @throws {Error} naming the page and the link, id, picture or table that is wrong
 */
export function checkSite(
  files: SiteFiles,
  { outside = () => false }: {
    readonly outside?: (path: string) => boolean;
  } = {},
): void {
  const pages = new Map<string, Parsed>();
  for (const [path, text] of files) {
    if (typeof text !== "string") continue;
    if (path.endsWith(".html")) pages.set(path, parseHtml(text));
    else if (path.endsWith(".md")) {
      const [links, ids] = [markdownLinks(text), markdownIds(text)];
      pages.set(path, { elements: [], links, ids });
    } else if (path.endsWith(".csv")) checkCsv(path, text);
  }
  for (const [path, page] of pages) {
    checkIds(path, page);
    for (const address of page.links) {
      checkLink({ path, address }, { files, pages, outside });
    }
  }
}

/** What a page links to, and what can be linked to in it. */
interface Parsed {
  readonly links: readonly string[];
  readonly ids: readonly string[];
  readonly elements: readonly HtmlElement[];
}

function parseHtml(text: string): Parsed {
  const elements = htmlElements(text);
  const all = (...names: readonly string[]) =>
    elements.flatMap(({ attributes }) =>
      names.flatMap((name) => attributes.get(name) ?? [])
    );
  return { elements, links: all("href", "src"), ids: all("id") };
}

/** Addresses of links and pictures, in order. */
export function markdownLinks(markdown: string): readonly string[] {
  return [...withoutCode(markdown).matchAll(/(?<!\\)\]\(([^\s()]*)\)/g)]
    .map(([, address = ""]) => address);
}

/** Ids that code hosts know: those of anchors, and those that they give headings. */
export function markdownIds(markdown: string): readonly string[] {
  const text = withoutCode(markdown);
  return [
    ...[...text.matchAll(/<a id="([^"]*)">/g)].map(([, id = ""]) => id),
    ...[...text.matchAll(/^#{1,6} (.*)$/gm)].map(([, heading = ""]) =>
      headingId(heading.replaceAll(/\\(.)/g, "$1"))
    ),
  ];
}

/** Code spans end within their paragraph; an escaped backtick opens none. */
const ESCAPED_OR_CODE =
  /\\[^\n]|(?<!`)(`+)(?!`)(?:(?!\n\n)[\s\S])*?(?<!`)\1(?!`)/g;

function withoutCode(markdown: string): string {
  return markdown.replaceAll(/^```[\s\S]*?^```$/gm, "")
    .replaceAll(
      ESCAPED_OR_CODE,
      (found, ticks?: string) => ticks === undefined ? found : "",
    );
}

function checkIds(path: string, { ids, elements }: Parsed): void {
  const mistake = (state: string) =>
    new Error(`Cannot publish page "${path}": ${state}`);
  const seen = new Set<string>();
  for (const id of path.endsWith(".md") ? [] : ids) {
    if (seen.has(id)) throw mistake(`the id "${id}" is there twice`);
    seen.add(id);
  }
  for (const { name, attributes } of elements) {
    for (const reference of REFERENCES) {
      for (const id of attributes.get(reference)?.split(/\s+/) ?? []) {
        if (!seen.has(id)) {
          throw mistake(`${reference} names "${id}", which is no id of it`);
        }
      }
    }
    if (name === "img" && (attributes.get("alt") ?? "").trim() === "") {
      const src = attributes.get("src") ?? "";
      throw mistake(`image "${src}" has no text alternative`);
    }
    const labelled = attributes.has("aria-label") ||
      attributes.has("aria-labelledby") || attributes.has("aria-hidden");
    if (name === "svg" && !labelled) {
      throw mistake("a drawing has no text alternative");
    }
  }
}

function checkLink(
  { path, address }: { readonly path: string; readonly address: string },
  { files, pages, outside }: {
    readonly files: SiteFiles;
    readonly pages: ReadonlyMap<string, Parsed>;
    readonly outside: (path: string) => boolean;
  },
): void {
  // Addresses of other sites, the icon of a page that stands alone, the top.
  if (/^(https?:|mailto:|data:,|#$)/.test(address)) return;
  // A host shows this page at any depth: nothing in it can be relative.
  if (path === "404.html") return;
  const mistake = (state: string) =>
    new Error(`Cannot publish page "${path}": link "${address}" ${state}`);
  if (!/^(#|\.\.?\/)/.test(address)) throw mistake("is not relative");
  const [file = "", id] = address.split("#");
  const target = file === ""
    ? path
    : posix.join(posix.dirname(path), decodeURI(file));
  if (!files.has(target)) {
    if (outside(target)) return;
    throw mistake("leads nowhere");
  }
  if (id !== undefined && !pages.get(target)?.ids.includes(id)) {
    throw mistake(`leads to "${target}", which has no id "${id}"`);
  }
}
