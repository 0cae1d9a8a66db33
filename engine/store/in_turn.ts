/**
 * Work that one process at a time does of all that use a store.
 *
 * @module
 */
import { pause, useStore } from "./use_store.ts";

/** Between two looks at whoever is at it. */
const WAIT_MILLISECONDS = 50;

/**
 * Waits until no other process does what has this name, and does it.
 *
 * @param folder folder of the store
 * @throws {StoreError} if the store cannot be written
 * @throws the reason of the signal, if it ends the wait
 */
export async function inTurn<T>(
  folder: string,
  { name, signal, work }: {
    readonly name: string;
    readonly signal?: AbortSignal;
    readonly work: () => Promise<T>;
  },
): Promise<T> {
  using use = await useStore(folder, signal === undefined ? {} : { signal });
  for (;;) {
    const claim = await use.claim(name);
    if (claim.kind === "ours") {
      using _lease = claim.lease;
      return await work();
    }
    await pause(WAIT_MILLISECONDS, signal);
  }
}
