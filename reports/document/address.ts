/**
 * Where pages are on a site, and the way from one to another.
 *
 * @module
 */
import { posix } from "node:path";

/** Folders of pages that are not about one report, from the root of the site. */
export const FOLDERS = {
  claims: "claims/",
  data: "data/",
  shifts: "shifts/",
  models: "models/",
  material: "material/",
  method: "method/",
  paper: "paper/",
  runs: "runs/",
  guide: "guide/",
  answers: "answers/",
} as const;

/** The path of the page of a folder. */
export function pathOf(folder: string): string {
  return `${folder}index.html`;
}

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
