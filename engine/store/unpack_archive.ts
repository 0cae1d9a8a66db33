/**
 * Adds what is in an archive to a store.
 *
 * @module
 */
import { createTarDecoder } from "modern-tar";
import { StoreError } from "../define/error.ts";
import { type Digest, digestOf } from "../define/hash.ts";
import { messageOf } from "../define/message_of.ts";
import type { Check } from "../define/shape.ts";
import { digestOfKey, STORE_FORMAT } from "../keys/key.ts";
import { type Packed, SUMS } from "./pack_store.ts";
import { hasFormat } from "./record_fields.ts";
import { runParser } from "./run_file.ts";
import { inTurn } from "./in_turn.ts";
import { pathOfPiece, putPiece } from "./run_history.ts";
import {
  areLastKeys,
  isStageRecord,
  type StageRecord,
  type Store,
} from "./store.ts";
import { storeFiles } from "./store_files.ts";
import { turnOfLastKeys } from "./store_layout.ts";

/** What an archive holds besides artifacts. */
interface Small {
  readonly records: ReadonlyMap<Digest, StageRecord>;
  readonly lastKeys: ReadonlyMap<string, Readonly<Record<string, Digest>>>;
  /** Runs, by path. */
  readonly runs: ReadonlyMap<string, Uint8Array>;
  /** Pieces of runs, by path. */
  readonly pieces: ReadonlyMap<string, Uint8Array>;
}

/**
 * Adds what is in an archive to a store. All of it is checked first: of a
 * damaged archive, or one that changes meanwhile, nothing is taken but artifacts
 * that no record names. A disk that fills up in between leaves what was added
 * until then, each record with its artifacts. What the store has already stays
 * as it is.
 * The store must be in use.
 *
 * @param open opens the archive; called twice
 * @returns what was new
 * @throws {StoreError} if the archive is damaged or changes, or the store cannot be written
 */
export async function unpackInto(
  store: Store,
  { name, open }: {
    /** What messages call the archive. */
    readonly name: string;
    open(): Promise<ReadableStream<Uint8Array>>;
  },
): Promise<Packed> {
  const sizes = new Map<Digest, number>();
  const small = await readArchive(await open(), {
    name,
    object: (digest, bytes) => void sizes.set(digest, bytes.length),
  });
  for (const { stage, outputs } of small.records.values()) {
    for (const { digest, bytes } of Object.values(outputs)) {
      if ((sizes.get(digest) ?? store.sizeOf(digest)) === bytes) continue;
      throw refused(
        name,
        `artifact ${
          digest.slice(0, 12)
        } of stage "${stage}" is missing from it`,
      );
    }
  }
  const files = storeFiles(store.folder);
  const { run } = runParser((piece) => {
    const path = pathOfPiece(piece);
    return small.pieces.get(path) ?? files.readSmall(path);
  });
  for (const [path, bytes] of small.runs) {
    if (`runs/${run(bytes)?.id}.json` === path) continue;
    throw refused(name, `${path} in it is not whole`);
  }
  const before = new Set(
    [...sizes.keys()].filter((digest) => store.sizeOf(digest) !== undefined),
  );
  // What lies at a path may be another archive by now: records wait until all artifacts are there.
  const awaited = new Set(sizes.keys());
  await readArchive(await open(), {
    name,
    async object(digest, bytes) {
      if (!awaited.delete(digest)) throw refused(name, CHANGED);
      await store.putObject(bytes);
    },
  });
  if (awaited.size > 0) throw refused(name, CHANGED);
  let records = 0;
  for (const [key, record] of small.records) {
    if (store.record(key) !== undefined) continue;
    await store.putRecord(record);
    records++;
  }
  for (const [pipeline, keys] of small.lastKeys) {
    await inTurn(store.folder, {
      name: turnOfLastKeys(pipeline),
      work() {
        const all = { ...keys, ...store.lastKeys(pipeline) };
        return store.putLastKeys(pipeline, new Map(Object.entries(all)));
      },
    });
  }
  for (const piece of small.pieces.values()) {
    await putPiece(files, { digest: digestOf(piece), piece });
  }
  for (const [path, bytes] of small.runs) {
    if (files.sizeOf(path) === undefined) await files.write(path, bytes);
  }
  const added = [...sizes].filter(([digest]) => !before.has(digest));
  return {
    records,
    artifacts: added.length,
    bytes: added.reduce((sum, [, bytes]) => sum + bytes, 0),
  };
}

