/**
 * The store as the housekeeping commands use it: it must be there.
 *
 * @module
 */
import { join } from "node:path";
import { pathFrom, projectOf } from "./project_of.ts";
import type { Shell } from "./shell.ts";
import { UsageError } from "./usage_error.ts";

/**
 * The folder of the store that the command line names.
 *
 * @throws {UsageError} if there is no store
 */
export async function storeFolderOf(
  shell: Shell,
  named: string | undefined,
): Promise<string> {
  const { store } = projectOf(shell, { store: named, environments: [] });
  const folder = store ?? "";
  const isStore = await Deno.stat(join(folder, "format.json"))
    .then(({ isFile }) => isFile, () => false);
  if (isStore) return folder;
  throw new UsageError(
    `Cannot use store "${
      pathFrom(shell.folder, folder)
    }": there is none yet; deno task reproduce makes one, --store names another`,
  );
}
