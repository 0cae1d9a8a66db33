/** What lies in a folder, by its path alone: links are not followed. */
import { isAbsolute, relative, sep } from "node:path";

/**
 * The way from a folder to what lies in it.
 *
 * @param folder absolute path
 * @param path absolute path
 * @returns "" for the folder itself; `undefined` for what lies elsewhere
 */
export function pathBelow(folder: string, path: string): string | undefined {
  const way = relative(folder, path);
  // On Windows there is no way to another drive.
  const isElsewhere = isAbsolute(way) || way.split(sep, 1)[0] === "..";
  return isElsewhere ? undefined : way;
}
