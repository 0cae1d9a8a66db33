/**
 * The lock of a store: one run at a time. Among the processes of one machine
 * the kernel holds it, and frees it when its holder dies, however that happens.
 * Among machines that share the store a lease does, which goes stale.
 *
 * @module
 */
import { join } from "node:path";
import { StoreError, storeError } from "../define/error.ts";
import {
  createLease,
  holderText,
  isOf,
  isThisMachine,
  type Lease,
  LEASE_TIMING,
  type LeaseHolder,
  type LeaseTiming,
  readLease,
  removeLease,
  thisMachine,
  writeLease,
} from "./lease.ts";

/** How to behave when another process holds the lock. */
export interface LockOptions {
  /** Whether to wait for the lock, or to fail at once. */
  readonly ifHeld: "wait" | "refuse";
  /** Raised to end the wait. */
  readonly signal?: AbortSignal;
  /** Called once before waiting, with what the holder wrote of itself. */
  readonly onWait?: (holder: string) => void;
  /** Other times than {@linkcode LEASE_TIMING}, for tests. */
  readonly timing?: LeaseTiming;
}

/** A lock that is held; disposing of it gives it back. */
export interface StoreLock extends Disposable {
  /** Raised if another machine took the store over: this one seemed dead. */
  readonly lost: AbortSignal;
}

/** Between two looks at a lock that is held. A blocking wait could not be ended. */
const WAIT_MILLISECONDS = 100;

/**
 * Takes the lock of a store.
 *
 * @throws {StoreError} if another process holds it and `ifHeld` is `refuse`, or
 * the folder cannot be written
 * @throws the reason of the signal, if it ends the wait
 */
export async function lockStore(
  folder: string,
  { ifHeld, signal, onWait, timing = LEASE_TIMING }: LockOptions,
): Promise<StoreLock> {
  const file = await openLock(folder, join(folder, "lock"));
  const owner: LeaseHolder = {
    id: crypto.randomUUID(),
    machine: thisMachine(),
    pid: Deno.pid,
    since: new Date().toISOString(),
  };
  const isDead = deathWatch(timing);
  try {
    for (let waits = false;; waits = true) {
      const holder = await attempt();
      if (holder === undefined) break;
      if (ifHeld === "refuse") {
        throw new StoreError(
          `Cannot use store "${folder}": another run is using it (${holder}); wait until it ends, or choose another folder with --store`,
        );
      }
      if (!waits) onWait?.(holder);
      await pause(WAIT_MILLISECONDS, signal);
    }
  } catch (error) {
    file.close();
    signal?.throwIfAborted();
    throw storeError(error, { folder });
  }
  return hold();

  /** Who holds the lock, or `undefined` once we do. */
  async function attempt(): Promise<string | undefined> {
    const exclusive = true;
    const isOurs = await file.tryLock(exclusive);
    const lease = readLease(folder);
    // Empty for the instant between taking the lock and signing it.
    if (!isOurs) {
      return lease === undefined ? "just started" : holderText(lease);
    }
    // On this machine the kernel knows better: whoever wrote it is dead.
    const isOther = lease !== undefined && !isThisMachine(lease.machine);
    if (isOther && !isDead(lease)) {
      await file.unlock();
      return holderText(lease);
    }
    if (lease === undefined) {
      if (createLease(folder, owner)) return undefined;
      // Another machine was faster, or what lies there is no lease.
      const faster = readLease(folder);
      if (faster !== undefined) {
        await file.unlock();
        return holderText(faster);
      }
    }
    writeLease(folder, owner, 0);
    if (!isOther) return undefined;
    // Another machine may have found the same lease stale: the last to write wins.
    await pause(timing.settle, signal);
    const last = readLease(folder);
    if (last?.id === owner.id) return undefined;
    await file.unlock();
    return last === undefined ? "just started" : holderText(last);
  }

  function hold(): StoreLock {
    const lost = new AbortController();
    let beats = 0;
    const timer = setInterval(beat, timing.beat);

    function beat(): void {
      if (!isOf(folder, owner.id)) {
        clearInterval(timer);
        const other = tryOr(() => readLease(folder), undefined);
        return lost.abort(
          new StoreError(
            `Cannot go on with store "${folder}": ${
              other === undefined ? "another machine" : holderText(other)
            } took it over, because this process gave no sign of life for a while; finished stages are kept, run the command again`,
          ),
        );
      }
      // What cannot be written now may be written the next time.
      tryOr(() => writeLease(folder, owner, ++beats), undefined);
    }

    return {
      lost: lost.signal,
      [Symbol.dispose]() {
        clearInterval(timer);
        removeLease(folder, owner);
        // A file system that has gone cannot unlock. What it said before is
        // what its caller must hear; the lock goes with the file.
        tryOr(() => file.unlockSync(), undefined);
        file.close();
      },
    };
  }
}

/**
 * Tells whether the holder of a lease is dead: the file system says that it was
 * not renewed for long, or we have watched it so long ourselves, whatever the
 * clock of the file system says.
 */
function deathWatch({ stale }: LeaseTiming): (lease: Lease) => boolean {
  let seen: { readonly sign: string; readonly at: number } | undefined;
  return ({ id, beat, age }) => {
    const sign = `${id} ${beat}`;
    const now = performance.now();
    if (seen?.sign !== sign) seen = { sign, at: now };
    return age * 1000 > stale || now - seen.at > stale;
  };
}

function tryOr<T>(work: () => T, otherwise: T): T {
  try {
    return work();
  } catch {
    return otherwise;
  }
}

async function openLock(folder: string, path: string): Promise<Deno.FsFile> {
  try {
    await Deno.mkdir(join(folder, "tmp"), { recursive: true });
    return await Deno.open(path, { read: true, write: true, create: true });
  } catch (error) {
    throw storeError(error, { folder });
  }
}

function pause(milliseconds: number, signal?: AbortSignal): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  if (signal?.aborted) reject(signal.reason);
  const timer = setTimeout(resolve, milliseconds);
  const abort = () => reject(signal?.reason);
  signal?.addEventListener("abort", abort, { once: true });
  return promise.finally(() => {
    clearTimeout(timer);
    signal?.removeEventListener("abort", abort);
  });
}
