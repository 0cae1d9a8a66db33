/**
 * The workers of a store that may still be there, and what Slurm last said of
 * each.
 *
 * @module
 */
import { cancelWorker } from "./cancel.ts";
import { isGivenUp, type JobState, phaseOf } from "./job_state.ts";
import { endOf, waitingFor } from "./job_words.ts";
import {
  lookByFolder,
  lookInAccounts,
  lookInQueue,
  workerName,
} from "./look.ts";
import { type Pool, RUN_POOL } from "./pools.ts";
import type { RunSlurm } from "./slurm_command.ts";
import {
  endOfLog,
  keepJob,
  keepOver,
  lastNumber,
  logOf,
  numberOf,
  openSubmissions,
  type Submission,
} from "./submission.ts";

/** What a pool has. */
export interface PoolState {
  readonly pool: string;
  /** Workers that run, or may. */
  readonly running: number;
  /** Workers that wait in Slurm's queue, or of which nothing was heard yet. */
  readonly pending: number;
  /** Nodes that its workers are on. */
  readonly nodes: readonly string[];
  /** Why those that wait do. */
  readonly reasons: readonly string[];
}

/** How to watch workers. */
export interface RosterOptions {
  /** Folder of the store. */
  readonly store: string;
  /** What tells the checkout of the run from others, whose workers are their own; none are if it is left out. */
  readonly checkout?: string | undefined;
  readonly pools: readonly Pool[];
  /** What pools compute on that name no device, once that is known: workers on another are those of another run. */
  readonly device?: (() => string | undefined) | undefined;
  /** Name of the cluster, if it is known: workers on another, which sees the same store, are unknown to its Slurm. */
  readonly cluster?: string | undefined;
  readonly slurm: RunSlurm;
  /** Called with something to know, in one line, and what belongs to it. */
  readonly onNote: (message: string, more?: readonly string[]) => void;
  /** Called when a worker ended otherwise than by leaving, was cancelled since it would never start, or left without having begun a stage though some wait. */
  readonly onFailure: (pool: string, why: string) => void;
  /** Whether stages wait for a worker of a pool. */
  readonly isWaitedFor: (pool: string) => boolean;
  /** Milliseconds since 1970. */
  readonly clock: () => number;
}

/** The workers of a store. */
export interface Roster {
  /** The submissions of which workers may be left. */
  readonly open: ReadonlySet<Submission>;
  /** Number of the last submission that is known here, of whatever checkout. */
  last(): number;
  /** Adds a submission that was written as the next after {@linkcode last}. */
  add(submission: Submission): void;
  /** Keeps that no worker of a submission is left. */
  close(submission: Submission): void;
  /** Takes up what other runs have submitted, and finds the ids of submissions whose answer was lost. */
  settle(): Promise<void>;
  /**
   * Looks at all workers, and notes what ended, the second time that it is seen;
   * those that Slurm has given up starting are cancelled. False if Slurm gave no
   * answer.
   */
  look(): Promise<boolean>;
  /** Whether workers seem to have ended, which the next look tells. */
  isUnsure(): boolean;
  /** What a pool has, as last seen. */
  stateOf(pool: string): PoolState;
}

/** A worker of which Slurm has known nothing for so long is gone. */
export const GONE_MILLISECONDS = 300_000;

/** A submission that Slurm does not list after so long never reached it. */
export const LOST_MILLISECONDS = 120_000;

/** So much of a log is shown. */
const LOG_LINES = 5;

/** What is known of a worker. */
interface Known {
  /** What Slurm last said of it. */
  state?: JobState;
  isEnded?: boolean;
  /** Whether the queue has just shown it as ended: of one that goes back into the queue it does so, too, for a moment. */
  isPerhapsEnded?: boolean;
  /** Since when Slurm has not known it. */
  absentSince?: number | undefined;
}

