/**
 * `sitemap.xml`: the pages of a site, for search engines.
 *
 * @module
 */
import type { Page } from "../document/document.ts";
import { escapeXml } from "../text/escape.ts";

/** The map. Addresses in it are absolute, so that of the site must be known. */
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
      `<url><loc>${escapeXml(address)}</loc><lastmod>${
        escapeXml(changed)
      }</lastmod></url>`
    ).join("\n")
  }
</urlset>
`;
}
