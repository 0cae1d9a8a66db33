/**
 * The workers of a run in Slurm, as the run sees them.
 *
 * @module
 */
import type {
  DetachedRun,
  FleetStart,
  FromFleet,
  ToFleet,
} from "./fleet_protocol.ts";
import type { PoolState } from "./roster.ts";
import type { Work } from "./tend_fleet.ts";
import { SLURM_PROGRAMS, VARIABLES } from "./slurm_command.ts";

/** What is heard of workers. */
export interface SlurmNews {
  /** Called with the state of all pools whenever it is another. */
  readonly onState: (pools: readonly PoolState[]) => void;
  /** Called with something to know, in one line, and what belongs to it. */
  readonly onNote: (message: string, more: readonly string[]) => void;
  /** Called if a pool that is needed gets no workers. */
  readonly onFailure: (error: Error) => void;
}

/** Workers in Slurm; disposing of it leaves them alone. */
export interface Slurm extends Disposable {
  /** Says what there is to do; workers are asked for accordingly. */
  work(work: Work & { readonly device: string }): void;
  /** Cancels all workers of the checkout. */
  cancel(): Promise<void>;
  /**
   * Has a run go on as a job.
   *
   * @returns its id
   * @throws {Error} if Slurm takes no job
   */
  detach(run: DetachedRun): Promise<string>;
}

/**
 * Opens the workers of a store, in an isolate that may start Slurm's commands.
 *
 * @throws {Error} if Slurm would not take workers of a pool, with its reason
 */
export async function openSlurm(
  start: Omit<FleetStart, "kind">,
  news: SlurmNews,
): Promise<Slurm> {
  const isolate = new Worker(import.meta.resolve("./fleet_isolate.ts"), {
    type: "module",
    deno: {
      permissions: {
        read: [start.store, "/etc/machine-id"],
        write: [start.store],
        run: [...SLURM_PROGRAMS],
        env: [...VARIABLES],
        net: false,
        ffi: false,
        sys: ["hostname"],
        import: false,
      },
    },
  });
  const waiting = new Map<
    FromFleet["kind"],
    PromiseWithResolvers<FromFleet>
  >();
  const say = (message: ToFleet) => isolate.postMessage(message);
  const fail = (error: Error) => {
    if (waiting.size === 0) return news.onFailure(error);
    for (const { reject } of waiting.values()) reject(error);
    waiting.clear();
  };

  isolate.onmessage = ({ data }: MessageEvent<FromFleet>) => {
    switch (data.kind) {
      case "state":
        return news.onState(data.pools);
      case "note":
        return news.onNote(data.message, data.more);
      case "failed":
        return fail(new Error(data.message));
      default:
        waiting.get(data.kind)?.resolve(data);
        waiting.delete(data.kind);
    }
  };
  isolate.onerror = (event) => {
    event.preventDefault();
    fail(new Error(`Cannot go on with Slurm: ${event.message}`));
  };

  /** Says something, and waits for the answer. */
  function ask(message: ToFleet, kind: FromFleet["kind"]): Promise<FromFleet> {
    const answer = Promise.withResolvers<FromFleet>();
    waiting.set(kind, answer);
    say(message);
    return answer.promise;
  }

  try {
    await ask({ kind: "start", ...start }, "ready");
  } catch (error) {
    isolate.terminate();
    throw error;
  }
  return {
    work: ({ pools, ...rest }) =>
      say({ kind: "work", pools: [...pools], ...rest }),
    async cancel() {
      await ask({ kind: "cancel" }, "cancelled");
    },
    async detach(run) {
      const answer = await ask({ kind: "detach", ...run }, "detached");
      return answer.kind === "detached" ? answer.job : "";
    },
    [Symbol.dispose]: () => isolate.terminate(),
  };
}
