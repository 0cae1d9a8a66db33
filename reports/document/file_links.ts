/**
 * Links from the names of files on a page to the files in the repository.
 *
 * @module
 */
import { safeUrl } from "../text/escape.ts";

/** Where a file of the repository can be read, where that is known. */
export type FileUrl = (path: string) => string | undefined;

/** A file of the repository, from its root. */
const FILE =
  /^(?:cli|data|docs|engine|models|pipelines|provenance|publishing|reports|shifts|stats|tasks|tests|tools)(?:\/[\w-][\w.-]*)+\.(?:ts|csv|json|md|wasm)$/;

/** HTML in which the name of every file is a link, unless it is part of one. */
export function withFileLinks(html: string, fileUrl: FileUrl): string {
  return html.replace(
    /<a\b[^>]*>[^]*?<\/a>|<code>([^<]+)<\/code>/g,
    (whole, name: string | undefined) => {
      const url = addressOf(name, fileUrl);
      return url === undefined
        ? whole
        : `<a href="${safeUrl(url)}">${whole}</a>`;
    },
  );
}

/** The same of Markdown. */
export function withFileLinksMarkdown(
  markdown: string,
  fileUrl: FileUrl,
): string {
  return markdown.replace(
    /\[(?:[^\]\\]|\\.)*\]\([^)]*\)|^```[^]*?^```|`([^`\n]+)`/gm,
    (whole, name: string | undefined) => {
      const url = addressOf(name, fileUrl);
      return url === undefined ? whole : `[${whole}](${safeUrl(url)})`;
    },
  );
}

function addressOf(
  name: string | undefined,
  fileUrl: FileUrl,
): string | undefined {
  return name !== undefined && FILE.test(name) ? fileUrl(name) : undefined;
}
