/**
 * Where a worker gets its jobs: chooses one that it may run, takes its lease,
 * and says how it ended.
 *
 * @module
 */
import type { Digest } from "../../define/hash.ts";
import type { WorkedBy } from "../../store/historic_run.ts";
import type { Lease } from "../../store/lease.ts";
import type { Store } from "../../store/store.ts";
import { failureOf } from "../workers/worker_protocol.ts";
import { unfitFor, type WorkPlace } from "./job_workers.ts";
import type { Job, JobEnd, JobName, QueueFiles } from "./queue_files.ts";

/** A job that this process has the lease of. */
export interface Taken {
  readonly name: JobName;
  readonly job: Job;
  readonly lease: Lease;
  /** Ends the stage. */
  readonly end: AbortController;
}

/** The jobs of one worker. */
export interface JobSource {
  /**
   * Takes the first job that can be had, with those of its group that can.
   *
   * @param running jobs that the worker is at, by key
   * @throws {Error} if this checkout or this Deno would make other keys
   */
  take(running: ReadonlyMap<Digest, Taken>): Promise<readonly Taken[]>;
  /** Says how a job ended, and takes it from the queue. */
  conclude(taken: Taken, end: Omit<JobEnd, "by">): Promise<void>;
  /** Whether jobs are left that this worker may run. */
  isLeft(): boolean;
}

/** A stage whose worker died so often is not tried again. */
const MOST_DEATHS = 3;

/** A list of jobs is not read again sooner. */
const LISTED_MILLISECONDS = 300;

/** The jobs of a worker. */
export function newJobSource(
  queue: QueueFiles,
  { store, use, by, timeLeft = Infinity, clock, tell, ...place }:
    & Omit<WorkPlace, "store">
    & {
      readonly store: Store;
      /** What is said of this worker. */
      readonly by: WorkedBy;
      /** Seconds from now in which the worker must have ended. */
      readonly timeLeft?: number | undefined;
      /** Milliseconds since 1970. */
      readonly clock: () => number;
      /** Says why jobs are left alone; called once for each sentence. */
      readonly tell: (message: string) => void;
    },
): JobSource {
  const deadline = clock() + 1000 * timeLeft;
  /** Keys of jobs that this worker may not run. */
  const left = new Set<Digest>();
  const told = new Set<string>();
  let known: { jobs: readonly JobName[]; readonly at: number } = {
    jobs: [],
    at: 0,
  };

  function tellOnce(message: string): void {
    if (!told.has(message)) tell(message);
    told.add(message);
  }

  /** Jobs that this worker may begin now; of many, those of a moment ago will do. */
  function eligible(running: ReadonlyMap<Digest, Taken>): readonly JobName[] {
    const secondsLeft = (deadline - clock()) / 1000;
    const now = performance.now();
    if (known.jobs.length === 0 || now - known.at > LISTED_MILLISECONDS) {
      known = { jobs: queue.jobs(), at: now };
    }
    known.jobs = known.jobs.filter((name) => {
      if (running.has(name.key) || left.has(name.key)) return false;
      if (name.seconds <= secondsLeft) return true;
      tellOnce("stages that take longer than the time left are left to others");
      return false;
    });
    return known.jobs;
  }

  /** Takes a job, if nobody else has it and this machine may run it. */
  async function takeOne(name: JobName): Promise<Taken | undefined> {
    const job = queue.job(name);
    if (job === undefined) return undefined;
    if (typeof job === "string") {
      tellOnce(`Cannot run job ${name.key.slice(0, 12)}: ${job}`);
      // Whoever waits for one that is damaged writes it again.
      if (job.startsWith("it has format")) left.add(name.key);
      else await queue.removeJob(name);
      return undefined;
    }
    const unfit = unfitFor(job, place);
    if (unfit !== undefined) {
      left.add(name.key);
      tellOnce(unfit);
      return undefined;
    }
    const claim = await use.claim(name.key);
    if (claim.kind === "theirs") return undefined;
    const { lease } = claim;
    const taken = { name, job, lease, end: new AbortController() };
    // Whoever had the lease before may have ended it.
    const isThere = typeof queue.job(name) === "object";
    if (isThere && !isMade(job)) {
      if (lease.deaths < MOST_DEATHS) return taken;
      const message =
        `the worker that ran it died ${lease.deaths} times, which memory that ran out may explain; see what became of it, and run reproduce again`;
      await conclude(taken, { failure: failureOf(new Error(message)) });
    } else if (isThere) await conclude(taken, {});
    lease[Symbol.dispose]();
    return undefined;
  }

  function isMade({ key, replace }: Job): boolean {
    const record = replace ? undefined : store.recordOf(key);
    return record !== undefined &&
      Object.values(record.outputs).every(({ digest, bytes }) =>
        store.sizeOf(digest) === bytes
      );
  }

  async function conclude(
    { name }: Taken,
    end: Omit<JobEnd, "by">,
  ): Promise<void> {
    await queue.putEnd(name.key, { by, ...end });
    await queue.removeJob(name);
  }

  return {
    async take(running) {
      const names = eligible(running);
      const busy = use.taken();
      // Those that others are at come last: their worker may have died.
      const order = [
        ...names.filter(({ key }) => !busy.has(key)),
        ...names.filter(({ key }) => busy.has(key)),
      ];
      for (const name of order) {
        const first = await takeOne(name);
        if (first === undefined) continue;
        const crew = [first];
        for (const other of order) {
          if (name.group === "0" || crew.length >= first.job.most) break;
          const isOther = other.key !== name.key && other.group === name.group;
          const taken = isOther ? await takeOne(other) : undefined;
          if (taken !== undefined) crew.push(taken);
        }
        return crew;
      }
      return [];
    },

    conclude,
    isLeft: () => queue.jobs().some(({ key }) => !left.has(key)),
  };
}
