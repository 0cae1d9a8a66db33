/**
 * Who uses a store: a process has a file in `alive/` for as long as it does,
 * which says who it is and is written again and again. Whoever finds that file
 * old knows that its process is dead; on the same machine the kernel says so at
 * once. See docs/decisions/008-leases-for-stages.md.
 *
 * @module
 */
import { StoreError, storeError } from "../define/error.ts";
import { readJson } from "../define/json.ts";
import {
  isNumber,
  isString,
  optional,
  recordOf,
  shapeOf,
} from "../define/shape.ts";
import { isGone, unlessGone } from "./disk_entry.ts";
import { goneStore } from "./gone_store.ts";
import { isThisMachine, thisMachine } from "./machine.ts";
import { knowsNoLocks } from "./open_alone.ts";

/** Seconds without a sign of life after which a process counts as dead, unless it says another number. */
const LEASE_SECONDS = 30;

/** What a process says of itself. */
export interface PresenceNote {
  /** Id of this one use of the store, drawn by chance. */
  readonly id: string;
  /** The machine, as {@linkcode thisMachine} gives it. */
  readonly machine: string;
  /** Id of the process on that machine. */
  readonly pid: number;
  /** When it began: ISO 8601, UTC, by the clock of that machine; for people. */
  readonly since: string;
  /** Seconds without a sign of life after which it counts as dead. */
  readonly lease: number;
  /** Whatever else it says: of a worker, what it does and in which job. */
  readonly about?: Readonly<Record<string, string>> | undefined;
}

const isNote = shapeOf<PresenceNote>({
  id: isString,
  machine: isString,
  pid: isNumber,
  since: isString,
  lease: isNumber,
  about: optional(recordOf(isString)),
});

/** Another process, as it is seen. */
export interface Sighting {
  readonly id: string;
  /** What it says of itself; nothing if that is just being written. */
  readonly note: PresenceNote | undefined;
  /** Whether its last sign of life is no older than its lease. */
  readonly isAlive: boolean;
  /**
   * Whether it is dead for certain, so that others may take what it has. Of
   * another machine an old sign alone does not tell that: the clock of the file
   * system may have been set forward. It must also have been seen unchanged for
   * half a lease, in which the living give another.
   */
  readonly isDead: boolean;
  /** Seconds since its last sign of life by the clock of the file system; 0 on this machine, where the kernel knows. */
  readonly age: number;
}

/** The presence of this process in a store; disposing of it ends it. */
export interface Presence extends Disposable {
  readonly id: string;
  /** Raised if others took this process for dead. */
  readonly lost: AbortSignal;
  /** Says something else of itself. */
  say(about: Readonly<Record<string, string>>): void;
  /** Calls something whenever this presence is renewed, until it ends. */
  onBeat(act: () => void): void;
  /** Milliseconds since 1970 by the clock of the file system, which no two machines need agree on otherwise. */
  now(): number;
  /**
   * A process by the id of its presence; `undefined` if it has none.
   *
   * @throws {StoreError} if that cannot be told
   */
  look(id: string): Sighting | undefined;
  /**
   * All other processes with a presence, dead ones included.
   *
   * @throws {StoreError} if the store cannot be read
   */
  others(): readonly Sighting[];
  /** Removes the presence of a process that is dead, which hears of it if it was not. */
  bury(id: string): void;
}

const FOLDER = "alive";

const pathOf = (folder: string, id: string) => `${folder}/${FOLDER}/${id}.json`;

/**
 * Enters a store.
 *
 * @param folder folder of the store
 * @throws {StoreError} if it cannot be written
 */
