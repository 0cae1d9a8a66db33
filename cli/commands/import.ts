/**
 * `import`: adds what is in an archive to the store.
 *
 * @module
 */
import { resolve } from "node:path";
import { isArchive } from "../../engine/store/pack_store.ts";
import { useStore } from "../../engine/store/use_store.ts";
import { openStore } from "../../engine/store/store.ts";
import { unpackInto } from "../../engine/store/unpack_archive.ts";
import { byteSize } from "../../reports/value/wording.ts";
import { writeTexts } from "../display/line.ts";
import { count } from "../display/quantities.ts";
import { LOCKED_STORE } from "../arguments/options.ts";
import { storeFolderOf } from "../named/places.ts";
import type { Shell } from "../shell/shell.ts";
import { UsageError } from "../arguments/usage_error.ts";
import { place } from "../arguments/value_kinds.ts";
import type { Asked, Words } from "../arguments/words.ts";

/** The options of `import`, and the words beside them. */
export const words = {
  archive: {
    positional: true,
    value: place("FILE", { access: ["read"] }),
    needed:
      "Cannot import: no archive given; name one that deno task export wrote",
    help: "An archive written by export.",
  },
  store: LOCKED_STORE,
} as const satisfies Words;

/** What a line asks of `import`. */
type Import = Asked<typeof words>;

/** @returns the exit code */
export async function run(command: Import, shell: Shell): Promise<number> {
  const { archive } = command;
  const path = resolve(shell.folder, archive);
  const state = await whyNot(path);
  if (state !== undefined) {
    throw new UsageError(`Cannot import "${archive}": ${state}`);
  }
  const store = await openStore(storeFolderOf(shell, command.store));
  using _use = await useStore(store.folder, { signal: shell.signal });
  const { records, artifacts, bytes } = await unpackInto(store, {
    name: archive,
    open: async () => (await Deno.open(path)).readable,
  });
  writeTexts([
    records + artifacts === 0
      ? `Everything in ${archive} was already in the store`
      : `Imported ${count(records, "stage")} and ${
        count(artifacts, "artifact")
      } (${
        byteSize(bytes)
      }) from ${archive}; what was already in the store is unchanged`,
  ], shell.stdout);
  return 0;
}

/** Why a path is not that of an archive, if it is not. */
async function whyNot(path: string): Promise<string | undefined> {
  try {
    const { isFile, isDirectory } = await Deno.stat(path);
    if (isDirectory) {
      return "it is a folder; name an archive that deno task export wrote";
    }
    return isFile && await isArchive(path)
      ? undefined
      : "it is not an archive that deno task export wrote";
  } catch (cause) {
    if (cause instanceof Deno.errors.NotFound) return "there is no such file";
    return cause instanceof Deno.errors.PermissionDenied
      ? "permission denied"
      : "it cannot be read";
  }
}
