/**
 * Leases: of all processes that use a store, one may do what has a certain name,
 * such as running the stage of a key. Whoever holds one says so by a file that
 * only one can make; if its process dies, the next file of that name, numbered
 * one higher, goes to one of those who want it. No file is ever replaced.
 *
 * @module
 */
import { StoreError, storeError } from "../define/error.ts";
import { unlessGone } from "./disk_entry.ts";
import {
  nameOfProcess,
  type Presence,
  type Sighting,
  unlessItFails,
} from "./presence.ts";

/** A lease that is held; disposing of it gives it back. */
export interface Lease extends Disposable {
  /** Raised if another process took it over. */
  readonly lost: AbortSignal;
  /** How many processes had it before, one after the other, and died. */
  readonly deaths: number;
}

/** What came of asking for a lease. */
export type Claim =
  | { readonly kind: "ours"; readonly lease: Lease }
  /** Another process has it, and is not dead for certain. */
  | { readonly kind: "theirs"; readonly holder: Sighting };

/** The leases of a process. */
export interface Leases extends Disposable {
  /**
   * Asks for a lease once; does not wait for whoever has it.
   *
   * @param name letters, digits and `-`
   * @throws {StoreError} if the store cannot be written
   */
  claim(name: string): Promise<Claim>;
  /**
   * Who has a lease, if it is another process and not dead for certain.
   *
   * @throws {StoreError} if the store cannot be read
   */
  holder(name: string): Sighting | undefined;
  /**
   * Names of all leases that somebody has, or had and died of.
   *
   * @throws {StoreError} if the store cannot be read
   */
  taken(): ReadonlySet<string>;
  /**
   * Names of all leases that somebody has who is not dead for certain, by one
   * look at the folder.
   *
   * @throws {StoreError} if the store cannot be read
   */
  held(): ReadonlySet<string>;
}

/** A stage, or whatever else was under way, was stopped because its lease is another's now. */
export class LeaseLostError extends StoreError {}

/** Folder of the leases in a store. */
export const LEASES = "leases";

/** Between two attempts where others ask at the same moment. */
const MOST_PAUSE_MILLISECONDS = 20;

