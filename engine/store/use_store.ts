/**
 * Using a store: beside others, as runs do, which share its stages by leases; or
 * alone, as whatever removes something does.
 *
 * @module
 */
import { StoreError } from "../define/error.ts";
import { LEASES, type Leases, newLeases } from "./lease.ts";
import {
  enterStore,
  holderText,
  type Presence,
  type Sighting,
} from "./presence.ts";
import { storeFiles } from "./store_files.ts";

/** How to use a store. */
export interface UseOptions {
  /** Whether nobody else may use it meanwhile; then it is refused while anybody does. */
  readonly alone?: boolean;
  /** What to do while another has the store alone: wait (as is usual), or fail at once. */
  readonly ifHeld?: "wait" | "refuse";
  /** Raised to end the wait. */
  readonly signal?: AbortSignal;
  /** Called once before waiting, with what the other says of itself. */
  readonly onWait?: (holder: string) => void;
  /** Seconds without a sign of life after which others take this process for dead. */
  readonly lease?: number | undefined;
  /** What this process says of itself besides. */
  readonly about?: Readonly<Record<string, string>>;
}

/** A store in use; disposing of it ends that, and gives back its leases. */
export interface StoreUse extends Leases {
  readonly presence: Presence;
}

/** The lease of whoever has the store alone. */
const ALONE = "alone";

/** Between two looks at whoever has the store alone. */
const WAIT_MILLISECONDS = 100;

/**
 * Begins to use a store.
 *
 * @throws {StoreError} if it cannot be had as asked for, or not be written
 * @throws the reason of the signal, if it ends the wait
 */
export async function useStore(
  folder: string,
  options: UseOptions = {},
): Promise<StoreUse> {
  const { alone = false, ifHeld = "wait", signal, onWait } = options;
  for (let waits = false;; waits = true) {
    signal?.throwIfAborted();
    const presence = enterStore(folder, options);
    const leases = newLeases(folder, presence);
    const leave = () => {
      leases[Symbol.dispose]();
      presence[Symbol.dispose]();
    };
    try {
      // Whoever comes second sees the presence or the lease of the first.
      const other = await (alone ? taken(leases) : leases.holder(ALONE));
      if (other === undefined) {
        // Leases of the dead tell how many have died of one stage.
        const below = alone ? ["tmp", LEASES] : ["tmp"];
        const beside = await clear(folder, { presence, below });
        if (alone && beside !== undefined) {
          throw new StoreError(
            `Cannot use store "${folder}" alone: another run is using it (${
              holderText(beside)
            }); wait until it ends`,
          );
        }
        return { ...leases, presence, [Symbol.dispose]: leave };
      }
      const holder = holderText(other);
      if (ifHeld === "refuse" || alone) {
        throw new StoreError(
          `Cannot use store "${folder}": another command has it to itself (${holder}); wait until it ends, or choose another folder with --store`,
        );
      }
      if (!waits) onWait?.(holder);
    } catch (error) {
      leave();
      throw error;
    }
    leave();
    await pause(WAIT_MILLISECONDS, signal);
  }
}

/** Who has the store alone, if another does; otherwise it is ours. */
async function taken(leases: Leases): Promise<Sighting | undefined> {
  const claim = await leases.claim(ALONE);
  return claim.kind === "theirs" ? claim.holder : undefined;
}

/**
 * Removes what dead processes have left in some folders, and their presences;
 * nothing of it if another is alive, which is then the result.
 */
async function clear(
  folder: string,
  { presence, below }: {
    readonly presence: Presence;
    readonly below: readonly string[];
  },
): Promise<Sighting | undefined> {
  const files = storeFiles(folder);
  // Names first: whoever begins after this look has none of these files.
  const left = below.flatMap((below) =>
    files.list(below).map((name) => `${below}/${name}`)
  );
  const others = presence.others();
  const alive = others.find(({ isAlive }) => isAlive);
  if (alive !== undefined) return alive;
  for (const { id } of others) presence.bury(id);
  for (const path of left) {
    if (!path.startsWith(`${LEASES}/${ALONE}.`)) await files.remove(path);
  }
  return undefined;
}

/** Waits so many milliseconds, or until a signal is raised, whose reason is then thrown. */
export function pause(
  milliseconds: number,
  signal?: AbortSignal,
): Promise<void> {
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
