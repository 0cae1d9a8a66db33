/**
 * Reads a whole store once, and compares it with what its names and its records
 * say. Nothing is written and no lock taken: a run may go on meanwhile. What it
 * replaces or removes just then is not damaged, so that what seems wrong is
 * looked at twice.
 *
 * @module
 */
import type { Digest } from "../define/hash.ts";
import { type DiskEntry, entryAt } from "./disk_entry.ts";
import { stateOf } from "./file_state.ts";
import type { Store } from "./store.ts";
import type { StoreFile } from "./store_contents.ts";
import { storeFiles } from "./store_files.ts";
import { fileAt, type FileKind, isFolderOfStore } from "./store_layout.ts";

/** Something in a store that is not what its name, or what it leads to, says. */
export interface Damage {
  /** Path below the folder of the store, e.g. `objects/ab/abcd…`. */
  readonly path: string;
  /** What is wrong, e.g. `its bytes do not match its name`. */
  readonly wrong: string;
  /** What to do, e.g. `remove it; the next run writes it again`. */
  readonly wayOut: string;
}

/** What is in a store, and what of it is damaged or left over. */
export interface StoreCheck {
  /** Numbers of files that were read, damaged ones included. */
  readonly records: number;
  readonly artifacts: number;
  readonly runs: number;
  /** Size of all files of the store. */
  readonly bytes: number;
  readonly damaged: readonly Damage[];
  /** Artifacts that no record names. */
  readonly unnamed: readonly StoreFile[];
  /** Keys that runs shared, and none does now. */
  readonly pieces: readonly StoreFile[];
  /** Unfinished work of stages that have finished. */
  readonly finishedWork: readonly StoreFile[];
  /** What a killed process left half written, or one is writing just now. */
  readonly halfWritten: readonly StoreFile[];
  /** What is no part of a store. */
  readonly strangers: readonly StoreFile[];
}

const NEXT_RUN = "remove it; the next run writes it again";

/** What to do with a damaged file, if it is another thing. */
const WAYS_OUT: Readonly<Partial<Record<FileKind, string>>> = {
  artifact: "remove it; a run that needs it makes it again",
  record: "remove it; a run that needs it makes it again",
  unfinished: "remove it; its stage begins anew",
  run: "remove it; nothing else holds what it said",
  piece: "remove it; a run with the same keys writes it again",
};

/** What is wrong where a folder should be. */
function inTheWay({ kind }: DiskEntry): Omit<Damage, "path"> {
  return {
    wrong: `it is a ${kind} and should be a folder`,
    wayOut: "remove it; a run that needs it makes it again",
  };
}

/**
 * Checks a store. Whatever its size, no more than one of its small files is
 * held at a time, and of an artifact a piece.
 *
 * @throws {StoreError} if a folder of it cannot be read
 * @throws the reason of the signal, when it is raised
 */
export async function checkStore(
  store: Store,
  { signal }: { readonly signal: AbortSignal },
): Promise<StoreCheck> {
  const { folder } = store;
  const files = storeFiles(folder);
  const found = new Map<FileKind | "stranger", Map<string, StoreFile>>();
  const of = (kind: FileKind | "stranger") =>
    found.getOrInsertComputed(kind, () => new Map<string, StoreFile>());
  const damaged: Damage[] = [];
  const ledTo = new Set<Digest>();

  async function checkBelow(below: string): Promise<void> {
    for (const name of files.list(below)) {
      const path = below === "" ? name : `${below}/${name}`;
      const entry = entryAt(folder, path);
      if (entry === undefined) continue; // it is gone again
      if (isFolderOfStore(path)) {
        if (entry.kind === "folder") await checkBelow(path);
        else damaged.push({ path, ...inTheWay(entry) });
        continue;
      }
      const file = fileAt(path);
      const bytes = entry.kind === "file" ? entry.bytes : 0;
      of(file?.kind ?? "stranger").set(file?.name ?? path, { path, bytes });
      if (file === undefined) continue;
      let state = await stateOf(path, { store, file });
      if (state.wrong !== undefined) {
        state = await stateOf(path, { store, file });
      }
      const { wrong, isUnreadable = false, leadsTo = [] } = state;
      for (const digest of leadsTo) ledTo.add(digest);
      if (wrong !== undefined) {
        const wayOut = isUnreadable
          ? "make it readable"
          : WAYS_OUT[file.kind] ?? NEXT_RUN;
        damaged.push({ path, wrong, wayOut });
      }
      await new Promise((resolve) => setImmediate(resolve));
      signal.throwIfAborted();
    }
  }

  await checkBelow("");
  const all = [...found.values()].flatMap((files) => [...files.values()]);
  const among = (kind: FileKind, isWanted: (name: string) => boolean) =>
    [...of(kind)].filter(([name]) => isWanted(name)).map(([, file]) => file);
  return {
    records: of("record").size,
    artifacts: of("artifact").size,
    runs: of("run").size,
    bytes: all.reduce((sum, { bytes }) => sum + bytes, 0),
    damaged,
    unnamed: among("artifact", (digest) => !ledTo.has(digest)),
    pieces: among("piece", (digest) => !ledTo.has(digest)),
    finishedWork: among("unfinished", (key) => of("record").has(key)),
    halfWritten: among("halfWritten", () => true),
    strangers: [...of("stranger").values()],
  };
}
