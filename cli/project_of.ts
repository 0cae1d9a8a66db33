/**
 * Folders and pipelines as the commands use them.
 *
 * @module
 */
import { isAbsolute, join, relative, resolve } from "node:path";
import type { Environment } from "../engine/key.ts";
import type { ProjectOptions } from "../engine/project.ts";
import type { Shell } from "./shell.ts";

/** The project in the shell's folder, with the store that the command line names. */
export function projectOf(
  shell: Shell,
  { store, environments }: {
    readonly store: string | undefined;
    readonly environments: readonly Environment[];
  },
): ProjectOptions {
  const { root, folder } = shell;
  return {
    root,
    environments,
    store: store === undefined ? join(root, ".store") : resolve(folder, store),
  };
}

/** The folder of the site. */
export function siteFolderOf(shell: Shell, site: string | undefined): string {
  return site === undefined
    ? join(shell.root, "site")
    : resolve(shell.folder, site);
}

/** A path as somebody in `folder` would write it. */
export function pathFrom(folder: string, path: string): string {
  const short = relative(folder, path);
  return short === "" || short.startsWith("..") || isAbsolute(short)
    ? path
    : short;
}
