/**
 * The store: artifacts under the digest of their bytes, records under the
 * digest of the key that made them. Every write is atomic, so a process killed
 * at any moment leaves a store that the next one uses as it is.
 *
 * @module
 */
import { join } from "node:path";
import { z } from "zod";
import { StoreError, storeError } from "./error.ts";
import { canonicalJson, type Digest, digestOf, type Json } from "./hash.ts";
import { digestOfKey, type Key, keySchema, STORE_FORMAT } from "./key.ts";
import type { Scratch } from "./task.ts";

const recordSchema = z.object({
  key: keySchema,
  stage: z.string(),
  outputs: z.record(
    z.string(),
    z.object({ digest: z.string(), bytes: z.number() }),
  ),
  finishedAt: z.string(),
  seconds: z.number(),
});

/** What a stage made, and how. */
export interface StageRecord {
  readonly key: Key;
  /** Name of the stage that ran. */
  readonly stage: string;
  /** Digest and size of each field's artifact. */
  readonly outputs: Readonly<
    Record<string, { readonly digest: Digest; readonly bytes: number }>
  >;
  /** ISO 8601, UTC. */
  readonly finishedAt: string;
  /** Time it took to run. */
  readonly seconds: number;
}

/** A content-addressed store in a folder. */
export interface Store {
  readonly folder: string;
  /** The record of a key; `undefined` if there is none or it cannot be read. */
  record(key: Digest): Promise<StageRecord | undefined>;
  /** Keeps a record. */
  putRecord(record: StageRecord): Promise<void>;
  /** Keeps bytes under their digest. */
  putObject(bytes: Uint8Array): Promise<Digest>;
  /**
   * Reads bytes and checks them.
   *
   * @throws {DamagedObjectError} if they are missing or are not what was written
   */
  object(digest: Digest): Promise<Uint8Array<ArrayBuffer>>;
  /** Size of an object on disk, or `undefined` if it is missing. */
  sizeOf(digest: Digest): Promise<number | undefined>;
  /** Removes a damaged object. */
  dropObject(digest: Digest): Promise<void>;
  /** The key that each stage of a pipeline last had, by stage name. */
  lastKeys(pipeline: string): Promise<Readonly<Record<string, Digest>>>;
  /** Remembers the key that a stage has now. */
  putLastKeys(
    pipeline: string,
    keys: Readonly<Record<string, Digest>>,
  ): Promise<void>;
  /** A place for one stage's unfinished work. */
  scratch(key: Digest): Scratch;
  /** Removes a finished stage's unfinished work. */
  dropScratch(key: Digest): Promise<void>;
  /** Removes what killed processes left half written. Needs the lock. */
  sweep(): Promise<void>;
}

/** Bytes that are not what was written, or are gone. */
export class DamagedObjectError extends StoreError {
  override readonly name = "DamagedObjectError";
  readonly digest: Digest;

  constructor(digest: Digest, state: string) {
    super(`Cannot read artifact ${digest.slice(0, 12)}: ${state}`);
    this.digest = digest;
  }
}

/**
 * Opens a store, and makes one where there is none.
 *
 * @throws {StoreError} if it was written by a newer version, or cannot be written
 */
