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
  /** Called once before waiting, with what the holder wrote of itself. */
  readonly onWait?: (holder: string) => void;
}

/**
 * Takes the lock of a store; disposing of it gives it back.
 *
 * @throws {StoreError} if another process holds it and `ifHeld` is `refuse`
 */
export async function lockStore(
  folder: string,
  { ifHeld, onWait }: LockOptions,
): Promise<Disposable> {
  let file: Deno.FsFile;
  try {
    await Deno.mkdir(folder, { recursive: true });
    file = await Deno.open(join(folder, "lock"), {
      read: true,
      write: true,
      create: true,
    });
  } catch (error) {
    throw storeError(folder, error);
  }
  const exclusive = true;
  if (!await file.tryLock(exclusive)) {
    const holder = await Deno.readTextFile(join(folder, "lock"));
    if (ifHeld === "refuse") {
      file.close();
      throw new StoreError(
        `Cannot use store "${folder}": another run holds it (${holder.trim()}); wait for it to end, or name another folder with --store`,
      );
    }
    onWait?.(holder.trim());
    await file.lock(exclusive);
  }
  await file.truncate();
  await file.write(
    new TextEncoder().encode(
      `process ${Deno.pid}, since ${new Date().toISOString()}\n`,
    ),
  );
  return {
    [Symbol.dispose]() {
      file.unlockSync();
      file.close();
    },
  };
}
