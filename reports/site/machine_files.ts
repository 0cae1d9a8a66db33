/**
 * Files of a site that browsers and search engines ask for, and nobody reads.
 *
 * @module
 */
import type { Page } from "../document/document.ts";
import { escapeHtml } from "../text/escape.ts";
import { hover } from "./script/hover.ts";
import { search } from "./script/search.ts";

/** The icon, `favicon.svg`: a line and points above it, which is what effective robustness looks like. Dark on light, light on dark. */
export const FAVICON =
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><style>path{stroke:#1b1d20}@media(prefers-color-scheme:dark){path{stroke:#e8e9eb}}</style><path d="M4 28 28 8" fill="none" stroke-width="3" stroke-linecap="round"/><circle cx="11" cy="11" r="3.5" fill="#d55e00"/><circle cx="20" cy="5.5" r="3.5" fill="#d55e00"/></svg>
`;

/** What pages do in a browser: functions that use nothing but the document that they are given. */
const FEATURES: readonly ((document: Document) => void)[] = [hover, search];

/** Comments on lines of their own, and indents: no string of the script has a line of its own. */
const NOT_RUN = /^ *(?:\/\/.*\n|\/\*\*[^]*?\*\/\s*)|^ +/gm;

/** `script.js`, the one script, which pages need for nothing but comfort: a classic script, which also runs on pages from `file://`. */
export const SCRIPT: string = [
  '"use strict";',
  ...FEATURES.map((feature) =>
    `(${feature.toString().replaceAll(NOT_RUN, "")})(document);`
  ),
  "",
].join("\n");

/** `robots.txt`: everybody may read everything. It says where `sitemap.xml` is, if the address of the site is known. */
export function robots(baseUrl: string | undefined): string {
  const map = baseUrl === undefined ? "" : `Sitemap: ${baseUrl}sitemap.xml\n`;
  return `User-agent: *\nAllow: /\n${map}`;
}

/** `sitemap.xml`: the pages of a site. Addresses in it are absolute, so that of the site must be known. */
export function sitemap(
  pages: readonly Pick<Page, "folder">[],
  { baseUrl, changed }: {
    /** Address of the root, ending in a slash. */
    readonly baseUrl: string;
    /** When the results changed, ISO 8601. */
    readonly changed: string;
  },
): string {
  const addresses = pages.map(({ folder }) => baseUrl + folder).sort();
  return `<?xml version="1.0" encoding="UTF-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
${
    addresses.map((address) =>
      `<url><loc>${escapeHtml(address)}</loc><lastmod>${
        escapeHtml(changed)
      }</lastmod></url>`
    ).join("\n")
  }
</urlset>
`;
}
