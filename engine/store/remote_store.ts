/**
 * A second store, read over HTTP where the first lacks something. It has the
 * layout of a store's folder: a copied store behind any file server is one.
 *
 * Nothing that comes from it is trusted: artifacts are kept under the digest of
 * their bytes, a record only under the digest of the key in it, and no file may
 * be larger than it has to be. That a record tells the truth of what its key
 * gives, whoever may write to the remote vouches for. If it fails, the work is
 * done here.
 *
 * @module
 */
import { messageOf } from "../define/message_of.ts";
import { download, type Patience } from "./download.ts";
import { type Digest, digestOf } from "../define/hash.ts";
import { readJson } from "../define/json.ts";
import { digestOfKey, STORE_FORMAT } from "../keys/key.ts";
import { slots } from "./slots.ts";
import {
  DamagedObjectError,
  isRecordOf,
  type StageRecord,
  type Store,
  textOfRecord,
} from "./store.ts";
import { formatOf } from "./store_format.ts";
import { objectPath, recordPath } from "./store_layout.ts";
import { upload } from "./upload.ts";

/** A remote during one run. */
export interface RemoteStore {
  /**
   * Copies a record and its artifacts from the remote, as far as they are there
   * and not here. What is wrong with the remote is said, and not thrown.
   *
   * @throws the reason of the signal, when it is raised
   * @throws {StoreError} if the store here cannot be written
   */
  pull(key: Digest): Promise<void>;
  /** Copies a record and its artifacts to the remote, if that was asked for; in the background. */
  push(record: StageRecord): void;
  /** Waits for what is still on its way, and says what was copied. */
  end(): Promise<void>;
}

/** How to use a remote. */
export interface RemoteOptions {
  /** Address of the folder of the remote. */
  readonly url: string;
  /** Whether new results are written to the remote. */
  readonly push: boolean;
  /** How long to wait for the remote. */
  readonly patience?: Patience | undefined;
}

/** Patience with an artifact that takes its time, not with silence: the work can be done here. */
const PATIENCE: Patience = {
  total: 10_000,
  answer: 5_000,
  stall: 10_000,
  pauses: [300],
};

/** Sizes in bytes. Of an artifact its record says how large it is. */
const LIMITS = {
  format: 2 ** 16,
  record: 2 ** 20,
  /** Larger ones are made here. */
  artifact: 4_000_000_000,
  /** Larger ones come one at a time: they are held in memory. */
  small: 2 ** 28,
};

/** Requests under way at once. */
const CONNECTIONS = 8;

/** After so many in a run the remote is left out for the rest of it. */
const MOST_FAILURES = 3;

/**
 * An address as it may be said and recorded: without user and password. Of a
 * text that is no address on the web nothing is left that may be one of them.
 */
export function withoutCredentials(address: string): string {
  const url = URL.parse(address);
  if (url === null || !/^https?:$/.test(url.protocol)) {
    return address.replace(/^([a-z][a-z0-9+.-]*:\/\/)?.*@/is, "$1");
  }
  if (url.username === "" && url.password === "") return address;
  url.username = url.password = "";
  return url.href;
}

