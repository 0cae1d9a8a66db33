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
import { pause } from "./pause.ts";
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
      const holder = await (alone ? taken(leases) : leases.holder(ALONE));
      let other = holder;
      if (other === undefined) {
        // Leases of the dead tell how many have died of one stage.
        const below = alone ? ["tmp", LEASES] : ["tmp"];
        const clear = clearer(folder, { presence, below });
        other = await clear();
        if (other === undefined || !alone) {
          if (other?.isAlive === false) clearLater(presence, clear);
          return { ...leases, presence, [Symbol.dispose]: leave };
        }
      }
      // One that seems dead is watched until it is certain.
      if (other.isAlive && (alone || ifHeld === "refuse")) {
        throw refused(folder, other, { isFree: holder === undefined });
      }
      if (!waits) onWait?.(holderText(other));
    } catch (error) {
      leave();
      throw error;
    }
    leave();
    await pause(WAIT_MILLISECONDS, signal);
  }
}

/** Why a store cannot be had now: another has it alone, or it is free for those alone who use it beside others. */
function refused(
  folder: string,
  other: Sighting,
  { isFree }: { readonly isFree: boolean },
): StoreError {
  const holder = holderText(other);
  return new StoreError(
    isFree
      ? `Cannot use store "${folder}" alone: another run is using it (${holder}); wait until it ends`
      : `Cannot use store "${folder}": another command has it to itself (${holder}); wait until it ends, or choose another folder with --store`,
  );
}

/** Who has the store alone, if another does; otherwise it is ours. */
async function taken(leases: Leases): Promise<Sighting | undefined> {
  const claim = await leases.claim(ALONE);
  return claim.kind === "theirs" ? claim.holder : undefined;
}

/**
 * Removes what dead processes have left in some folders until now, and their
 * presences; nothing of it while another may be alive, which is then the result.
 */
type Clear = () => Promise<Sighting | undefined>;

function clearer(
  folder: string,
  { presence, below }: {
    readonly presence: Presence;
    readonly below: readonly string[];
  },
): Clear {
  const files = storeFiles(folder);
  // Names first: whoever begins after this look has none of these files.
  const left = below.flatMap((below) =>
    files.list(below).map((name) => `${below}/${name}`)
  );
  return async () => {
    const others = presence.others();
    const alive = others.find(({ isAlive }) => isAlive) ??
      others.find(({ isDead }) => !isDead);
    if (alive !== undefined) return alive;
    for (const { id } of others) presence.bury(id);
    for (const path of left) {
      if (!path.startsWith(`${LEASES}/${ALONE}.`)) await files.remove(path);
    }
    return undefined;
  };
}

/** Tries again with every sign of life, until nobody else is left who seems dead. */
function clearLater(presence: Presence, clear: Clear): void {
  let isOver = false;
  presence.onBeat(() => {
    if (isOver) return;
    clear().then((beside) => {
      isOver = beside === undefined || beside.isAlive;
    }, () => {});
  });
}
