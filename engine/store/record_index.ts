/**
 * What records say, in one file: a run in which nothing changed looks at the
 * folders of the records instead of reading each of them.
 *
 * It is a copy, trusted for as long as a folder stays the same; whatever is
 * missing or not certain is read from the records themselves.
 *
 * @module
 */
import { cacheFile } from "../keys/cache_file.ts";
import { identityOf } from "../keys/file_identity.ts";
import type { Digest } from "../define/hash.ts";
import {
  type Check,
  isDigest,
  isString,
  recordOf,
  shapeOf,
} from "../define/shape.ts";
import { isMoment, isName, isSeconds, isSize } from "./record_fields.ts";
import type { StoreFiles } from "./store_files.ts";

/** A record without its key: what a stage made, and how. */
export interface RecordRest {
  /** Name of the stage that ran. */
  readonly stage: string;
  /** Digest and size of each field's artifact. */
  readonly outputs: Readonly<
    Record<string, { readonly digest: Digest; readonly bytes: number }>
  >;
  /** When the stage ended: ISO 8601, UTC. */
  readonly finishedAt: string;
  /** Time that the stage took to run. */
  readonly seconds: number;
}

const areOutputs = recordOf(shapeOf({ digest: isDigest, bytes: isSize }));

/** Whether a value is a record but for its key. */
export const isRest: Check<RecordRest> = shapeOf<RecordRest>({
  stage: isName,
  outputs: (value): value is RecordRest["outputs"] =>
    areOutputs(value) && Object.keys(value).every(isName),
  finishedAt: isMoment,
  seconds: isSeconds,
});

/** Records by the digest of their key. */
export interface RecordIndex {
  /** A record as it was read before, if its folder has not changed since. */
  get(key: Digest): RecordRest | undefined;
  /** All that an earlier process noted and is believed without reading the records, by key. */
  believed(): Iterable<readonly [key: Digest, rest: RecordRest]>;
  /** Notes a record that has just been read. */
  note(key: Digest, rest: RecordRest): void;
  /** Forgets a record that is about to be written, here or by another process. */
  forget(key: Digest): void;
  /** Leaves what is certain to the next process. A store that cannot be written is no error. */
  save(): Promise<void>;
}

/** Of more records than these only those that were used are left to the next process, which reads all of them. */
const MOST = 20_000;

const isContent = shapeOf({
  /** Identity of each folder when the records in it were read. */
  folders: recordOf(isString),
  records: recordOf(isRest),
});

/** A folder of records when this process first looked at it. */
interface Seen {
  readonly identity: string;
  readonly settled: boolean;
  /** Whether it is as it was when an earlier process read its records. */
  readonly trusted: boolean;
}

/**
 * The index of a store.
 *
 * @param folder folder of the store
 * @param clock milliseconds since 1970, as the file system tells them
 */
export function recordIndex(
  folder: string,
  { files, clock = Date.now }: {
    readonly files: StoreFiles;
    readonly clock?: () => number;
  },
): RecordIndex {
  const file = cacheFile("records.json", { files, isContent });
  let loaded: Loaded | undefined;
  const seen = new Map<string, Seen>();
  const noted = new Map<Digest, RecordRest>();
  const used = new Set<Digest>();

  const before = () => loaded ??= load();

  function load(): Loaded {
    const { folders = {}, records = {} } = file.read() ?? {};
    return {
      folders: new Map(Object.entries(folders)),
      records: new Map(Object.entries(records)),
    };
  }

  function look(name: string): Seen {
    let found = seen.get(name);
    if (found === undefined) {
      const { text, settled } = now(name);
      const trusted = before().folders.get(name) === text;
      seen.set(name, found = { identity: text, settled, trusted });
    }
    return found;
  }

  const now = (name: string) =>
    identityOf(`${folder}/records/${name}`, clock());

  return {
    get(key) {
      if (!look(folderOf(key)).trusted) return undefined;
      const found = before().records.get(key);
      if (found !== undefined) used.add(key);
      return found;
    },

    *believed() {
      for (const [key, rest] of before().records) {
        if (look(folderOf(key)).trusted) yield [key, rest];
      }
    },

    note(key, rest) {
      look(folderOf(key));
      noted.set(key, rest);
      used.add(key);
    },

    forget(key) {
      look(folderOf(key));
      noted.delete(key);
      before().records.delete(key);
    },

    async save() {
      if (noted.size === 0) return;
      for (const name of before().folders.keys()) look(name);
      const folders = new Map<string, string>();
      for (const [name, { identity, settled }] of seen) {
        if (settled && now(name).text === identity) {
          folders.set(name, identity);
        }
      }
      const records = [...before().records, ...noted].filter(([key]) => {
        const name = folderOf(key);
        return folders.has(name) && (look(name).trusted || noted.has(key));
      });
      const few = records.length > MOST
        ? records.filter(([key]) => used.has(key))
        : records;
      noted.clear();
      await file.write({
        folders: Object.fromEntries(folders),
        records: Object.fromEntries(few),
      });
    },
  };
}

function folderOf(key: Digest): string {
  return key.slice(0, 2);
}

/** What an earlier process has left. */
interface Loaded {
  readonly folders: ReadonlyMap<string, string>;
  readonly records: Map<Digest, RecordRest>;
}
