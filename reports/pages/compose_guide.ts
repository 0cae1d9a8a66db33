/**
 * The guide: pages that are files of the repository, read on a code host as
 * they are there, and here among the others of the site.
 *
 * @module
 */
import { posix } from "node:path";
import { addressFrom, FOLDERS, pathOf } from "../document/address.ts";
import { codeUrl } from "../document/figure_sources.ts";
import { pageOf } from "./compose_run.ts";
import type { Page, Surroundings } from "../document/document.ts";
import { readMarkdownPage } from "../document/markdown_blocks.ts";
import type { Place } from "../document/navigation.ts";
import type { RunRecord } from "../runs/run_record.ts";

/** The pages of the guide by their paths from the root of the repository. */
export type Guide = ReadonlyMap<string, string>;

/** The file that lists the others, in the order in which they are read. */
const LIST = "docs/guide/README.md";

/** Pages of the guide, the list of them first, as others link to them. */
export function guidePlaces(guide: Guide): readonly Place[] {
  return inOrder(guide).map(([file, markdown]) => ({
    title: readMarkdownPage(markdown, () => undefined).title,
    path: pathOf(folderOf(file)),
  }));
}

/** The pages of the guide, the list of them first. */
export function composeGuide(
  guide: Guide,
  { run, around }: {
    readonly run: RunRecord;
    /** What stands around the page of that place in the order. */
    readonly around: (place: number) => Surroundings;
  },
): readonly Page[] {
  return inOrder(guide).map(([file, markdown], i) => {
    const folder = folderOf(file);
    const { title, lead, blocks } = readMarkdownPage(
      markdown,
      (href) => addressOf(href, { file, folder, guide, run }),
    );
    const page = { folder, title, lead, blocks };
    return pageOf({ run, around: around(i) }, page);
  });
}

function inOrder(guide: Guide): readonly (readonly [string, string])[] {
  const list = guide.get(LIST) ?? "";
  const place = ([file]: readonly [string, string]) =>
    list.indexOf(`(${posix.basename(file)})`);
  return [...guide].sort((a, b) => place(a) - place(b));
}

function folderOf(file: string): string {
  return file === LIST
    ? FOLDERS.guide
    : `${FOLDERS.guide}${posix.basename(file, ".md")}/`;
}

/** Where a link of a file of the guide leads on the site; nowhere if the file that it names is not known to be anywhere. */
function addressOf(
  href: string,
  { file, folder, guide, run }: {
    readonly file: string;
    readonly folder: string;
    readonly guide: Guide;
    readonly run: RunRecord;
  },
): string | undefined {
  if (/^(https:|#)/.test(href)) return href;
  const [, path = "", id = ""] = /^([^#]*)(.*)$/.exec(href) ?? [];
  const target = posix.join(posix.dirname(file), path);
  const address = guide.has(target)
    ? addressFrom(folder, pathOf(folderOf(target)))
    : codeUrl(target, run);
  return address === undefined ? undefined : address + id;
}
