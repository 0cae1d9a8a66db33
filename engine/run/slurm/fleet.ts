/**
 * The workers of a run: asked for as work comes up, watched, taken back. What
 * they compute is none of its business: whether a stage is done, the store
 * alone says. Slurm is only believed about workers.
 *
 * @module
 */
import { steadyClock } from "../../define/steady_clock.ts";
import { cancelJobs } from "./cancel.ts";
import { lookInQueue, workerName } from "./look.ts";
import { type Pool, RUN_POOL } from "./pools.ts";
import {
  GONE_MILLISECONDS,
  LOST_MILLISECONDS,
  openRoster,
  type PoolState,
  type RosterOptions,
} from "./roster.ts";
import { type Demand, missingWorkers } from "./sizing.ts";
import type { RunSlurm } from "./slurm_command.ts";
import { type Submission, writeNext } from "./submission.ts";
import { submit, type Submitted } from "./submit.ts";

/** What a fleet is made of. */
export interface FleetOptions
  extends Omit<RosterOptions, "onFailure" | "isWaitedFor"> {
  /** More words for sbatch. */
  readonly extra: readonly string[];
  /** How many elements an array may have. */
  readonly largestArray: number;
  /** What a worker of a pool runs, given the folder of its submission. */
  readonly script: (pool: Pool, folder: string) => string;
  /** Called with the state of all pools whenever it is another. */
  readonly onState: (pools: readonly PoolState[]) => void;
}

/** Workers in Slurm. */
export interface Fleet {
  /**
   * Looks at all workers once, and asks for those that are missing.
   *
   * @param work what there is to do for each pool, by its name
   * @param done how many stages have ended so far: while that grows, workers
   * that fail are replaced
   * @returns whether anything is another than at the last look
   * @throws {Error} if a pool that is needed has no worker and gets none
   */
  tend(work: ReadonlyMap<string, Demand>, done: number): Promise<boolean>;
  /** Cancels all workers of the checkout, those of earlier runs on the store too, but no run that goes on as a job. */
  cancel(): Promise<void>;
}

/** What a file system says that is away for a moment. */
const OF_SYSTEM = /\(os error \d+\)/;

/** After workers were seen to fail so many times in a row no more are asked for. */
const MOST_FAILED = 3;

/** Where Slurm takes no more workers of a pool, it is asked again after so long. */
const FULL_MILLISECONDS = 600_000;

/** What is known of asking for workers of a pool. */
interface Asking {
  /** How often in a row they failed: last at which look, after how many ended stages, and why. */
  failed?: {
    readonly count: number;
    readonly look: number;
    readonly done: number;
    readonly why: string;
  };
  /** Since when Slurm takes no more. */
  fullSince?: number;
  /** What was last said of it. */
  said?: string | undefined;
}

