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
import { type JobWorkers, unfitFor, type WorkPlace } from "./job_workers.ts";
import {
  checkoutOf,
  type Job,
  type JobEnd,
  type JobName,
  type QueueFiles,
} from "./queue_files.ts";

/** A job that this process has the lease of. */
export interface Taken {
  readonly name: JobName;
  readonly job: Job;
  readonly lease: Lease;
  /** Whether the record that is there goes: it lacks artifacts, or the stage runs all the same. */
  readonly replace: boolean;
  /** Ends the stage. */
  readonly end: AbortController;
  /** Whether this process kept a checkpoint of it; `kept()` says so. */
  isKept: boolean;
}

/** The jobs of one worker. */
export interface JobSource {
  /**
   * Takes the first job that can be had, with those of its group that can.
   *
   * @param running jobs that the worker is at, by key
   */
  take(running: ReadonlyMap<Digest, Taken>): Promise<readonly Taken[]>;
  /** Says how a job ended, and takes it from the queue. */
  conclude(taken: Taken, end: Omit<JobEnd, "by">): Promise<void>;
  /** Notes that a checkpoint of a job is kept: whoever died of it before did not do so in vain. */
  kept(taken: Taken): Promise<void>;
  /**
   * Notes that a job was stopped after so many seconds, and leaves it to
   * others.
   *
   * @returns why they will not end it either, if that is so
   */
  stopped(taken: Taken, seconds: number): Promise<Error | undefined>;
  /** Whether jobs are left that this worker may run. */
  isLeft(): boolean;
  /** Why a job is left that nobody is at, and that this worker may not run though it computes on its device; `undefined` if none is. */
  refused(): string | undefined;
}

/** A stage whose worker died so often, and kept no checkpoint in between, is not tried again. */
const MOST_DEATHS = 3;

/** A stage on which workers spent all their time so often, and kept nothing, is not tried again. */
const MOST_VAIN = 2;

/** A worker with so much of its time left may begin what takes longer. */
const FRESH = 0.9;

/** A list of jobs is not read again sooner, nor before so many times what it took. */
const LISTED_MILLISECONDS = 300;
const LISTED_TIMES = 20;

