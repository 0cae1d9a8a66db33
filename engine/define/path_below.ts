/** What lies in a folder, by its path alone: links are not followed. */
import { relative, sep } from "node:path";

/**
 * The way from a folder to what lies in it.
 *
 * @param folder absolute path
 * @param path absolute path
 * @returns "" for the folder itself; `undefined` for what lies elsewhere
 */
export function pathBelow(folder: string, path: string): string | undefined {
  const way = relative(folder, path);
  return way.split(sep, 1)[0] === ".." ? undefined : way;
}
