/**
 * Folders and pipelines as the commands use them.
 *
 * @module
 */
import { isAbsolute, join, relative, resolve } from "node:path";
import type { Environment } from "../../engine/define/task_context.ts";
import { type ProfileName, PROFILES } from "../../engine/define/pipeline.ts";
import type { ProjectOptions } from "../../engine/run/project.ts";
import { profileOfSite } from "../../publishing/site_folder.ts";
import type { Shell } from "./shell.ts";
import { UsageError } from "./usage_error.ts";

/** The project in the shell's folder, with the store that the command line names. */
export function projectOf(
  shell: Shell,
  { store, mirror, environments }: {
    readonly store: string | undefined;
    readonly mirror?: string | undefined;
    readonly environments: readonly Environment[];
  },
): ProjectOptions {
  return {
    root: shell.root,
    environments,
    mirror,
    store: storeFolderOf(shell, store),
  };
}

/** The folder of the store. */
export function storeFolderOf(
  { root, folder }: Shell,
  store: string | undefined,
): string {
  return store === undefined ? join(root, ".store") : resolve(folder, store);
}

/** The folder of the site. */
export function siteFolderOf(shell: Shell, site: string | undefined): string {
  return site === undefined
    ? join(shell.root, "site")
    : resolve(shell.folder, site);
}

/**
 * The folder that a run writes its site to: a site belongs to a profile. That of a larger one
 * stays, and this one is written beside it.
 *
 * @throws {UsageError} if a folder is named that has the site of a larger profile
 */
export function siteFolderFor(
  shell: Shell,
  { site, profile, replace }: {
    readonly site: string | undefined;
    readonly profile: ProfileName;
    /** Whether the site of a larger profile may go. */
    readonly replace: boolean;
  },
): string {
  const path = siteFolderOf(shell, site);
  const there = PROFILES.find((name) => name === profileOfSite(path));
  const isLarger = there !== undefined &&
    PROFILES.indexOf(there) > PROFILES.indexOf(profile);
  if (!isLarger || replace) return path;
  if (site === undefined) return `${path}-${profile}`;
  throw new UsageError(
    `Cannot write the site to "${
      pathFrom(shell.folder, path)
    }": it is that of profile ${there}, which a run at ${profile} would take away; name another folder with --site, or add --replace`,
  );
}

/**
 * The folder with copies of published files, from the command line or else
 * from SHIFTLINE_MIRROR. It may be anywhere, which is why the main process may
 * read anywhere; workers may not.
 *
 * @throws {UsageError} if it is no folder
 */
export async function mirrorFolderOf(
  { folder, mirror }: Shell,
  named: string | undefined,
): Promise<string | undefined> {
  const name = named ?? mirror;
  if (name === undefined || (named === undefined && name === "")) {
    return undefined;
  }
  const path = resolve(folder, name);
  const isFolder = await Deno.stat(path).then(
    ({ isDirectory }) => isDirectory,
    () => false,
  );
  if (isFolder) return path;
  throw new UsageError(
    `Cannot use mirror "${name}"${
      named === undefined ? ", which SHIFTLINE_MIRROR names" : ""
    }: there is no such folder`,
  );
}

/** A path as somebody in `folder` would write it. */
export function pathFrom(folder: string, path: string): string {
  const short = relative(folder, path);
  return short === "" || short.startsWith("..") || isAbsolute(short)
    ? path
    : short;
}
