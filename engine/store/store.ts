/**
 * The store: artifacts under the digest of their bytes, records under the
 * digest of the key that made them. Every write is atomic, so a process killed
 * at any moment leaves a store that the next one uses as it is.
 *
 * @module
 */
import { StoreError } from "../define/error.ts";
import { canonicalJson, type Digest, digestOf } from "../define/hash.ts";
import { digestOfKey, isKey, type Key, textOfKey } from "../keys/key.ts";
import { readJson } from "../define/json.ts";
import { type Check, isDigest, recordOf, shapeOf } from "../define/shape.ts";
import { unlessItFails } from "./presence.ts";
import { isRest, recordIndex, type RecordRest } from "./record_index.ts";
import { storeFiles } from "./store_files.ts";
import { checkFormat } from "./store_format.ts";
import { objectPath, recordPath, scratchPath } from "./store_layout.ts";
import { fileOfWork, workIn } from "./unfinished_work.ts";
import type { Scratch } from "../define/task_context.ts";

/** What a stage made, and how. */
export interface StageRecord extends RecordRest {
  /** Everything the result may depend on. */
  readonly key: Key;
}

const hasKey: Check<Pick<StageRecord, "key">> = shapeOf({ key: isKey });

/** Whether a value is a record, as the store holds it. */
export function isStageRecord(value: unknown): value is StageRecord {
  return hasKey(value) && isRest(value) && isResultOf(value.key, value);
}

/** Whether a value is the record of a key. */
export function isRecordOf(key: Digest, value: unknown): value is StageRecord {
  try {
    return isStageRecord(value) && digestOfKey(value.key) === key;
  } catch {
    return false; // lists in lists without end, or letters that are none
  }
}

/** Canonical JSON (RFC 8785) of what a record says, without what else came with it. */
export function textOfRecord(
  { finishedAt, key, outputs, seconds, stage }: StageRecord,
): string {
  const artifacts = Object.entries(outputs)
    .map(([field, { digest, bytes }]) => [field, { digest, bytes }]);
  return `{"finishedAt":${canonicalJson(finishedAt)},"key":${textOfKey(key)},` +
    `"outputs":${canonicalJson(Object.fromEntries(artifacts))},` +
    `"seconds":${canonicalJson(seconds)},"stage":${canonicalJson(stage)}}\n`;
}

/** Whether a record has an artifact for each field that its key asks for, and no other. */
function isResultOf({ result }: Key, { outputs }: RecordRest): boolean {
  const fields = Object.keys(result);
  return fields.length === Object.keys(outputs).length &&
    fields.every((field) => Object.hasOwn(outputs, field));
}

/** Whether a value is the last keys of a pipeline's stages, by their names. */
export const areLastKeys = recordOf(isDigest);

/** A content-addressed store in a folder. */
export interface Store {
  /** Path of the folder of the store. */
  readonly folder: string;
  /** The record of a key; `undefined` if there is none or it is not whole. */
  record(key: Digest): StageRecord | undefined;
  /** The record of a key that is at hand, which takes a quarter of the time. */
  recordOf(key: Key): StageRecord | undefined;
  /** How long the stage of a key took, which takes no reading where that is at hand. */
  secondsOf(key: Digest): number | undefined;
  /** Reads the record of a key anew when it is next asked for: another process may replace it. */
  forgetRecord(key: Digest): void;
  /** Whether there is a record of a key that is not whole. */
  isRecordDamaged(key: Digest): boolean;
  /** Removes a damaged record. */
  dropRecord(key: Digest): Promise<void>;
  /** Keeps for the next process where records were found, so that it need not read them. */
  saveIndex(): Promise<void>;
  /**
   * Writes a record. Where a whole one of its key is there already, that one
   * stays, unless it is to be replaced, which is done at once: whoever looks
   * finds the old one or the new.
   *
   * @returns the record that is there now
   */
  putRecord(
    record: StageRecord,
    options?: { readonly replace?: boolean },
  ): Promise<StageRecord>;
  /** Keeps bytes under their digest. What is there already is read and checked, not trusted. */
  putObject(bytes: Uint8Array): Promise<Digest>;
  /**
   * Reads bytes and checks them.
   *
   * @throws {DamagedObjectError} if they are missing or are not what was written
   */
  object(digest: Digest): Promise<Uint8Array<ArrayBuffer>>;
  /** Size of an object on disk, or `undefined` if it is missing. */
  sizeOf(digest: Digest): number | undefined;
  /**
   * Removes an object, unless it is whole: what another stage, or another
   * process, has just mended stays.
   *
   * @returns whether it is whole
   */
  dropDamaged(digest: Digest): boolean;
  /** The key that each stage of a pipeline last had, by stage name. */
  lastKeys(pipeline: string): Readonly<Record<string, Digest>>;
  /** Remembers the key that each stage has now, by name. */
  putLastKeys(
    pipeline: string,
    keys: ReadonlyMap<string, Digest>,
  ): Promise<void>;
  /** A place for one stage's unfinished work; what is there and is not what was saved is removed when it is loaded. */
  scratch(key: Digest): Scratch;
  /** Whether there is unfinished work of a stage; no where that cannot be told, for it is said and decides nothing. */
  hasScratch(key: Digest): boolean;
  /** Removes a finished stage's unfinished work. */
  dropScratch(key: Digest): Promise<void>;
}