/** Opens the workers of a store: those that earlier runs left are among them. */
export function openFleet(options: FleetOptions): Fleet {
  const { store, checkout, cluster, pools, slurm, clock, extra, onNote } =
    options;
  const steady = steadyClock(clock);
  const asking = new Map<string, Asking>();
  const askingOf = (pool: string) => asking.getOrInsert(pool, {});
  /** Those that this process asked for, and got no answer. */
  const unanswered = new Set<Submission>();
  let [done, looks, shown] = [0, 0, ""];
  let awaySince: number | undefined;
  let wanted: ReadonlyMap<string, Demand> = new Map();
  const roster = openRoster({
    ...options,
    clock: steady,
    onFailure,
    isWaitedFor: (pool) => (wanted.get(pool)?.ready ?? 0) > 0,
  });

  function onFailure(pool: string, why: string): void {
    const { failed: before } = askingOf(pool);
    // Workers that got something done before they failed are worth replacing.
    const isAgain = before?.done === done;
    // Several at once have one cause, such as a controller that has lost its jobs.
    if (isAgain && before?.look === looks) return;
    const count = isAgain ? before.count + 1 : 1;
    askingOf(pool).failed = { count, look: looks, done, why };
    if (count !== MOST_FAILED) return;
    onNote(
      `No more workers are asked for in pool "${pool}": they failed ${MOST_FAILED} times, and no stage ended in between`,
    );
  }

  async function ask(pool: Pool, demand: Demand): Promise<void> {
    const supply = roster.stateOf(pool.name);
    const { failed } = askingOf(pool.name);
    if (failed?.done === done && failed.count >= MOST_FAILED) {
      if (demand.ready === 0 || supply.pending + supply.running > 0) return;
      throw new Error(
        `Cannot go on: workers of pool "${pool.name}" failed ${failed.count} times in a row (the last: ${failed.why}); finished stages are kept; correct the cause and run the command again`,
      );
    }
    if (missing(pool, demand) > 0) await askAsNeeded(pool, demand);
  }

  /** How many workers a pool lacks. */
  function missing({ name, jobs, workers: most }: Pool, demand: Demand) {
    const supply = roster.stateOf(name);
    const { fullSince = 0 } = askingOf(name);
    const isFull = steady() - fullSince < FULL_MILLISECONDS;
    if (isFull && supply.pending + supply.running > 0) return 0;
    return missingWorkers(demand, { supply, jobs, most });
  }

  /** Says something of asking for workers of a pool, once until it is something else. */
  function sayOf(pool: string, message: string): void {
    if (askingOf(pool).said !== message) onNote(message);
    askingOf(pool).said = message;
  }

  /** Asks for the workers that a pool lacks, by as many arrays as that takes. */
  async function askAsNeeded(pool: Pool, demand: Demand): Promise<void> {
    let most = options.largestArray;
    for (let lacking = missing(pool, demand); lacking > 0;) {
      const workers = Math.min(lacking, most);
      const answer = await askFor(workers, pool);
      if (answer.kind === "taken") lacking -= workers;
      else if (answer.kind === "late") {
        // Perhaps for the same workers.
        if (!await isCaughtUp()) return;
        lacking = missing(pool, demand);
      } else if (answer.kind === "unknown") {
        return sayOf(
          pool.name,
          `Slurm has not said whether it takes workers for pool "${pool.name}" (${answer.why}); they are looked for, and asked for again if it has none after ${
            LOST_MILLISECONDS / 60_000
          } minutes`,
        );
      } else if (workers > 1 && isOfNumber(answer.why)) {
        // Half as many may be within what it allows.
        most = Math.ceil(workers / 2);
      } else return noteRefused(pool, answer.why);
    }
    askingOf(pool.name).said = undefined;
  }

  /** Asks once for so many workers, unless another run has asked for any since the last look. */
  async function askFor(
    workers: number,
    pool: Pool,
  ): Promise<Submitted | { readonly kind: "late" }> {
    const submission = writeNext(store, {
      after: roster.last(),
      pool: pool.name,
      workers,
      script: (folder) => options.script(pool, folder),
      now: clock(),
      checkout,
      device: pool.device ?? options.device?.(),
      cluster,
    });
    if (submission === undefined) return { kind: "late" };
    roster.add(submission);
    const answer = await submit(submission, { pool, extra, slurm });
    if (answer.kind === "refused") roster.close(submission);
    if (answer.kind === "unknown") unanswered.add(submission);
    return answer;
  }

  /** Takes up what other runs have asked for. False if none of that is seen yet: a folder of a network may be listed from a cache. */
  async function isCaughtUp(): Promise<boolean> {
    const before = roster.last();
    await roster.settle();
    return roster.last() > before;
  }

  /** Notes that Slurm refused workers of a pool: it has as many as it allows, or allows none. */
  function noteRefused({ name }: Pool, why: string): void {
    const { pending, running } = roster.stateOf(name);
    const have = pending + running;
    if (have > 0 && isOfNumber(why)) {
      askingOf(name).fullSince = steady();
      const workers = have === 1 ? "1 worker" : `${have} workers`;
      return sayOf(
        name,
        `Slurm allows ${workers} for pool "${name}" and no more (${why}); more are asked for after ${
          FULL_MILLISECONDS / 60_000
        } minutes`,
      );
    }
    const text = `Slurm took no workers for pool "${name}": ${why}`;
    onNote(text);
    onFailure(name, text);
  }

  /** Looks at all workers. @returns false if Slurm or the file system gave no answer */
  async function look(): Promise<boolean> {
    try {
      await roster.settle();
      const isAnswered = await roster.look();
      awaySince = undefined;
      return isAnswered;
    } catch (error) {
      const { message } = error as Error;
      const isLong = steady() - (awaySince ?? steady()) > GONE_MILLISECONDS;
      if (!OF_SYSTEM.test(message) || isLong) throw error;
      if (awaySince === undefined) {
        onNote(
          `Cannot see what becomes of workers (${message}); those that run go on`,
        );
      }
      awaySince ??= steady();
      return false;
    }
  }

  return {
    async tend(work, doneNow) {
      done = doneNow;
      wanted = work;
      looks++;
      const isAnswered = await look();
      for (const pool of pools) {
        const demand = work.get(pool.name);
        if (isAnswered && demand !== undefined) await ask(pool, demand);
      }
      const states = pools.map(({ name }) => roster.stateOf(name));
      const text = JSON.stringify(states);
      const isEmpty = states.every(({ running, pending }) =>
        running + pending === 0
      );
      if (text === shown || (shown === "" && isEmpty)) {
        return roster.isUnsure();
      }
      shown = text;
      options.onState(states);
      return true;
    },
    async cancel() {
      await roster.settle();
      const open = [...roster.open].filter(({ pool }) => pool !== RUN_POOL);
      const failure = await cancelJobs(await listedOf(open, slurm), slurm);
      if (failure === undefined) {
        for (const one of open) {
          // Should Slurm take one later its workers leave; of another run it may be about to.
          if (one.job !== undefined || unanswered.has(one)) roster.close(one);
        }
        return;
      }
      const ids = open.flatMap(({ job }) => job ?? []).join(" ");
      onNote(
        `Cannot cancel all workers: ${failure}; "scancel ${ids}" does it`,
      );
    },
  };
}

/** Those of submissions that Slurm lists: what has the id of another is a job of somebody else. */
async function listedOf(
  submissions: readonly Submission[],
  slurm: RunSlurm,
): Promise<readonly Submission[]> {
  const listed = await lookInQueue(submissions, slurm);
  if (typeof listed === "string") return submissions;
  return submissions.filter((one) =>
    Array.from({ length: one.workers }, (_, n) => workerName(one, n))
      .some((name) => listed.has(name))
  );
}

/** Whether fewer workers may be taken, as far as the reason of a refusal tells. */
function isOfNumber(reason: string): boolean {
  return /limit|policy|array/i.test(reason);
}