export function enterStore(
  folder: string,
  { lease = LEASE_SECONDS, about }: {
    readonly lease?: number | undefined;
    readonly about?: PresenceNote["about"];
  } = {},
): Presence {
  const id = crypto.randomUUID();
  const path = pathOf(folder, id);
  const fixed = {
    id,
    machine: thisMachine(),
    pid: Deno.pid,
    since: new Date().toISOString(),
    lease,
  };
  let bytes = bytesOf({ ...fixed, about }, 0);
  const file = appear(folder, { id, path, bytes });
  const lost = new AbortController();
  const acts: (() => void)[] = [];
  const timer = setInterval(beat, lease * 1000 / 3);

  function beat(): void {
    try {
      renew(path, bytes);
    } catch (error) {
      if (isGone(error)) hearOfDeath();
      // What cannot be written now may be written the next time.
    }
    for (const act of acts) act();
  }

  function hearOfDeath(): void {
    clearInterval(timer);
    lost.abort(
      goneStore(folder) ?? new StoreError(
        `Cannot go on with store "${folder}": this process was taken for dead, because it gave no sign of life for ${lease} s; finished stages are kept, run the command again`,
      ),
    );
  }

  /** The clock of the file system; whoever was buried must judge nobody by its own. */
  function now(): number {
    try {
      renew(path, bytes);
      return Deno.statSync(path).mtime?.getTime() ?? Date.now();
    } catch (error) {
      if (!isGone(error)) throw error;
      hearOfDeath();
      throw lost.signal.reason;
    }
  }

  /** What is read, if it is there. */
  function reading<T>(read: () => T): T | undefined {
    try {
      return unlessGone(read);
    } catch (error) {
      lost.signal.throwIfAborted();
      throw storeError(error, { folder, action: "read" });
    }
  }

  const look = (id: string, time = now) =>
    reading(() => seenAt(pathOf(folder, id), { id, time }));

  return {
    id,
    lost: lost.signal,
    now,
    look,

    say(about) {
      bytes = bytesOf({ ...fixed, about }, bytes.length);
      unlessItFails(() => renew(path, bytes));
    },

    onBeat: (act) => void acts.push(act),

    others() {
      const below = `${folder}/${FOLDER}`;
      const entries = reading(() => [...Deno.readDirSync(below)]);
      const found: Sighting[] = [];
      let at: number | undefined;
      const once = () => at ??= now(); // it writes
      for (const { name } of entries ?? []) {
        const other = name.replace(/\.json$/, "");
        const sighting = other === id ? undefined : look(other, once);
        if (sighting !== undefined) found.push(sighting);
      }
      return found;
    },

    bury: (id) => void unlessItFails(() => Deno.removeSync(pathOf(folder, id))),

    [Symbol.dispose]() {
      clearInterval(timer);
      unlessItFails(() => Deno.removeSync(path));
      unlessItFails(() => file.close()); // it may be closed already
    },
  };
}

/** A process by the file of its presence; `undefined` if that is no file. */
function seenAt(
  path: string,
  { id, time: now }: {
    readonly id: string;
    readonly time: () => number;
  },
): Sighting | undefined {
  const read = readNote(path);
  if (read === undefined) return undefined;
  using file = read.file;
  const { note, time } = read;
  if (note !== undefined && isThisMachine(note.machine)) {
    const isDead = isUnlocked(file);
    if (isDead !== undefined) {
      return { id, note, isAlive: !isDead, isDead, age: 0 };
    }
  }
  const age = (now() - time) / 1000;
  const most = note?.lease ?? LEASE_SECONDS;
  const unchanged = watched(path, time);
  const isAlive = age <= most && unchanged <= most;
  return { id, note, isAlive, isDead: !isAlive && unchanged > most / 2, age };
}

/** By the files of others: their last sign of life, and when this process first saw it. Whoever waits for a store enters it again and again. */
const seen = new Map<string, { readonly sign: number; readonly at: number }>();

/** Seconds for which this process has seen no new sign of life in a file: the clock of the file system may be set back, or forward. */
function watched(path: string, sign: number): number {
  const at = performance.now();
  const known = seen.get(path);
  if (known?.sign === sign) return (at - known.at) / 1000;
  seen.set(path, { sign, at });
  return 0;
}

