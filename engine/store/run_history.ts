/**
 * The history of a store: one file a run, `runs/ID.json`, which says what each
 * stage's key was and whether it ran. Artifacts stay where they are; a run
 * names them through the records of its keys.
 *
 * @module
 */
import { type Digest, digestOf } from "../define/hash.ts";
import type { HistoricRun } from "./historic_run.ts";
import { fileRun, runParser } from "./run_file.ts";
import { type StoreFiles, storeFiles } from "./store_files.ts";

/** The runs that a store remembers. */
export interface RunHistory {
  /**
   * The runs that can be read, oldest first.
   *
   * @param ids of which runs; of all if left out
   * @throws {StoreError} if the folder cannot be read
   */
  list(ids?: readonly string[]): readonly HistoricRun[];
  /**
   * The ids of all runs, in order; none is opened for it.
   *
   * @throws {StoreError} if the folder cannot be read
   */
  ids(): readonly string[];
  /**
   * The digests of the pieces that a run shares with others, which lie in
   * {@linkcode pathOfPiece}; none of a run that cannot be read.
   *
   * @throws {StoreError} if its file cannot be read
   */
  piecesOf(id: string): readonly Digest[];
  /**
   * Paths of the pieces of a run that are not whole; of a run that is not whole
   * itself, its own.
   *
   * @throws {StoreError} if its file cannot be read
   */
  damagedOf(id: string): readonly string[];
  /**
   * Writes a run, or replaces it, and with it pieces of other runs that it
   * shares and that are not whole.
   *
   * @throws {StoreError} if it cannot be written
   */
  put(run: HistoricRun): Promise<void>;
}

/** The history of the store in a folder. */
export function runHistory(folder: string): RunHistory {
  const files = storeFiles(folder);
  const ids = () =>
    files.list("runs").filter((name) => name.endsWith(".json"))
      .map((name) => name.slice(0, -".json".length));
  const parser = runParser((piece) => files.readSmall(pathOfPiece(piece)));
  const bytesOf = (id: string) => files.readSmall(`runs/${id}.json`);
  return {
    list(wanted = ids()) {
      const runs = wanted.flatMap((id) => {
        const bytes = bytesOf(id);
        const run = bytes === undefined ? undefined : parser.run(bytes);
        return run === undefined ? [] : [run];
      });
      return runs.sort(byStart);
    },

    ids,

    piecesOf(id) {
      const bytes = bytesOf(id);
      return bytes === undefined ? [] : parser.piecesOf(bytes);
    },

    damagedOf(id) {
      const bytes = bytesOf(id);
      const path = `runs/${id}.json`;
      if (bytes === undefined) return files.isThere(path) ? [path] : [];
      if (parser.run(bytes) !== undefined) return [];
      const pieces = parser.piecesOf(bytes)
        .filter((piece) => !isPieceWhole(files, piece));
      return pieces.length === 0 ? [path] : pieces.map(pathOfPiece);
    },

    async put(run) {
      const { bytes, pieces } = fileRun(run);
      for (const [digest, piece] of pieces) {
        await putPiece(files, { digest, piece });
      }
      await files.write(`runs/${run.id}.json`, bytes);
    },
  };
}

/** Where a piece of runs lies, below the folder of the store. */
export function pathOfPiece(piece: Digest): string {
  return `runs/keys/${piece}.json`;
}

/** Writes a piece of runs, unless it is there as it should be. */
export async function putPiece(
  files: StoreFiles,
  { digest, piece }: { readonly digest: Digest; readonly piece: Uint8Array },
): Promise<void> {
  if (isPieceWhole(files, digest)) return;
  await files.write(pathOfPiece(digest), piece);
}

function isPieceWhole(
  files: Pick<StoreFiles, "readSmall">,
  piece: Digest,
): boolean {
  const there = files.readSmall(pathOfPiece(piece));
  return there !== undefined && digestOf(there) === piece;
}

/** Compares two runs by when they started; those of one millisecond by id. */
export function byStart(
  a: Pick<HistoricRun, "started" | "id">,
  b: Pick<HistoricRun, "started" | "id">,
): number {
  const [one, other] = a.started === b.started
    ? [a.id, b.id]
    : [a.started, b.started];
  return one < other ? -1 : one > other ? 1 : 0;
}

/** Keys of every stage of some runs: what their artifacts are found by. */
export function keysOfRuns(runs: readonly HistoricRun[]): ReadonlySet<Digest> {
  const keys = new Set<Digest>();
  for (const { pipelines } of runs) {
    for (const { stages } of Object.values(pipelines)) {
      for (const { key } of Object.values(stages)) {
        if (key !== undefined) keys.add(key);
      }
    }
  }
  return keys;
}