export async function openStore(folder: string): Promise<Store> {
  await checkFormat(folder);

  async function writeAtomically(
    path: string,
    bytes: Uint8Array,
  ): Promise<void> {
    const target = join(folder, path);
    const temporary = join(folder, "tmp", crypto.randomUUID());
    try {
      await Deno.mkdir(join(target, ".."), { recursive: true });
      using file = await Deno.open(temporary, { write: true, createNew: true });
      await writeAll(file, bytes);
      await file.syncData();
      await Deno.rename(temporary, target);
    } catch (error) {
      await Deno.remove(temporary).catch(() => {});
      throw storeError(folder, error);
    }
  }

  async function readJson<T>(
    path: string,
    schema: z.ZodType<T>,
  ): Promise<T | undefined> {
    const bytes = await readOrUndefined(join(folder, path));
    if (bytes === undefined) return undefined;
    // A record that cannot be read is a record that is not there: its stage runs.
    try {
      return schema.parse(JSON.parse(new TextDecoder().decode(bytes)));
    } catch {
      return undefined;
    }
  }

  function writeJson(path: string, value: Json): Promise<void> {
    const text = `${canonicalJson(value)}\n`;
    return writeAtomically(path, new TextEncoder().encode(text));
  }

  const objectPath = (digest: Digest) =>
    `objects/${digest.slice(0, 2)}/${digest}`;
  const recordPath = (key: Digest) => `records/${key.slice(0, 2)}/${key}.json`;
  const scratchPath = (key: Digest) => `scratch/${key}`;

  async function object(digest: Digest): Promise<Uint8Array<ArrayBuffer>> {
    const bytes = await readOrUndefined(join(folder, objectPath(digest)));
    if (bytes === undefined) {
      throw new DamagedObjectError(digest, "it is missing");
    }
    if (digestOf(bytes) !== digest) {
      throw new DamagedObjectError(
        digest,
        "its bytes are not what was written",
      );
    }
    return bytes;
  }

  async function sizeOf(digest: Digest): Promise<number | undefined> {
    try {
      return (await Deno.stat(join(folder, objectPath(digest)))).size;
    } catch (error) {
      if (error instanceof Deno.errors.NotFound) return undefined;
      throw storeError(folder, error);
    }
  }

  return {
    folder,
    object,
    sizeOf,

    async record(key) {
      const found = await readJson(recordPath(key), recordSchema);
      if (found === undefined) return undefined;
      const record = found as StageRecord;
      return digestOfKey(record.key) === key ? record : undefined;
    },

    async putRecord(record) {
      await writeJson(
        recordPath(digestOfKey(record.key)),
        record as unknown as Json,
      );
    },

    async putObject(bytes) {
      const digest = digestOf(bytes);
      if (await sizeOf(digest) !== bytes.length) {
        await writeAtomically(objectPath(digest), bytes);
      }
      return digest;
    },

    dropObject: (digest) => removeIfThere(join(folder, objectPath(digest))),

    async lastKeys(pipeline) {
      const schema = z.record(z.string(), z.string());
      return await readJson(`stages/${pipeline}.json`, schema) ?? {};
    },

    putLastKeys: (pipeline, keys) => writeJson(`stages/${pipeline}.json`, keys),

    scratch(key) {
      return {
        load: () => readOrUndefined(join(folder, scratchPath(key))),
        save: (bytes) => writeAtomically(scratchPath(key), bytes),
      };
    },

    dropScratch: (key) => removeIfThere(join(folder, scratchPath(key))),

    async sweep() {
      for await (const entry of Deno.readDir(join(folder, "tmp"))) {
        await removeIfThere(join(folder, "tmp", entry.name));
      }
    },
  };
}

async function checkFormat(folder: string): Promise<void> {
  const path = join(folder, "format.json");
  const bytes = await readOrUndefined(path);
  if (bytes === undefined) {
    try {
      const temporary = join(folder, "tmp", crypto.randomUUID());
      await Deno.mkdir(join(folder, "tmp"), { recursive: true });
      await Deno.writeTextFile(temporary, `{"format":${STORE_FORMAT}}\n`);
      await Deno.rename(temporary, path);
    } catch (error) {
      throw storeError(folder, error);
    }
    return;
  }
  let format: number;
  try {
    const schema = z.object({ format: z.int() });
    ({ format } = schema.parse(JSON.parse(new TextDecoder().decode(bytes))));
  } catch (cause) {
    throw new StoreError(
      `Cannot use store "${folder}": its format.json is not readable; name another folder with --store, or remove this one`,
      { cause },
    );
  }
  if (format > STORE_FORMAT) {
    throw new StoreError(
      `Cannot use store "${folder}": it has format ${format} and this version reads up to ${STORE_FORMAT}; update shiftline, or name another folder with --store`,
    );
  }
  await Deno.mkdir(join(folder, "tmp"), { recursive: true });
}

async function readOrUndefined(
  path: string,
): Promise<Uint8Array<ArrayBuffer> | undefined> {
  try {
    return await Deno.readFile(path);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  }
}

async function removeIfThere(path: string): Promise<void> {
  try {
    await Deno.remove(path, { recursive: true });
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
}

async function writeAll(file: Deno.FsFile, bytes: Uint8Array): Promise<void> {
  for (let start = 0; start < bytes.length;) {
    start += await file.write(bytes.subarray(start));
  }
}