/** Others see the file with its content, locked: whoever finds it unlocked knows that its process is dead. */
function appear(
  folder: string,
  { id, path, bytes }: {
    readonly id: string;
    readonly path: string;
    readonly bytes: Uint8Array;
  },
): Deno.FsFile {
  const aside = `${folder}/tmp/${id}`;
  let file: Deno.FsFile | undefined;
  try {
    for (let attempt = 1;; attempt++) {
      try {
        Deno.mkdirSync(`${folder}/tmp`, { recursive: true });
        Deno.mkdirSync(`${folder}/${FOLDER}`, { recursive: true });
        Deno.writeFileSync(aside, bytes);
        file = Deno.openSync(aside, { read: true, write: true });
        lock(file);
        Deno.renameSync(aside, path);
        return file;
      } catch (error) {
        // Another process that has just begun may have swept it away.
        file?.close();
        file = undefined;
        if (!isGone(error) || attempt === 3) throw error;
      }
    }
  } catch (error) {
    unlessItFails(() => Deno.removeSync(aside));
    throw storeError(error, { folder });
  }
}

/** Where locks are unknown a process of this machine is told by its signs of life, too. */
function lock(file: Deno.FsFile): void {
  try {
    file.lockSync(true);
  } catch (error) {
    if (!knowsNoLocks(error)) throw error;
  }
}

/** Whether nobody has the lock of a file; `undefined` where there are none. */
function isUnlocked(file: Deno.FsFile): boolean | undefined {
  try {
    return file.tryLockSync(false);
  } catch (error) {
    if (knowsNoLocks(error)) return undefined;
    throw error;
  }
}

/** Writes over what is there, so that it stays the same file to whoever reads it, and its time is the server's. */
function renew(path: string, bytes: Uint8Array): void {
  using file = Deno.openSync(path, { write: true });
  file.writeSync(bytes);
}

/** A note of at least so many bytes: what is written over another hides all of it. */
function bytesOf(note: PresenceNote, least: number): Uint8Array {
  const text = JSON.stringify(note);
  return new TextEncoder().encode(`${text.padEnd(Math.max(512, least) - 1)}\n`);
}

/** The open file of a presence, what is in it, and when it was written; `undefined` if what is there is no file. */
function readNote(path: string): {
  readonly file: Deno.FsFile;
  readonly note: PresenceNote | undefined;
  readonly time: number;
} | undefined {
  if (!Deno.lstatSync(path).isFile) return undefined;
  const file = Deno.openSync(path);
  try {
    // The open file is asked, which makes the client of a network file system ask its server.
    const { mtime, size } = file.statSync();
    const bytes = new Uint8Array(size);
    file.readSync(bytes);
    return {
      file,
      note: readJson(bytes, isNote),
      time: mtime?.getTime() ?? 0,
    };
  } catch (error) {
    file.close();
    throw error;
  }
}

/** What `act` gives; nothing where it fails, as when the file system is gone. */
export function unlessItFails<T>(act: () => T): T | undefined {
  try {
    return act();
  } catch {
    return undefined;
  }
}

/** Whether a process has a presence in a store: it is alive, or died and nobody has buried it. */
export function isPresent(folder: string, id: string): boolean {
  return unlessGone(() => Deno.lstatSync(pathOf(folder, id))) !== undefined;
}

/** Who a process is, in short: `process 12 on host-b`; without the machine if it is this one. */
export function nameOfProcess({ note }: Pick<Sighting, "note">): string {
  if (note === undefined) return "another process";
  const { pid, machine, about = {} } = note;
  const [name] = machine.split("/");
  const job = about["job"] === undefined ? "" : ` (job ${about["job"]})`;
  return isThisMachine(machine)
    ? `process ${pid}${job}`
    : `process ${pid} on ${name || "another machine"}${job}`;
}

/** The same with its times: `process 12 on host-b, since …, last sign of life 3 s ago`. */
export function holderText(sighting: Sighting): string {
  const { note, age } = sighting;
  const name = nameOfProcess(sighting);
  if (note === undefined) return `${name}, just started`;
  if (isThisMachine(note.machine)) return `${name}, since ${note.since}`;
  return `${name}, since ${note.since}, last sign of life ${
    Math.max(0, Math.round(age))
  } s ago`;
}
