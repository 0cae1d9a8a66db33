/**
 * What lay in the folders of a project before any of its pipelines was loaded.
 * What is loaded later is that, as long as nothing has changed.
 *
 * @module
 */
import { join } from "node:path";
import { isModule } from "./file_facts.ts";
import { identityOf } from "./file_identity.ts";

/** The modules of a project as they were at a moment. */
export interface CodeAtStart {
  /** Whether the module at a path is still the one that was there. */
  isSame(path: string): boolean;
}

/** Folders that hold no module of a project. */
const SKIPPED = /^\.|^node_modules$/;

/** Whether a folder has gone meanwhile, or may not be looked at. */
function isOutOfReach(error: unknown): boolean {
  return error instanceof Deno.errors.NotFound ||
    error instanceof Deno.errors.NotADirectory ||
    error instanceof Deno.errors.PermissionDenied;
}

/**
 * Notes which modules are there now: some microseconds each, none is read.
 *
 * @param root folder of the project
 * @param clock milliseconds since 1970, as the file system tells them
 */
export function codeAtStart(
  root: string,
  clock: () => number = Date.now,
): CodeAtStart {
  const start = clock();
  const found = new Map<string, string>();

  function walk(folder: string): void {
    try {
      for (const { name, isDirectory } of Deno.readDirSync(folder)) {
        const path = join(folder, name);
        if (isDirectory && !SKIPPED.test(name)) walk(path);
        else if (isModule(name)) found.set(path, identityOf(path, start).text);
      }
    } catch (error) {
      // Others write here too: what is loaded from it all the same counts as code from elsewhere.
      if (!isOutOfReach(error)) throw error;
    }
  }

  walk(root);
  return {
    isSame(path) {
      const { text, settled } = identityOf(path, start);
      // Of an engine that lies elsewhere all that is known is when it changed.
      return found.has(path) ? found.get(path) === text : settled;
    },
  };
}
