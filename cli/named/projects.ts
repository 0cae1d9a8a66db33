/**
 * The project of a command, opened.
 *
 * @module
 */
import {
  openProject,
  type Project,
  type ProjectOptions,
} from "../../engine/run/project.ts";
import type { Shell } from "../shell/shell.ts";
import { existingStore, storeFolderOf } from "./places.ts";

/** A store that a line names, and what a project knows besides it and its folder. */
type Named = Omit<ProjectOptions, "root" | "store" | "environments"> & {
  readonly store: string | undefined;
  /** None where stages are looked up by name: then no key is made, and no device needed. */
  readonly environments?: ProjectOptions["environments"];
};

/** Opens the project in the shell's folder, with the store that the command line names. */
export async function projectOf(
  shell: Shell,
  { store, environments = [], ...options }: Named,
): Promise<Project> {
  return await openProject({
    ...options,
    environments,
    root: shell.root,
    store: storeFolderOf(shell, store),
  });
}

/**
 * {@linkcode projectOf} a command that only looks at the store.
 *
 * @throws {UsageError} if a store that is named is not there
 */
export async function projectToRead(
  shell: Shell,
  options: Named,
): Promise<Project> {
  if (options.store !== undefined) await existingStore(shell, options.store);
  return await projectOf(shell, options);
}
