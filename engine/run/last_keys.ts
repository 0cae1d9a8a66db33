/**
 * The key that each stage of a pipeline last had: what causes are told from.
 *
 * @module
 */
import type { Digest } from "../define/hash.ts";
import { inTurnBy } from "../store/in_turn.ts";
import type { Leases } from "../store/lease.ts";
import type { Store } from "../store/store.ts";
import { turnOfLastKeys } from "../store/store_layout.ts";

/** Keys by stage name, written to the store from time to time. */
export interface LastKeys {
  of(stage: string): Digest | undefined;
  set(stage: string, key: Digest): void;
  /**
   * Writes what is not written yet.
   *
   * @throws {StoreError} if the store cannot be written
   */
  flush(): Promise<void>;
}

/**
 * A process that is killed loses at most this much of it, or so many times what
 * writing takes, and what workers make after it. Artifacts are found by key:
 * only causes are less exact, and of what was lost `gc` keeps what workers made
 * (`garbage.ts`).
 */
const DELAY_MILLISECONDS = 500;
const DELAY_TIMES = 20;

/** Opens the keys of one pipeline and profile. Of all runs one at a time adds its own to what others wrote. */
export function openLastKeys(
  store: Pick<Store, "lastKeys" | "putLastKeys">,
  { pipeline, leases }: {
    readonly pipeline: string;
    readonly leases: Pick<Leases, "claim">;
  },
): LastKeys {
  const keys = new Map(Object.entries(store.lastKeys(pipeline)));
  /** Of these nothing is written yet; other runs may have written others since. */
  let changed = new Map<string, Digest>();
  let delay = DELAY_MILLISECONDS;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let writing: Promise<void> = Promise.resolve();

  /** Writes after all earlier writes, so that the newest is the one that stays. */
  function write(): Promise<void> {
    clearTimeout(timer);
    timer = undefined;
    const next = writing.then(async () => {
      if (changed.size === 0) return;
      const start = performance.now();
      const news = changed;
      changed = new Map();
      try {
        await inTurnBy(leases, {
          name: turnOfLastKeys(pipeline),
          work() {
            const now = Object.entries(store.lastKeys(pipeline));
            return store.putLastKeys(pipeline, new Map([...now, ...news]));
          },
        });
        const took = performance.now() - start;
        delay = Math.max(DELAY_MILLISECONDS, DELAY_TIMES * took);
      } catch (error) {
        changed = new Map([...news, ...changed]);
        throw error;
      }
    });
    writing = next.catch(() => {}); // thrown again by the last flush
    return next;
  }

  return {
    of: (stage) => keys.get(stage),
    set(stage, key) {
      if (keys.get(stage) === key) return;
      keys.set(stage, key);
      changed.set(stage, key);
      timer ??= setTimeout(() => write().catch(() => {}), delay);
    },
    flush: write,
  };
}
