/**
 * Everything that lies in a store's folder: what is counted, removed, packed.
 *
 * @module
 */
import { storeError } from "../define/error.ts";
import type { Digest } from "../define/hash.ts";
import { jsonIn } from "../define/json.ts";
import { isDigest } from "../define/shape.ts";
import { entriesBelow, entryAt } from "./disk_entry.ts";
import type { HistoricRun } from "./historic_run.ts";
import { runHistory } from "./run_history.ts";
import { areLastKeys, isRecordOf, type StageRecord } from "./store.ts";
import { storeFiles } from "./store_files.ts";
import { codePath } from "./store_layout.ts";

/** A file of a store. */
export interface StoreFile {
  /** Path below the store's folder, e.g. `objects/ab/abcd…`. */
  readonly path: string;
  /** Size of the file. */
  readonly bytes: number;
}

/** A record as a file. */
export interface RecordFile extends StoreFile {
  /** The record in the file; `undefined` if it cannot be read, or is not that of its key. */
  readonly record: StageRecord | undefined;
}

/** What is in a store, by digest or name, in order. */
export interface StoreContents {
  /** Records, by digest of the key. */
  readonly records: ReadonlyMap<Digest, RecordFile>;
  /** Artifacts, by digest of the bytes. */
  readonly objects: ReadonlyMap<Digest, StoreFile>;
  /** Unfinished work, by digest of the key. */
  readonly scratch: ReadonlyMap<Digest, StoreFile>;
  /** Files that a killed process left half written. */
  readonly halfWritten: readonly StoreFile[];
  /** Files of copies of code but the first of this machine, which the next run here takes: nobody uses them but runs that go on. */
  readonly code: readonly StoreFile[];
  /** Files of submissions to Slurm that are over. */
  readonly submissions: readonly StoreFile[];
  /** Stages that waited for workers, how they ended, and their code. */
  readonly queued: readonly StoreFile[];
  /** Of these the ends that no run has taken notice of, by digest of the key. */
  readonly ended: ReadonlyMap<Digest, StoreFile>;
  /** The last keys of each `PIPELINE.PROFILE`. */
  readonly lastKeys: ReadonlyMap<string, Readonly<Record<string, Digest>>>;
  /** The files of the last keys, by `PIPELINE.PROFILE`. */
  readonly lastKeyFiles: ReadonlyMap<string, StoreFile>;
  /** The runs that are remembered, oldest first. */
  readonly runs: readonly {
    readonly run: HistoricRun;
    readonly file: StoreFile;
    /** Digests of the pieces of the run. */
    readonly pieces: readonly Digest[];
  }[];
  /** Pieces that runs share. */
  readonly pieces: ReadonlyMap<Digest, StoreFile>;
  /** Paths of last keys, runs and pieces of these that are not whole: what they lead to cannot be told. */
  readonly damaged: readonly string[];
}

const DIGEST = /^[0-9a-f]{64}$/;

/**
 * Reads what is in a store. Files of other names are not looked at.
 *
 * @throws {StoreError} if it cannot be read
 */
export function contentsOf(folder: string): StoreContents {
  const files = storeFiles(folder);

  function* filesIn(
    place: string,
    pattern: RegExp,
  ): Generator<readonly [name: string, file: StoreFile]> {
    for (const name of files.list(place)) {
      const path = `${place}/${name}`;
      if (!pattern.test(name)) continue;
      const bytes = files.sizeOf(path);
      if (bytes !== undefined) yield [name, { path, bytes }];
    }
  }

  function* below(
    place: string,
    pattern: RegExp,
  ): Generator<readonly [name: string, file: StoreFile]> {
    for (const prefix of files.list(place)) {
      if (/^[0-9a-f]{2}$/.test(prefix)) {
        yield* filesIn(`${place}/${prefix}`, pattern);
      }
    }
  }

  /** All files in some folders of a folder. */
  function* within(
    place: string,
    isWanted: (path: string) => boolean,
  ): Generator<StoreFile> {
    const paths = files.list(place).map((name) => `${place}/${name}`);
    try {
      for (const path of paths.filter(isWanted)) {
        if (entryAt(folder, path)?.kind !== "folder") continue;
        for (const { kind, ...file } of entriesBelow(folder, path)) {
          if (kind !== "folder") yield file;
        }
      }
    } catch (error) {
      throw storeError(error, { folder, action: "read" });
    }
  }

  function parsed(path: string): unknown {
    const bytes = files.readSmall(path);
    return bytes && jsonIn(bytes);
  }

  const history = runHistory(folder);
  const records = [...below("records", /^[0-9a-f]{64}\.json$/)]
    .map(([name, file]): [Digest, RecordFile] => {
      const key = name.slice(0, 64);
      const value = parsed(file.path);
      const record = isRecordOf(key, value) ? value : undefined;
      return [key, { ...file, record }];
    });
  const lastKeyFiles = [...filesIn("stages", /\.json$/)]
    .map(([name, file]) => [name.replace(/\.json$/, ""), file] as const);
  const known = new Set(lastKeyFiles.map(([, { path }]) => path));
  const damaged = new Set(
    files.list("stages").map((name) => `stages/${name}`)
      .filter((path) => path.endsWith(".json") && !known.has(path)),
  );
  const lastKeys = lastKeyFiles
    .map(([name, { path }]): [string, Record<string, Digest>] => {
      const value = parsed(path);
      if (!areLastKeys(value)) damaged.add(path);
      const keys = Object.entries(Object(value)).filter(
        (entry): entry is [string, Digest] => isDigest(entry[1]),
      );
      return [name, Object.fromEntries(keys)];
    });
  const runs = history.list();
  const whole = new Set(runs.map(({ id }) => id));
  for (const id of history.ids()) {
    if (whole.has(id)) continue;
    for (const path of history.damagedOf(id)) damaged.add(path);
  }
  return {
    records: new Map(records),
    objects: new Map(below("objects", DIGEST)),
    scratch: new Map(filesIn("scratch", DIGEST)),
    code: [...within("code", (path) => path !== codePath(0))],
    submissions: [
      ...within("slurm", (path) => files.isThere(`${path}/over`)),
    ],
    queued: ["jobs", "ended", "toil", "code"].flatMap((name) =>
      [...filesIn(`queue/${name}`, /./)].map(([, file]) => file)
    ),
    ended: new Map(
      [...filesIn("queue/ended", /^[0-9a-f]{64}\.json$/)]
        .map(([name, file]) => [name.slice(0, 64), file]),
    ),
    halfWritten: [...filesIn("tmp", /./)].map(([, file]) => file),
    lastKeys: new Map(lastKeys),
    lastKeyFiles: new Map(lastKeyFiles),
    damaged: [...damaged],
    runs: runs.map((run) => {
      const path = `runs/${run.id}.json`;
      const file = { path, bytes: files.sizeOf(path) ?? 0 };
      return { run, file, pieces: history.piecesOf(run.id) };
    }),
    pieces: new Map(
      [...filesIn("runs/keys", /^[0-9a-f]{64}\.json$/)]
        .map(([name, file]) => [name.slice(0, 64), file]),
    ),
  };
}
