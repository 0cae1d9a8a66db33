/**
 * The folder of the page of a table. It is written whole, over an earlier page
 * of such kind only.
 *
 * @module
 */
import { basename, dirname, extname, join, resolve } from "node:path";
import { pathBelow } from "../../engine/define/path_below.ts";
import { digestOfJson } from "../../engine/define/hash.ts";
import { folderState } from "../../engine/define/folder_state.ts";
import { FIGURE } from "../../reports/site/er_page.ts";
import {
  type FileContent,
  filesWritten,
  writeSite,
} from "../../publishing/site_folder.ts";
import { UsageError } from "../arguments/usage_error.ts";

/**
 * The folder that `--to` names, or `er/` and the table's name, so that each
 * table has a page of its own: one below this folder in the folders that it is
 * in, one elsewhere before a digest of where that is. What is no `.csv` says so.
 */
export function pageFolder(
  { table, to }: { readonly table: string; readonly to: string | undefined },
  { folder }: { readonly folder: string },
): string {
  if (to !== undefined) return resolve(folder, to);
  const path = resolve(folder, table);
  const below = pathBelow(folder, path);
  const kind = extname(path);
  const name = `${basename(path, kind)}${
    kind.toLowerCase() === ".csv" ? "" : kind.replace(".", "-")
  }`;
  return below === undefined
    ? join(
      folder,
      "er",
      `${name}-${digestOfJson("table", dirname(path)).slice(0, 6)}`,
    )
    : join(folder, "er", dirname(below), name);
}

/**
 * Makes sure that a folder is new, empty, or holds a page of this kind.
 *
 * @throws {UsageError} if it holds anything else, or cannot be read
 */
export async function checkPageFolder(folder: string): Promise<void> {
  const names: string[] = [];
  try {
    for await (const { name } of Deno.readDir(folder)) {
      // Tables in folders have pages below that of a table named like these.
      if (!await hasOnlyPages(join(folder, name))) names.push(name);
    }
  } catch (cause) {
    if (cause instanceof Deno.errors.NotFound) return;
    const state = folderState(cause, { option: "--to" }) ?? String(cause);
    throw new UsageError(`Cannot write the page to "${folder}": ${state}`, {
      cause,
    });
  }
  if (names.length === 0 || isPage(folder)) return;
  throw new UsageError(
    `Cannot write the page to "${folder}": the folder exists, is not empty and was not written by "er"; choose another with --to`,
  );
}

/** Whether a folder holds a page of a table: it alone has a figure beside the list of what was written. */
function isPage(folder: string): boolean {
  return filesWritten(folder).includes(`${FIGURE}.json`);
}

/** Whether there is a folder that is a page, or that holds such folders and nothing else. */
async function hasOnlyPages(path: string): Promise<boolean> {
  if (!(await Deno.lstat(path)).isDirectory) return false;
  if (isPage(path)) return true;
  const names = await Array.fromAsync(Deno.readDir(path), ({ name }) => name);
  const are = await Promise.all(
    names.map((name) => hasOnlyPages(join(path, name))),
  );
  return names.length > 0 && are.every((one) => one);
}

/**
 * Writes the files that differ and removes those of an earlier page.
 *
 * @throws {Error} if the folder cannot be written
 */
export async function writePage(
  folder: string,
  files: ReadonlyMap<string, FileContent>,
): Promise<void> {
  await writeSite(folder, {
    files,
    complete: true,
    what: "page",
    option: "--to",
  });
}