/** Bytes that are not what was written, or are gone. */
export class DamagedObjectError extends StoreError {
  /** Always `DamagedObjectError`. */
  override readonly name = "DamagedObjectError";
  /** Digest of the bytes that were written. */
  readonly digest: Digest;
  /** What is wrong with the artifact, e.g. `it is missing`. */
  readonly state: string;

  /** Makes the error of one artifact in a certain state. */
  constructor(digest: Digest, state: string) {
    super(`Cannot read artifact ${digest.slice(0, 12)}: ${state}`);
    this.digest = digest;
    this.state = state;
  }
}

/**
 * Opens a store, and makes one where there is none.
 *
 * @throws {StoreError} if it was written by a newer version, or cannot be written
 */
export async function openStore(folder: string): Promise<Store> {
  await checkFormat(folder);

  const files = storeFiles(folder);
  const index = recordIndex(folder, { files });

  /** The JSON in a file; one that cannot be read, or is not whole, counts as missing. */
  function jsonAt<T>(path: string, isWhole: Check<T>): T | undefined {
    const bytes = files.readSmall(path);
    return bytes && readJson(bytes, isWhole);
  }

  function record(key: Digest): StageRecord | undefined {
    return jsonAt(
      recordPath(key),
      (value): value is StageRecord => isRecordOf(key, value),
    );
  }

  async function object(digest: Digest): Promise<Uint8Array<ArrayBuffer>> {
    const bytes = await files.read(objectPath(digest));
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

  const dropDamaged = (digest: Digest) =>
    files.dropUnless(objectPath(digest), (bytes) => digestOf(bytes) === digest);

  const sizeOf = (digest: Digest) => files.sizeOf(objectPath(digest));

  return {
    folder,
    object,
    sizeOf,

    record,

    recordOf(key) {
      const digest = digestOfKey(key);
      const known = index.get(digest);
      if (known !== undefined) return { ...known, key };
      const bytes = files.readSmall(recordPath(digest));
      const text = bytes && decoder.decode(bytes);
      if (text === undefined) return undefined;
      const rest = restOf(text, textOfKey(key));
      if (rest === undefined || !isResultOf(key, rest)) return record(digest);
      index.note(digest, rest);
      return { ...rest, key };
    },

    secondsOf: (key) => (index.get(key) ?? record(key))?.seconds,

    forgetRecord: index.forget,

    isRecordDamaged: (key) =>
      files.isThere(recordPath(key)) && record(key) === undefined,

    async dropRecord(key) {
      index.forget(key);
      await files.remove(recordPath(key));
    },

    saveIndex: index.save,

    async putRecord(written, { replace = false } = {}) {
      const key = digestOfKey(written.key);
      const path = recordPath(key);
      const bytes = new TextEncoder().encode(textOfRecord(written));
      index.forget(key);
      if (!replace) {
        if (await files.create(path, bytes)) return written;
        const there = record(key);
        if (there !== undefined) return there;
      }
      await files.write(path, bytes);
      return written;
    },

    async putObject(bytes) {
      const digest = digestOf(bytes);
      const path = objectPath(digest);
      const isKept = async () =>
        sizeOf(digest) === bytes.length &&
        await object(digest).then(() => true, isDamage);
      // What another process has put there meanwhile is as good as ours.
      while (!await isKept() && !await files.create(path, bytes)) {
        dropDamaged(digest);
      }
      return digest;
    },

    dropDamaged,

    lastKeys(pipeline) {
      return jsonAt(`stages/${pipeline}.json`, areLastKeys) ?? {};
    },

    putLastKeys(pipeline, keys) {
      // Canonical JSON: in order of name, which they nearly always have.
      const fields = Array.from(keys.keys()).sort()
        .map((name) =>
          `${JSON.stringify(name)}:${JSON.stringify(keys.get(name))}`
        );
      const text = `{${fields.join(",")}}\n`;
      return files.write(
        `stages/${pipeline}.json`,
        new TextEncoder().encode(text),
      );
    },

    scratch(key) {
      const path = scratchPath(key);
      return {
        async load() {
          const file = await files.read(path);
          const work = file === undefined ? undefined : workIn(file);
          if (work === undefined) await files.remove(path);
          return work;
        },
        save: (bytes) => files.write(path, fileOfWork(bytes)),
      };
    },

    hasScratch: (key) =>
      unlessItFails(() => files.sizeOf(scratchPath(key))) !== undefined,

    dropScratch: (key) => files.remove(scratchPath(key)),
  };
}

const decoder = new TextDecoder();

/**
 * What stands around the key in the text of a record. If the key stands there
 * as we would write it, it is the record of that key, and the long list of
 * digests in it need not be read.
 *
 * @returns `undefined` if the text is not written as ours are
 */
function restOf(text: string, key: string): RecordRest | undefined {
  const place = text.indexOf(KEY_FIELD);
  const start = place + KEY_FIELD.length;
  if (place === -1 || !text.startsWith(key, start)) return undefined;
  return readJson(
    text.slice(0, place) + text.slice(start + key.length),
    isRest,
  );
}

/** What stands before the key in the text of a record, behind `finishedAt` alone. */
const KEY_FIELD = ',"key":';

function isDamage(error: unknown): false {
  if (error instanceof DamagedObjectError) return false;
  throw error;
}
