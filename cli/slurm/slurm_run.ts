/**
 * A run whose stages workers in Slurm make: tells them how much there is to do,
 * and shows what becomes of them.
 *
 * @module
 */
import {
  type QueueCounts,
  queueCounts,
} from "../../engine/run/queue/queue_counts.ts";
import { checkoutOf, queueFiles } from "../../engine/run/queue/queue_files.ts";
import { openSlurm, type Slurm } from "../../engine/run/slurm/open_slurm.ts";
import type { Pool } from "../../engine/run/slurm/pools.ts";
import { type StoreUse, useStore } from "../../engine/store/use_store.ts";
import type { Shown } from "../display/display.ts";
import { demandOf, unservedIn } from "./demand.ts";

/** How to run in Slurm. */
export interface SlurmRunOptions {
  /** Folder of the project. */
  readonly root: string;
  /** Folder of the store. */
  readonly store: string;
  readonly pools: readonly Pool[];
  /** More words for sbatch. */
  readonly extra: readonly string[];
  /** Words that start a worker. */
  readonly worker: readonly string[];
  readonly show: (event: Shown) => void;
}

/** A run in Slurm. */
export interface SlurmRun extends Disposable {
  /** Raised with the reason if the run cannot go on. */
  readonly failed: AbortSignal;
  /** Looks at what happens in the run: when stages end, workers that failed are replaced. */
  follow(event: Shown): void;
  /**
   * Asks for workers from now on, as there are stages for them.
   *
   * @param device what pools compute on that name none
   */
  begin(device: string): Promise<void>;
  /** Ends that; workers that find nothing to do leave by themselves. */
  end(): void;
  /** Cancels all workers, unless another run of this checkout and device on the store has its stages made by them. */
  cancel(): Promise<void>;
  /** Has the run go on as a job; its id. */
  detach: Slurm["detach"];
}

/** What a run says of itself whose stages workers in Slurm make. */
const ROLE = "fleet";

/** Between two looks at the queue of the store: so long, or so many times what a look takes. */
const LOOK_MILLISECONDS = 1000;
const LOOK_TIMES = 20;

/** After so many looks in a row that failed, a minute, the run ends: file systems are away for a moment. */
const MOST_FAILURES = 60;

/**
 * Opens Slurm for a run, before it loads any pipeline.
 *
 * @throws {Error} if Slurm is not there, or would not take workers of a pool
 */
export async function openSlurmRun(
  { root, store, pools, extra, worker, show }: SlurmRunOptions,
): Promise<SlurmRun> {
  const checkout = checkoutOf(root);
  const failed = new AbortController();
  // The isolate may write there, and nowhere else.
  await Deno.mkdir(store, { recursive: true });
  const slurm: Slurm = await openSlurm({
    store,
    checkout,
    pools,
    extra,
    worker,
  }, {
    onState: (states) => show({ kind: "pools", pools: states }),
    onNote: (message, more) => show({ kind: "worker-note", message, more }),
    onFailure: (error) => failed.abort(error),
  });
  const queue = queueFiles(store);
  let timer: ReturnType<typeof setTimeout> | undefined;
  let use: StoreUse | undefined;
  let computesOn: string | undefined;
  let done = 0;

  function end(): void {
    clearTimeout(timer);
    use?.[Symbol.dispose]();
    use = undefined;
  }

  /** Whether another run has its stages made by these workers. */
  async function isShared(): Promise<boolean> {
    const { presence } = use ??= await useStore(store);
    return presence.others().some(({ isAlive, note }) => {
      const about = note?.about ?? {};
      return isAlive && about["role"] === ROLE &&
        about["checkout"] === checkout &&
        about["device"] === (computesOn ?? about["device"]);
    });
  }

  return {
    failed: failed.signal,
    follow({ kind }) {
      if (kind === "stage-finished" || kind === "stage-failed") done++;
    },
    async begin(device) {
      computesOn = device;
      const using = use = await useStore(store, {
        about: { role: ROLE, checkout, device },
      });
      let failures = 0;
      const tell = (counts: ReadonlyMap<string, QueueCounts>) => {
        const unserved = unservedIn(counts, { pools, device });
        if (unserved !== undefined) return failed.abort(new Error(unserved));
        const pairs = demandOf(counts, { pools, device });
        slurm.work({ pools: pairs, done, device });
      };
      const look = () => {
        const start = performance.now();
        try {
          tell(queueCounts(queue, using, { checkout }));
          failures = 0;
        } catch (error) {
          if (++failures === MOST_FAILURES) failed.abort(error);
        }
        if (failed.signal.aborted) return;
        const took = performance.now() - start;
        timer = setTimeout(
          look,
          Math.max(LOOK_MILLISECONDS, LOOK_TIMES * took),
        );
      };
      timer = setTimeout(look, LOOK_MILLISECONDS);
    },
    end,
    async cancel() {
      end(); // or two that are stopped at once would both leave the workers to each other
      const shared = await isShared();
      end();
      if (!shared) return await slurm.cancel();
      const message = "Another run on the store goes on, with these workers";
      show({ kind: "worker-note", message, more: [] });
    },
    detach: slurm.detach,
    [Symbol.dispose]() {
      end();
      slurm[Symbol.dispose]();
    },
  };
}