/** Opens the workers of a store: those that earlier runs left. */
export function openRoster(options: RosterOptions): Roster {
  const { pools, slurm, clock, onNote } = options;
  const open = new Set<Submission>();
  const workers = new Map<string, Known>();
  /** When this process first saw a submission: the clock of the machine that made it may be another. */
  const firstSeen = new Map<string, number>();
  /** What Slurm said instead of an answer. */
  let silence: string | undefined;
  let last = 0;

  const knownOf = (submission: Submission, worker: number) =>
    workers.getOrInsert(workerName(submission, worker), {});

  /** The workers of a submission that may still be there. */
  function left(submission: Submission): readonly number[] {
    return Array.from({ length: submission.workers }, (_, n) => n)
      .filter((n) => !knownOf(submission, n).isEnded);
  }

  function watch(submission: Submission): void {
    open.add(submission);
    firstSeen.set(submission.id, clock());
  }

  function add(submission: Submission): void {
    last = numberOf(submission);
    watch(submission);
  }

  function close(submission: Submission): void {
    keepOver(submission);
    open.delete(submission);
  }

  /** Whether the workers of a submission are on this cluster and compute on what those of its pool here do, so far as that is known. */
  function isAlike({ pool, device, cluster }: Submission): boolean {
    const ours = pools.find(({ name }) => name === pool)?.device ??
      options.device?.();
    return isSame(device, ours) && isSame(cluster, options.cluster);
  }

  /** Compares what is open here with what the store says, where others write too. */
  function refresh(): void {
    last = lastNumber(options.store); // first: what comes meanwhile counts as not known
    const kept = new Map(
      openSubmissions(options.store, options).filter(isAlike)
        .map((one) => [one.id, one]),
    );
    for (const one of open) {
      const job = kept.get(one.id)?.job;
      if (!kept.delete(one.id)) open.delete(one);
      else if (job !== undefined) one.job = job;
    }
    for (const one of kept.values()) watch(one);
  }

  async function settle(): Promise<void> {
    refresh();
    const lost = [...open].filter(({ job }) => job === undefined);
    for (const submission of lost) {
      const job = jobInLogs(submission);
      if (job !== undefined) keepJob(submission, job);
    }
    const unsettled = lost.filter(({ job }) => job === undefined);
    if (unsettled.length === 0) return;
    const found = await lookByFolder(unsettled, slurm);
    if (typeof found === "string") return;
    for (const submission of unsettled) {
      const job = found.get(submission);
      const age = clock() - (firstSeen.get(submission.id) ?? 0);
      if (job !== undefined) keepJob(submission, job);
      else if (age > LOST_MILLISECONDS) close(submission);
    }
  }

  async function look(): Promise<boolean> {
    const listed = await lookInQueue([...open], slurm);
    if (typeof listed === "string") {
      if (silence !== listed) {
        onNote(`Slurm gives no answer (${listed}); workers that run go on`);
      }
      silence = listed;
      return false;
    }
    silence = undefined;
    const missing = [...open].filter((one) =>
      one.job !== undefined &&
      left(one).some((n) => !listed.has(workerName(one, n)))
    );
    const accounts = missing.length === 0
      ? new Map<string, JobState>()
      : await lookInAccounts(missing, slurm);
    for (const submission of open) {
      if (submission.job === undefined) continue;
      for (const n of left(submission)) {
        const name = workerName(submission, n);
        const now = listed.get(name);
        const state = now ?? endIn(accounts.get(name));
        if (state === undefined) noteAbsent(submission, n);
        else if (now === undefined || !isMomentary(submission, now)) {
          noteState(submission, state);
          if (submission.pool !== RUN_POOL && isGivenUp(state)) {
            await giveUp(submission, state);
          }
        }
      }
      if (left(submission).length === 0) close(submission);
    }
    return true;
  }

  /** Whether an end is to be believed only if it is seen again. */
  function isMomentary(
    submission: Submission,
    { state, worker }: JobState,
  ): boolean {
    const known = knownOf(submission, worker);
    const isBefore = known.isPerhapsEnded;
    known.isPerhapsEnded = phaseOf(state) === "ended";
    return known.isPerhapsEnded && !isBefore;
  }

  function noteState(submission: Submission, state: JobState): void {
    const known = knownOf(submission, state.worker);
    known.absentSince = undefined;
    known.state = state;
    if (phaseOf(state.state) === "ended") noteEnd(submission, state);
  }

  /** Cancels a worker that Slurm never starts again by itself. */
  async function giveUp(submission: Submission, state: JobState) {
    const { worker } = state;
    const failure = await cancelWorker(submission, { worker, slurm });
    if (failure === undefined) noteEnd(submission, state);
  }

  function noteEnd(submission: Submission, state: JobState): void {
    const { worker } = state;
    knownOf(submission, worker).isEnded = true;
    const log = endOfLog(submission, { worker, lines: LOG_LINES });
    const pool = pools.find((one) => one.name === submission.pool) ??
      { name: submission.pool };
    const why = endOf(state, { pool, log });
    if (why === undefined) return noteLeft(submission, worker);
    const all = `all of it: ${logOf(submission, worker)}`;
    onNote(why, log.length === 0 ? [] : [...log, all]);
    options.onFailure(submission.pool, why);
  }

  /** Notes that a worker left: it has failed if it began nothing though something waits. */
  function noteLeft(submission: Submission, worker: number): void {
    const { pool, job } = submission;
    if (!options.isWaitedFor(pool)) return;
    const log = endOfLog(submission, { worker, lines: Infinity });
    if (log.some((line) => line.startsWith("start "))) return;
    options.onFailure(
      pool,
      `worker ${job}_${worker} left and had begun no stage, though some wait; see ${
        logOf(submission, worker)
      }`,
    );
  }

  /** Notes that Slurm does not know a worker: that is no end of it, unless it lasts. */
  function noteAbsent(submission: Submission, worker: number): void {
    const known = knownOf(submission, worker);
    known.absentSince ??= clock();
    if (clock() - known.absentSince < GONE_MILLISECONDS) return;
    known.isEnded = true;
    onNote(
      `Slurm has not known worker ${submission.job}_${worker} of pool "${submission.pool}" for ${
        GONE_MILLISECONDS / 60_000
      } minutes; it counts as ended`,
    );
  }

  function stateOf(pool: string): PoolState {
    const nodes = new Set<string>();
    const reasons = new Set<string>();
    let [running, pending] = [0, 0];
    for (const submission of open) {
      if (submission.pool !== pool) continue;
      for (const n of left(submission)) {
        const { state } = knownOf(submission, n);
        if (state === undefined || phaseOf(state.state) === "pending") {
          pending++;
          if (state !== undefined) reasons.add(waitingFor(state.reason));
        } else {
          running++;
          if (state.node !== "") nodes.add(state.node);
        }
      }
    }
    return {
      pool,
      running,
      pending,
      nodes: [...nodes].sort(),
      reasons: [...reasons].sort(),
    };
  }

  return {
    open,
    last: () => last,
    add,
    close,
    settle,
    look,
    isUnsure: () =>
      workers.values().some((one) => one.isPerhapsEnded && !one.isEnded),
    stateOf,
  };
}

/** What accounting says of a job, if that is an end: it may never hear of one, and then says for ever that the job runs. */
function endIn(state: JobState | undefined): JobState | undefined {
  return state !== undefined && phaseOf(state.state) === "ended"
    ? state
    : undefined;
}

/** Whether two are the same, so far as both are known. */
function isSame(one: string | undefined, other: string | undefined): boolean {
  return one === undefined || other === undefined || one === other;
}

/** The id of an array in what its workers wrote when they started. */
function jobInLogs(submission: Submission): string | undefined {
  for (let worker = 0; worker < submission.workers; worker++) {
    for (const line of endOfLog(submission, { worker, lines: Infinity })) {
      const job = /^worker (\d+)_\d+ on /.exec(line)?.[1];
      if (job !== undefined) return job;
    }
  }
  return undefined;
}
