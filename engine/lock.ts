/**
 * The lock of a store: one run at a time. The kernel frees it when its holder
 * dies, however that happens.
 *
 * @module
 */
import { join } from "node:path";
import { StoreError, storeError } from "./error.ts";

/** How to behave when another process holds the lock. */
export interface LockOptions {
  /** Wait for it, or fail at once. */
  readonly ifHeld: "wait" | "refuse";
  /** Ends the wait. */
  readonly signal?: AbortSignal;
  /** Called once before waiting, with what the holder wrote of itself. */
  readonly onWait?: (holder: string) => void;
}

/** Between two looks at a lock that is held. A blocking wait could not be ended. */
const WAIT_MILLISECONDS = 100;

/**
 * Takes the lock of a store; disposing of it gives it back.
 *
 * @throws {StoreError} if another process holds it and `ifHeld` is `refuse`, or
 * the folder cannot be written
 * @throws the reason of the signal, if it ends the wait
 */
export async function lockStore(
  folder: string,
  { ifHeld, signal, onWait }: LockOptions,
): Promise<Disposable> {
  const path = join(folder, "lock");
  const file = await openLock(folder, path);
  const exclusive = true;
  try {
    for (let waits = false; !await file.tryLock(exclusive); waits = true) {
      if (!waits || ifHeld === "refuse") {
        const holder = await holderOf(path);
        if (ifHeld === "refuse") {
          throw new StoreError(
            `Cannot use store "${folder}": another run holds it (${holder}); wait for it to end, or name another folder with --store`,
          );
        }
        onWait?.(holder);
      }
      await pause(WAIT_MILLISECONDS, signal);
    }
    await file.truncate();
    await file.write(
      new TextEncoder().encode(
        `process ${Deno.pid}, since ${new Date().toISOString()}\n`,
      ),
    );
  } catch (error) {
    file.close();
    signal?.throwIfAborted();
    throw storeError(error, { folder });
  }
  return {
    [Symbol.dispose]() {
      file.unlockSync();
      file.close();
    },
  };
}

async function openLock(folder: string, path: string): Promise<Deno.FsFile> {
  try {
    await Deno.mkdir(folder, { recursive: true });
    return await Deno.open(path, { read: true, write: true, create: true });
  } catch (error) {
    throw storeError(error, { folder });
  }
}

async function holderOf(path: string): Promise<string> {
  // Empty for the instant between taking the lock and signing it.
  return (await Deno.readTextFile(path)).trim() || "just started";
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
