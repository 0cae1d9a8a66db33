/**
 * Work that one process at a time does of all that use a store.
 *
 * @module
 */
import type { Leases } from "./lease.ts";
import { pause } from "./pause.ts";
import { useStore } from "./use_store.ts";

/** Between two looks at whoever is at it. */
const WAIT_MILLISECONDS = 50;

/** What is done in turn. */
export interface TurnOptions<T> {
  /** What nobody else may do meanwhile: letters, digits and `-`. */
  readonly name: string;
  readonly signal?: AbortSignal;
  readonly work: () => Promise<T>;
}

/**
 * Waits until no other process does what has this name, and does it.
 *
 * @param folder folder of the store
 * @throws {StoreError} if the store cannot be written
 * @throws the reason of the signal, if it ends the wait
 */
export async function inTurn<T>(
  folder: string,
  options: TurnOptions<T>,
): Promise<T> {
  const { signal } = options;
  using use = await useStore(folder, signal === undefined ? {} : { signal });
  return await inTurnBy(use, options);
}

/** The same of a process that uses the store already, by its leases. */
export async function inTurnBy<T>(
  leases: Pick<Leases, "claim">,
  { name, signal, work }: TurnOptions<T>,
): Promise<T> {
  for (;;) {
    const claim = await leases.claim(name);
    if (claim.kind === "ours") {
      using _lease = claim.lease;
      return await work();
    }
    await pause(WAIT_MILLISECONDS, signal);
  }
}