/** Opens a remote; it is asked for nothing yet. */
export function openRemote(
  { url, push, patience = PATIENCE }: RemoteOptions,
  { store, signal, say }: {
    readonly store: Store;
    readonly signal: AbortSignal;
    /** Called with each line for people, once. */
    readonly say: (message: string) => void;
  },
): RemoteStore {
  const base = url.endsWith("/") ? url : `${url}/`;
  const name = withoutCredentials(url);
  const connections = slots(CONNECTIONS);
  const large = slots(1);
  /** The first look at the remote, which all else waits for. */
  let opened: Promise<void> | undefined;
  /** What was asked for, by key: each is asked for once. */
  const pulls = new Map<Digest, Promise<void>>();
  /** Ends when all that was to be pushed is. */
  let pushing: Promise<void> = Promise.resolve();
  const pulled = { stages: 0, bytes: 0 };
  const pushed = { stages: 0, bytes: 0 };
  const failures: string[] = [];
  /** Whether it is asked for nothing more. */
  let isOff = false;
  let doesPush = push;
  let isDamageSaid = false;

  function turnOff(state: string): void {
    if (isOff) return;
    isOff = true;
    doesPush = false;
    say(`Cannot use remote ${name}: ${state}; continuing without it`);
  }

  /** One that takes no file may still have what is missing here. */
  function stopPushing(state: string): void {
    if (!doesPush) return;
    doesPush = false;
    say(`Cannot write to remote ${name}: ${state}; nothing more is pushed`);
  }

  function noteFailure(state: string): void {
    failures.push(state);
    if (failures.length >= MOST_FAILURES) turnOff(state);
  }

  function noteDamage(path: string): void {
    if (!isDamageSaid && !isOff) {
      isDamageSaid = true;
      say(
        `Cannot use ${path} of remote ${name}: its contents do not match its name; what is damaged there is computed here`,
      );
    }
    noteFailure("too much of it is damaged");
  }

  /** A file of the remote; `undefined` if it is not there or the remote is off. */
  async function get(
    path: string,
    { limit, onFailure = noteFailure }: {
      /** In bytes. */
      readonly limit: number;
      readonly onFailure?: (state: string) => void;
    },
  ): Promise<Uint8Array<ArrayBuffer> | undefined> {
    using _connection = await connections.take(0);
    signal.throwIfAborted();
    if (isOff) return undefined;
    const result = await download(`${base}${path}`, {
      signal,
      patience,
      limit,
      plain: true,
    });
    if (result.kind === "bytes") return result.bytes;
    // A gateway that lists nothing answers 403 for what is not there.
    if (result.status !== 404 && result.status !== 403) onFailure(result.state);
    return undefined;
  }

  /** Looks once whether this is a store that we understand. */
  function open(): Promise<void> {
    return opened ??= (async () => {
      const bytes = await get("format.json", {
        limit: LIMITS.format,
        onFailure: turnOff,
      });
      if (bytes === undefined) return;
      const format = formatOf(bytes);
      if (format === undefined) turnOff("its format.json is not readable");
      else if (format > STORE_FORMAT) {
        turnOff(
          `it has format ${format} and this version reads up to ${STORE_FORMAT}; update shiftline`,
        );
      }
    })();
  }

  async function pullAll(key: Digest): Promise<void> {
    await open();
    const here = store.record(key);
    const record = here ?? await recordFrom(key);
    if (record === undefined) return;
    const missing = Object.values(record.outputs)
      .filter(({ digest, bytes }) => store.sizeOf(digest) !== bytes);
    const sizes = new Map(missing.map(({ digest, bytes }) => [digest, bytes]));
    const found = await Promise.all(
      Array.from(sizes, ([digest, bytes]) => takeObject(digest, bytes)),
    );
    if (found.includes(undefined)) return;
    if (here === undefined) await store.putRecord(record);
    pulled.stages++;
    pulled.bytes += found.reduce<number>((sum, n) => sum + (n ?? 0), 0);
  }

  async function recordFrom(key: Digest): Promise<StageRecord | undefined> {
    const path = recordPath(key);
    const bytes = await get(path, { limit: LIMITS.record });
    if (bytes === undefined) return undefined;
    const record = readJson(
      bytes,
      (value): value is StageRecord => isRecordOf(key, value),
    );
    if (record === undefined) noteDamage(path);
    return record;
  }

  /** @returns the size of an artifact that is here now */
  async function takeObject(
    digest: Digest,
    size: number,
  ): Promise<number | undefined> {
    if (size > LIMITS.artifact) return undefined;
    using _turn = size > LIMITS.small ? await large.take(0) : undefined;
    const path = objectPath(digest);
    const bytes = await get(path, { limit: size });
    if (bytes === undefined) return undefined;
    if (bytes.length !== size || digestOf(bytes) !== digest) {
      noteDamage(path);
      return undefined;
    }
    await store.putObject(bytes);
    return bytes.length;
  }

  async function put(path: string, bytes: Uint8Array<ArrayBuffer>) {
    if (!doesPush) return;
    const state = await upload(`${base}${path}`, bytes, { signal, patience });
    if (state !== undefined) stopPushing(`it does not take ${path}: ${state}`);
  }

  async function pushAll(record: StageRecord): Promise<void> {
    await open();
    if (pushed.stages === 0) {
      await put("format.json", encode(`{"format":${STORE_FORMAT}}\n`));
    }
    let size = 0;
    for (const { digest, bytes } of Object.values(record.outputs)) {
      if (!doesPush) return;
      await put(objectPath(digest), await store.object(digest));
      size += bytes;
    }
    await put(
      recordPath(digestOfKey(record.key)),
      encode(textOfRecord(record)),
    );
    if (!doesPush) return;
    pushed.stages++;
    pushed.bytes += size;
  }

  return {
    pull: (key) =>
      pulls.getOrInsertComputed(
        key,
        () => isOff ? Promise.resolve() : pullAll(key),
      ),
    push(record) {
      if (!doesPush) return;
      pushing = pushing.then(() => pushAll(record)).catch((error) => {
        if (signal.aborted) return;
        if (!(error instanceof DamagedObjectError)) {
          return stopPushing(messageOf(error));
        }
        const artifact = `artifact ${error.digest.slice(0, 12)}`;
        say(
          `Cannot write stage "${record.stage}" to remote ${name}: ${artifact} cannot be read, ${error.state}`,
        );
      });
    },
    async end() {
      await pushing;
      const parts = [
        ...pulled.stages === 0 ? [] : [`${sizeText(pulled)} came from it`],
        ...pushed.stages === 0 ? [] : [`${sizeText(pushed)} went to it`],
        ...failures.length === 0 || isOff || isDamageSaid
          ? []
          : [`not everything came over (${failures.at(-1)})`],
      ];
      if (parts.length > 0) say(`Remote ${name}: ${parts.join(", ")}`);
    },
  };
}

function sizeText(
  { stages, bytes }: { readonly stages: number; readonly bytes: number },
): string {
  const size = bytes < 1e3
    ? `${bytes} B`
    : bytes < 1e6
    ? `${(bytes / 1e3).toFixed(1)} kB`
    : `${(bytes / 1e6).toFixed(1)} MB`;
  return `${stages} stage${stages === 1 ? "" : "s"} (${size})`;
}

const encode = (text: string) => new TextEncoder().encode(text);
