/**
 * `robots.txt`.
 *
 * @module
 */

/** Everybody may read everything; where the map is, if the site's address is known. */
export function robots(baseUrl: string | undefined): string {
  const map = baseUrl === undefined ? "" : `Sitemap: ${baseUrl}sitemap.xml\n`;
  return `User-agent: *\nAllow: /\n${map}`;
}
