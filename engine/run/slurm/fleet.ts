/**
 * The workers of a run: asked for as work comes up, watched, taken back. What
 * they compute is none of its business: whether a stage is done, the store
 * alone says. Slurm is only believed about workers.
 *
 * @module
 */
import { inTurn } from "../../store/in_turn.ts";
import { cancelJobs } from "./cancel.ts";
import { lookInQueue, workerName } from "./look.ts";
import { type Pool, RUN_POOL } from "./pools.ts";
import {
  GONE_MILLISECONDS,
  openRoster,
  type PoolState,
  type RosterOptions,
} from "./roster.ts";
import { type Demand, missingWorkers } from "./sizing.ts";
import { type Submission, writeSubmission } from "./submission.ts";
import { submit } from "./submit.ts";

/** What a fleet is made of. */
export interface FleetOptions extends Omit<RosterOptions, "onFailure"> {
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

/** Opens the workers of a store: those that earlier runs left are among them. */
export function openFleet(options: FleetOptions): Fleet {
  const { store, checkout, pools, slurm, clock, extra, onNote } = options;
  const failed = new Map<
    string,
    { count: number; look: number; done: number; why: string }
  >();
  let [done, looks, shown] = [0, 0, ""];
  let awaySince: number | undefined;
  const roster = openRoster({ ...options, onFailure });

  function onFailure(pool: string, why: string): void {
    const before = failed.get(pool);
    // Workers that got something done before they failed are worth replacing.
    const isAgain = before?.done === done;
    // Several at once have one cause, such as a controller that has lost its jobs.
    if (isAgain && before?.look === looks) return;
    const count = isAgain ? before.count + 1 : 1;
    failed.set(pool, { count, look: looks, done, why });
    if (count !== MOST_FAILED) return;
    onNote(
      `No more workers are asked for in pool "${pool}": they failed ${MOST_FAILED} times, and no stage ended in between`,
    );
  }

  async function ask(pool: Pool, demand: Demand): Promise<void> {
    const supply = roster.stateOf(pool.name);
    const failure = failed.get(pool.name);
    if (failure?.done === done && failure.count >= MOST_FAILED) {
      if (demand.ready === 0 || supply.pending + supply.running > 0) return;
      throw new Error(
        `Cannot go on: workers of pool "${pool.name}" failed ${failure.count} times in a row (the last: ${failure.why}); finished stages are kept, mend that and run the command again`,
      );
    }
    if (missing(pool, demand) === 0) return;
    // Another run on the store may be asking for the same workers.
    await inTurn(store, { name: "slurm", work: () => askNow(pool, demand) });
  }

  /** How many workers a pool lacks. */
  function missing({ name, jobs, workers: most }: Pool, demand: Demand) {
    const supply = roster.stateOf(name);
    return missingWorkers(demand, { supply, jobs, most });
  }

  async function askNow(pool: Pool, demand: Demand): Promise<void> {
    await roster.settle();
    const lacking = missing(pool, demand);
    for (let asked = 0; asked < lacking;) {
      const workers = Math.min(lacking - asked, options.largestArray);
      const submission = writeSubmission(store, {
        pool: pool.name,
        workers,
        script: (folder) => options.script(pool, folder),
        now: clock(),
        checkout,
      });
      roster.add(submission);
      const refused = await submit(submission, { pool, extra, slurm });
      if (refused !== undefined) {
        roster.close(submission);
        const why = `Slurm took no workers for pool "${pool.name}": ${refused}${
          workers > 1 ? tooMany(workers, refused) : ""
        }`;
        onNote(why);
        return onFailure(pool.name, why);
      }
      asked += workers;
    }
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
      const isLong = clock() - (awaySince ?? clock()) > GONE_MILLISECONDS;
      if (!OF_SYSTEM.test(message) || isLong) throw error;
      if (awaySince === undefined) {
        onNote(
          `Cannot see what becomes of workers (${message}); those that run go on`,
        );
      }
      awaySince ??= clock();
      return false;
    }
  }

  /** Those of submissions that Slurm lists: what has the id of another is a job of somebody else. */
  async function listedOf(
    submissions: readonly Submission[],
  ): Promise<readonly Submission[]> {
    const listed = await lookInQueue(submissions, slurm);
    if (typeof listed === "string") return submissions;
    return submissions.filter((one) =>
      Array.from({ length: one.workers }, (_, n) => workerName(one, n))
        .some((name) => listed.has(name))
    );
  }

  return {
    async tend(work, doneNow) {
      done = doneNow;
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
      const failure = await cancelJobs(await listedOf(open), slurm);
      if (failure === undefined) {
        for (const one of open) if (one.job !== undefined) roster.close(one);
        return;
      }
      const ids = open.flatMap(({ job }) => job ?? []).join(" ");
      onNote(
        `Cannot cancel all workers: ${failure}; "scancel ${ids}" does it`,
      );
    },
  };
}

/** What helps if so many workers are too many for Slurm, as far as its reason tells. */
function tooMany(workers: number, reason: string): string {
  return /limit|policy|array/i.test(reason)
    ? `; if ${workers} at once are too many, lower "workers" of the pool`
    : "";
}
