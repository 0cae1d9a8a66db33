/**
 * Whether a file of a store is what its name, and what leads to it, says.
 *
 * @module
 */
import { createHash } from "node:crypto";
import { StoreError } from "../define/error.ts";
import type { Digest } from "../define/hash.ts";
import { jsonIn } from "../define/json.ts";
import { messageOf } from "../define/message_of.ts";
import { cacheFile } from "../keys/cache_file.ts";
import { entryAt, piecesOf } from "./disk_entry.ts";
import { recordIndex } from "./record_index.ts";
import { pathOfPiece, runHistory } from "./run_history.ts";
import {
  areLastKeys,
  type StageRecord,
  type Store,
  textOfRecord,
} from "./store.ts";
import { storeFiles } from "./store_files.ts";
import {
  type FileKind,
  type NamedFile,
  objectPath,
  scratchPath,
} from "./store_layout.ts";
import { LINE_BYTES, lineOf } from "./unfinished_work.ts";

/** What was found in a file. */
export interface FileState {
  /** What is wrong with it; `undefined` if nothing is, or it is gone. */
  readonly wrong?: string | undefined;
  /** Whether it is there and cannot be read: then it may be as it should. */
  readonly isUnreadable?: true;
  /** Digests of what it leads to: artifacts of a record, pieces of a run. */
  readonly leadsTo?: readonly Digest[];
}

/** In bytes: more is no JSON of ours, and not worth the memory. */
const MOST_JSON = 2 ** 28;

/** Files that are not held as a whole. */
const LARGE: readonly FileKind[] = ["artifact", "unfinished"];

/**
 * Reads a file of a store, an artifact piece by piece.
 *
 * @param path where the file lies, below the folder of the store
 */
export async function stateOf(
  path: string,
  { store, file }: { readonly store: Store; readonly file: NamedFile },
): Promise<FileState> {
  const look = LOOKS[file.kind];
  if (look === undefined) return {};
  try {
    const entry = entryAt(store.folder, path);
    if (entry === undefined) return {};
    if (entry.kind !== "file") return { wrong: `it is a ${entry.kind}` };
    return entry.bytes > MOST_JSON && !LARGE.includes(file.kind)
      ? { wrong: "it is larger than anything a run would write" }
      : await look(file.name, store);
  } catch (error) {
    const cause = error instanceof StoreError ? error.cause : error;
    if (cause instanceof Deno.errors.NotFound) return {};
    const message = messageOf(cause);
    return { wrong: `it cannot be read: ${message}`, isUnreadable: true };
  }
}

/** Looks into the file of a name. */
type Look = (name: string, store: Store) => FileState | Promise<FileState>;

/** Of other kinds there is nothing to say. */
const LOOKS: Readonly<Partial<Record<FileKind, Look>>> = {
  artifact: comparing(objectPath),

  async record(key, store) {
    const record = store.record(key);
    if (record === undefined) {
      return { wrong: "what it says is not what a run would write" };
    }
    const leadsTo = Object.values(record.outputs).map(({ digest }) => digest);
    return { leadsTo, wrong: await wrongOutputOf(record, store) };
  },

  lastKeys: (name, { folder }) =>
    areLastKeys(parsed(folder, `stages/${name}.json`)) ? {} : NOT_WHOLE,

  run(id, { folder }) {
    const history = runHistory(folder);
    return history.list([id])[0]?.id === id
      ? { leadsTo: history.piecesOf(id) }
      : { wrong: "it is incomplete, or keys that it leads to are" };
  },

  piece: comparing(pathOfPiece),

  copy(name, store) {
    const { folder } = store;
    if (name === "site.json" || name === "ended_runs.json") {
      return parsed(folder, name) === undefined ? NOT_WHOLE : {};
    }
    const files = storeFiles(folder);
    const file = cacheFile(name, { files, isContent: isAnything });
    if (file.read() === undefined) return NOT_WHOLE;
    return name === "records.json" ? { wrong: wrongInIndex(store) } : {};
  },

  async unfinished(key, { folder }) {
    const path = `${folder}/${scratchPath(key)}`;
    const { before, digest } = await digestFrom(path, LINE_BYTES);
    return before === lineOf(digest)
      ? {}
      : { wrong: "it does not begin with the digest of its bytes" };
  },
};

/** Compares files with the digests that they are called after. */
function comparing(pathOf: (digest: Digest) => string): Look {
  return async (digest, { folder }) =>
    await isOf(digest, `${folder}/${pathOf(digest)}`)
      ? {}
      : { wrong: "its bytes do not match its name" };
}

const NOT_WHOLE: FileState = { wrong: "it is not whole" };

function isAnything(_: unknown): _ is unknown {
  return true;
}

/** The JSON in a small file. */
function parsed(folder: string, path: string): unknown {
  return jsonIn(Deno.readTextFileSync(`${folder}/${path}`));
}

/** What is wrong with the first artifact of a record that is not as the record says, unless the artifact itself is damaged. */
async function wrongOutputOf(
  { outputs }: StageRecord,
  { folder }: Store,
): Promise<string | undefined> {
  for (const { digest, bytes } of Object.values(outputs)) {
    const path = objectPath(digest);
    const entry = entryAt(folder, path);
    const artifact = `artifact ${digest.slice(0, 12)}, which it names,`;
    if (entry === undefined) return `${artifact} is missing`;
    const isOther = entry.kind === "file" && entry.bytes !== bytes &&
      await isOf(digest, `${folder}/${path}`);
    if (isOther) return `${artifact} has a different size than it says`;
  }
  return undefined;
}

/** What the index of records says and no record does, though a run would believe it. */
function wrongInIndex(store: Store): string | undefined {
  const { folder } = store;
  for (
    const [key, rest] of recordIndex(folder, { files: storeFiles(folder) })
      .believed()
  ) {
    const record = store.record(key);
    if (record === undefined && store.isRecordDamaged(key)) continue;
    const isSame = record !== undefined &&
      textOfRecord(record) === textOfRecord({ ...rest, key: record.key });
    if (!isSame) {
      return `it says of record ${key.slice(0, 12)} what the record does not`;
    }
  }
  return undefined;
}

/** Bytes that are read before others have their turn, e.g. who hears Ctrl-C. */
const AT_ONCE = 2 ** 26;

/** Whether a digest is that of a file. */
async function isOf(digest: Digest, path: string): Promise<boolean> {
  return (await digestFrom(path)).digest === digest;
}

/** The digest of a file from a byte of its first piece on, and the text before that. */
async function digestFrom(
  path: string,
  start = 0,
): Promise<{ readonly before: string; readonly digest: Digest }> {
  const hash = createHash("sha256");
  let before: string | undefined;
  let read = 0;
  for (const piece of piecesOf(path)) {
    hash.update(before === undefined ? piece.subarray(start) : piece);
    before ??= new TextDecoder().decode(piece.subarray(0, start));
    read += piece.length;
    if (read > AT_ONCE) {
      read = 0;
      await new Promise((resolve) => setImmediate(resolve));
    }
  }
  return { before: before ?? "", digest: hash.digest("hex") };
}
