/**
 * Classes that are folders, on a disk or in an archive.
 *
 * @module
 */
import { posix } from "node:path";

/** What folders of sets are called, which are no classes. */
const SPLIT = /^(?:train|training|val|valid|validation|dev|test|testing)$/i;

/** The class of an image: the first folder of its path. Of two systems, é may be one character or two. */
export function folderClass(path: string): string {
  return path.slice(0, path.indexOf("/")).normalize("NFC");
}

/** Names of the first folders where these look like sets with folders of classes; else none. */
export function setsAmong(paths: readonly string[]): readonly string[] {
  const names = [...new Set(paths.map((path) => path.split("/")[0] ?? ""))];
  const areSets = paths.every((path) => path.split("/").length > 2) &&
    names.every((name) => SPLIT.test(name));
  return areSets ? names : [];
}

/** Paths as from the last folder that is on the way to all of them. */
export function belowCommon(names: readonly string[]): readonly string[] {
  const all = names.map((name) => posix.normalize(name).split("/"));
  const [first = []] = all;
  let level = 0;
  while (
    level + 1 < first.length &&
    all.every((parts) =>
      level + 1 < parts.length && parts[level] === first[level]
    )
  ) level++;
  return all.map((parts) => parts.slice(level).join("/"));
}
