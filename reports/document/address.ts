/**
 * Addresses between pages.
 *
 * @module
 */
import { posix } from "node:path";

/**
 * The way from a page to another file of its site: relative and explicit, so
 * that it holds in any folder of a web server and without one.
 *
 * @param folder folder of the page, `""` or ending in a slash
 * @param path path of the file from the root, which may end in `#id`
 */
export function addressFrom(folder: string, path: string): string {
  const way = posix.relative(`/${folder}`, `/${path}`);
  return way.startsWith("../") ? way : `./${way}`;
}