/** The jobs of a worker. */
export function newJobSource(
  queue: QueueFiles,
  {
    store,
    use,
    by,
    timeLeft = Infinity,
    wayOut = "let workers stay longer (--time-left)",
    clock,
    tell,
    workers,
    ...place
  }:
    & Omit<WorkPlace, "store">
    & {
      readonly store: Store;
      readonly workers: Pick<JobWorkers, "unfitFor">;
      /** What is said of this worker. */
      readonly by: WorkedBy;
      /** Seconds from now in which the worker must have ended. */
      readonly timeLeft?: number | undefined;
      /** What helps against stages that take longer. */
      readonly wayOut?: string | undefined;
      /** Milliseconds since 1970. */
      readonly clock: () => number;
      /** Says why jobs are left alone; called once for each sentence. */
      readonly tell: (message: string) => void;
    },
): JobSource {
  const deadline = clock() + 1000 * timeLeft;
  /** Why this worker may not run jobs. */
  const left = new Map<string, string>();
  const leftAs = ({ checkout, key }: JobName) => `${checkout} ${key}`;
  /** What was told of that. */
  const told = new Set<string>();
  /** Jobs to try, the first last; of many, those of a moment ago will do. */
  let known: JobName[] = [];
  /** When they were read, and for how long that will do, in milliseconds. */
  let [readAt, restFor] = [-Infinity, 0];

  function tellOnce(message: string): void {
    if (!told.has(message)) tell(message);
    told.add(message);
  }

  /** Reads which jobs this worker may begin now. */
  function read(running: ReadonlyMap<Digest, Taken>): void {
    readAt = clock();
    const secondsLeft = (deadline - readAt) / 1000;
    const busy = use.taken();
    const [free, theirs]: [JobName[], JobName[]] = [[], []];
    for (const name of queue.jobs()) {
      if (running.has(name.key) || left.has(leftAs(name))) continue;
      // What takes longer than any worker may stay goes on from checkpoints.
      if (Math.min(name.seconds, FRESH * timeLeft) > secondsLeft) {
        tellOnce(
          "stages that take longer than the time left are left to others",
        );
      } else (busy.has(name.key) ? theirs : free).push(name);
    }
    restFor = Math.max(LISTED_MILLISECONDS, LISTED_TIMES * (clock() - readAt));
    // Those that others are at come last: their worker may have died.
    known = [...spread(free), ...theirs].reverse();
  }

  /** Takes a job, if nobody else has it and this machine may run it. */
  async function takeOne(name: JobName): Promise<Taken | undefined> {
    const job = queue.job(name);
    if (job === undefined) return undefined;
    if (typeof job === "string") {
      tellOnce(`Cannot run job ${name.key.slice(0, 12)}: ${job}`);
      // Whoever waits for one that is damaged writes it again.
      if (job.startsWith("it has format")) {
        left.set(leftAs(name), `a job is left to others: ${job}`);
      } else await queue.removeJob(name);
      return undefined;
    }
    const unfit = unfitFor(job, place) ?? workers.unfitFor(job);
    if (unfit !== undefined) {
      left.set(leftAs(name), unfit);
      tellOnce(unfit);
      return undefined;
    }
    const claim = await use.claim(name.key);
    if (claim.kind === "theirs") return undefined;
    const { lease } = claim;
    const end = new AbortController();
    const replace = store.recordOf(job.key) !== undefined;
    const taken = { name, job, lease, replace, end, isKept: false };
    // Whoever had the lease before may have ended it.
    const isThere = typeof queue.job(name) === "object";
    if (isThere && !isMade(job)) {
      const deaths = lease.deaths - queue.toil(name.key).outlived;
      if (deaths < MOST_DEATHS) return taken;
      const message =
        `the worker that ran it died ${deaths} times, and kept no checkpoint in between; memory or time that ran out may explain it: see what became of it, and run reproduce again`;
      await conclude(taken, { failure: failureOf(new Error(message)) });
    } else if (isThere) await conclude(taken, {});
    lease[Symbol.dispose]();
    return undefined;
  }

  /** Takes what may run as one job with another, so far as it is free. */
  async function othersOf({ name, job }: Taken): Promise<readonly Taken[]> {
    const others: Taken[] = [];
    if (name.group === "0") return others;
    const isAlike = ({ group }: JobName) => group === name.group;
    const alike = known.filter(isAlike);
    const apart: JobName[] = [];
    while (others.length + 1 < job.most) {
      const other = alike.pop();
      if (other === undefined) break;
      // Another run may have the same stages of other code.
      const found = queue.job(other);
      if (typeof found === "object" && found.code !== job.code) {
        apart.push(other);
        continue;
      }
      const taken = await takeOne(other);
      if (taken !== undefined) others.push(taken);
    }
    const rest = new Set([...alike, ...apart]);
    known = known.filter((one) => !isAlike(one) || rest.has(one));
    return others;
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
    await queue.removeToil(name.key);
  }

  return {
    async take(running) {
      let isNew = Math.abs(clock() - readAt) > restFor; // a clock may be set back
      if (isNew) read(running);
      for (;;) {
        const name = known.pop();
        if (name === undefined) {
          if (isNew) return [];
          isNew = true; // there may be more than a moment ago
          read(running);
          continue;
        }
        const first = await takeOne(name);
        if (first !== undefined) return [first, ...await othersOf(first)];
      }
    },

    conclude,

    async kept(taken) {
      const { isKept, name, lease: { deaths } } = taken;
      taken.isKept = true;
      if (!isKept && deaths > 0) {
        await queue.putToil(name.key, { outlived: deaths });
      }
    },

    async stopped({ name: { key }, isKept }, seconds) {
      // The next worker has a lease of which nobody died.
      if (isKept) return void await queue.removeToil(key);
      const isAll = (seconds: number) => seconds >= FRESH * timeLeft;
      const { vain: before, outlived } = queue.toil(key);
      if (!isAll(seconds)) {
        // With less than all its time a worker may be too late for any stage.
        if (outlived > 0) await queue.putToil(key, { vain: before });
        return undefined;
      }
      const vain = [...before, seconds];
      if (vain.filter(isAll).length < MOST_VAIN) {
        return void await queue.putToil(key, { vain });
      }
      const minutes = Math.round(seconds / 60);
      return new Error(
        `it takes longer than a worker may stay: ${MOST_VAIN} times it ran for all of that time, the last time ${minutes} min, and kept no checkpoint; ${wayOut}, or have the stage keep checkpoints`,
      );
    },

    isLeft: () => queue.jobs().some((name) => !left.has(leftAs(name))),

    refused() {
      const devices = new Set(
        place.environments.map(({ facts }) => facts["device"]),
      ).add("any");
      // In a job it was asked for by a run of its checkout: others ask for theirs.
      const isFor = ({ checkout }: JobName) =>
        by["job"] === undefined || checkout === checkoutOf(place.root);
      const refused = queue.jobs().find((name) =>
        left.has(leftAs(name)) && devices.has(name.device) && isFor(name) &&
        use.holder(name.key) === undefined
      );
      return refused && left.get(leftAs(refused));
    },
  };
}

/**
 * Has each worker begin somewhere else among jobs that are as urgent and take
 * about as long: where all begin with the first, they find that others have
 * just made it.
 */
function spread(names: readonly JobName[]): readonly JobName[] {
  const alike = Map.groupBy(
    names,
    ({ height, seconds }) => `${height} ${Math.ceil(Math.log2(seconds + 1))}`,
  );
  return [...alike.values()].flatMap((names) => {
    const start = Math.floor(Math.random() * names.length);
    return [...names.slice(start), ...names.slice(0, start)];
  });
}