const CHANGED = "it was changed while it was read";

/** Reads an archive and checks every file in it. */
async function readArchive(
  stream: ReadableStream<Uint8Array>,
  { name, object }: {
    readonly name: string;
    object(digest: Digest, bytes: Uint8Array): Promise<void> | void;
  },
): Promise<Small> {
  const records = new Map<Digest, StageRecord>();
  const lastKeys = new Map<string, Readonly<Record<string, Digest>>>();
  const runs = new Map<string, Uint8Array>();
  const pieces = new Map<string, Uint8Array>();
  let sums: Map<string, Digest> | undefined;
  try {
    const entries = stream.pipeThrough(createTarDecoder({ strict: true }));
    for await (const { header, body } of entries) {
      const bytes = new Uint8Array(await new Response(body).arrayBuffer());
      const path = header.name;
      if (sums === undefined) {
        sums = readSums(name, { path, bytes });
        continue;
      }
      const digest = digestOf(bytes);
      if (sums.get(path) !== digest) {
        throw refused(
          name,
          `the bytes of "${path}" are not what ${SUMS} in it says`,
        );
      }
      sums.delete(path);
      const [, folder, id = ""] =
        /^(objects|records|stages|runs|runs\/keys)\/(?:[0-9a-f]{2}\/)?([\w.-]{1,255})$/
          .exec(path) ?? [];
      if (path === "format.json") {
        const { format } = parse({ name, path, bytes }, hasFormat);
        if (format > STORE_FORMAT) {
          throw refused(
            name,
            `it has format ${format} and this version reads up to ${STORE_FORMAT}; update shiftline`,
          );
        }
      } else if (
        folder === "objects" && path === `objects/${id.slice(0, 2)}/${id}`
      ) {
        if (digest !== id) {
          throw refused(name, `${path} does not have its digest as its name`);
        }
        await object(id, bytes);
      } else if (folder === "records") {
        const record = parse({ name, path, bytes }, isStageRecord);
        const key = digestOfKey(record.key);
        if (path !== `records/${key.slice(0, 2)}/${key}.json`) {
          throw refused(name, `${path} is not the record of its key`);
        }
        records.set(key, record);
      } else if (path === `stages/${id}` && id.endsWith(".json")) {
        lastKeys.set(
          id.slice(0, -5),
          parse({ name, path, bytes }, areLastKeys),
        );
      } else if (path === `runs/${id}` && id.endsWith(".json")) {
        runs.set(path, bytes);
      } else if (path === pathOfPiece(digest)) {
        pieces.set(path, bytes);
      } else throw refused(name, `"${path}" in it is not a file of a store`);
    }
  } catch (error) {
    if (error instanceof StoreError) throw error;
    const message = messageOf(error);
    throw refused(name, `it is damaged (${message})`, error);
  }
  const [missing] = sums?.keys() ?? [SUMS];
  if (missing !== undefined) throw refused(name, `"${missing}" is missing`);
  return { records, lastKeys, runs, pieces };
}

/** The digest of each file, by path. */
function readSums(
  name: string,
  { path, bytes }: { readonly path: string; readonly bytes: Uint8Array },
): Map<string, Digest> {
  const lines = new TextDecoder().decode(bytes).split("\n").slice(0, -1)
    .map((line) => /^([0-9a-f]{64}) {2}(.+)$/.exec(line));
  if (path !== SUMS || lines.includes(null)) {
    throw refused(name, `it does not start with ${SUMS}`);
  }
  return new Map(lines.map((line) => [line?.[2] ?? "", line?.[1] ?? ""]));
}

/** The content of a JSON file of the archive. */
function parse<T>(
  { name, path, bytes }: {
    readonly name: string;
    readonly path: string;
    readonly bytes: Uint8Array;
  },
  isWhole: Check<T>,
): T {
  let state: unknown;
  try {
    const value: unknown = JSON.parse(new TextDecoder().decode(bytes));
    if (isWhole(value)) return value;
  } catch (error) {
    state = error; // no JSON, or lists in lists without end
  }
  throw refused(name, `${path} in it is not whole`, state);
}

function refused(name: string, state: string, cause?: unknown): StoreError {
  return new StoreError(
    `Cannot import "${name}": ${state}; nothing was taken from it`,
    { cause },
  );
}