/** The leases of the process with this presence. */
export function newLeases(folder: string, presence: Presence): Leases {
  const base = `${folder}/${LEASES}`;
  const held = new Map<string, { readonly number: number; lose(): void }>();
  const fileOf = (name: string, number: number) => `${base}/${name}.${number}`;

  presence.onBeat(() => {
    if (held.size === 0) return;
    const now = unlessItFails(numbers);
    for (const [name, { number, lose }] of held) {
      const isTaken = now?.get(name)?.some((other) => other > number) ?? false;
      if (isTaken || isOurs(name, number) === false) lose();
    }
  });

  /** Whether a file is still ours: whoever took a lease over may have given it back since; nothing if that cannot be told now. */
  function isOurs(name: string, number: number): boolean | undefined {
    return unlessItFails(() => holderOf(name, number) === presence.id);
  }

  /** The numbers of all leases, by name. */
  function numbers(): ReadonlyMap<string, number[]> {
    const found = new Map<string, number[]>();
    const all = unlessGone(() => [...Deno.readDirSync(base)]);
    for (const { name } of all ?? []) {
      const [, lease = "", number = ""] = /^([\w-]+)\.(\d+)$/.exec(name) ?? [];
      if (lease === "") continue;
      const all = found.get(lease);
      if (all === undefined) found.set(lease, [Number(number)]);
      else all.push(Number(number));
    }
    return found;
  }

  const numbersOf = (name: string) =>
    (numbers().get(name) ?? []).sort((a, b) => a - b);

  /** Who made a file: the id of a presence; nothing if the file is gone. */
  function holderOf(name: string, number: number): string | undefined {
    const path = fileOf(name, number);
    return unlessGone(() =>
      Deno.lstatSync(path).isFile ? Deno.readTextFileSync(path) : ""
    );
  }

  /** Who has a lease, unless it is somebody dead. */
  function aliveHolder(
    id: string,
    { name, number }: { readonly name: string; readonly number: number },
  ): Sighting | undefined {
    if (id !== "") {
      const holder = presence.look(id);
      return holder?.isDead ? undefined : holder;
    }
    // Made, and not signed yet; or its maker died between the two.
    const time = unlessGone(() => Deno.statSync(fileOf(name, number)).mtime);
    const age = (presence.now() - (time?.getTime() ?? 0)) / 1000;
    const isAlive = age < UNSIGNED_SECONDS;
    return isAlive
      ? { id, note: undefined, isAlive, isDead: false, age }
      : undefined;
  }

  /** Who has a lease with files of these numbers, unless it is somebody dead. */
  function holderNow(
    name: string,
    numbers: readonly number[],
  ): Sighting | undefined {
    const number = numbers.toSorted((a, b) => a - b).at(-1);
    const id = number === undefined ? undefined : holderOf(name, number);
    return number === undefined || id === undefined
      ? undefined
      : aliveHolder(id, { name, number });
  }

  /** Does what reads the store. */
  function reading<T>(read: () => T): T {
    try {
      return read();
    } catch (error) {
      throw storeError(error, { folder, action: "read" });
    }
  }

  /** Makes the file that only one can make. */
  function create(name: string, number: number): boolean {
    const path = fileOf(name, number);
    try {
      Deno.writeTextFileSync(path, presence.id, { createNew: true });
      return true;
    } catch (error) {
      if (error instanceof Deno.errors.AlreadyExists) return false;
      if (error instanceof Deno.errors.NotFound) {
        Deno.mkdirSync(base, { recursive: true }); // the first lease of this store
        return create(name, number);
      }
      unlessItFails(() => Deno.removeSync(path));
      throw error;
    }
  }

  function attempt(name: string): Claim | undefined {
    const before = numbersOf(name);
    const last = before.at(-1);
    const id = last === undefined ? undefined : holderOf(name, last);
    if (last !== undefined && id === undefined) return undefined; // given back just now
    if (last !== undefined && id !== undefined) {
      const holder = aliveHolder(id, { name, number: last });
      if (holder !== undefined) return { kind: "theirs", holder };
    }
    const number = last === undefined ? 0 : last + 1;
    if (!create(name, number)) return undefined; // another was faster
    // Who saw other files than we did, such as those of a lease that was given
    // back and taken anew meanwhile, may have made a file of another number.
    const after = numbersOf(name).filter((other) => other !== number);
    const isSame = after.join() === before.join() &&
      (last === undefined || holderOf(name, last) === id);
    if (isSame) return { kind: "ours", lease: hold(name, number) };
    unlessItFails(() => Deno.removeSync(fileOf(name, number)));
    return undefined;
  }

  function hold(name: string, number: number): Lease {
    const lost = new AbortController();
    held.set(name, {
      number,
      lose() {
        held.delete(name);
        const last = unlessItFails(() => numbersOf(name).at(-1)) ?? number;
        const taker = unlessItFails(() => holderOf(name, last)) ?? "";
        const sighting = unlessItFails(() => presence.look(taker));
        lost.abort(
          new LeaseLostError(
            `${
              nameOfProcess(sighting ?? { note: undefined })
            } took it over, because this process gave no sign of life for a while`,
          ),
        );
      },
    });
    return {
      lost: lost.signal,
      deaths: number,
      [Symbol.dispose]() {
        if (held.get(name)?.number !== number) return; // lost, or given back
        held.delete(name);
        if (isOurs(name, number) === false) return; // lost without a word
        // Those before it first: who still wants to follow one of them sees that it is gone.
        for (const other of unlessItFails(() => numbersOf(name)) ?? [number]) {
          if (other <= number) {
            unlessItFails(() => Deno.removeSync(fileOf(name, other)));
          }
        }
      },
    };
  }

  return {
    async claim(name) {
      try {
        for (;;) {
          const claim = attempt(name);
          if (claim !== undefined) return claim;
          await new Promise((resolve) =>
            setTimeout(resolve, 1 + Math.random() * MOST_PAUSE_MILLISECONDS)
          );
        }
      } catch (error) {
        throw storeError(error, { folder });
      }
    },
    holder: (name) => reading(() => holderNow(name, numbersOf(name))),

    taken: () => reading(() => new Set(numbers().keys())),

    held: () =>
      reading(() => {
        const alive = [...numbers()]
          .filter(([name, all]) => holderNow(name, all) !== undefined);
        return new Set(alive.map(([name]) => name));
      }),

    [Symbol.dispose]() {
      for (const [name, { number }] of held) {
        held.delete(name);
        if (isOurs(name, number) === false) continue;
        unlessItFails(() => Deno.removeSync(fileOf(name, number)));
      }
    },
  };
}

/** A lease that nobody signs within so many seconds is nobody's. */
const UNSIGNED_SECONDS = 10;
