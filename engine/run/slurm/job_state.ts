/**
 * What Slurm says of jobs, and what that means for a worker.
 *
 * @module
 */

/** What Slurm says of one element of an array. */
export interface JobState {
  /** Slurm's id of the array. */
  readonly job: string;
  /** Which element it is. */
  readonly worker: number;
  /** Slurm's word, such as `RUNNING`. */
  readonly state: string;
  readonly node: string;
  readonly reason: string;
  /** Its working directory. */
  readonly folder: string;
}

/** What squeue is asked to print of each job. */
export const QUEUE_FORMAT = "%i|%T|%N|%r|%Z";

/** Reads what squeue prints of jobs in {@linkcode QUEUE_FORMAT}; lines of a site's own are skipped. */
export function readQueue(out: string): readonly JobState[] {
  return out.split("\n").flatMap((line) => {
    const match = /^(\d+)_(\d+)\|([A-Z_]+)\|([^|]*)\|([^|]*)\|(.*)$/
      .exec(line.trim());
    if (match === null) return [];
    const [
      ,
      job = "",
      worker,
      state = "",
      node = "",
      reason = "",
      folder = "",
    ] = match;
    return [{ job, worker: Number(worker), state, node, reason, folder }];
  });
}

/** What sacct is asked to print of each job. */
export const ACCOUNT_FORMAT = "JobID,State,NodeList,ExitCode,WorkDir";

/** Reads what `sacct -P` prints of jobs in {@linkcode ACCOUNT_FORMAT}. */
export function readAccounts(out: string): readonly JobState[] {
  return out.split("\n").flatMap((line) => {
    const match =
      /^(\d+)_(\d+)\|([A-Z_]+(?: by \d+)?)\+?\|([^|]*)\|(\d+):(\d+)\|(.*)$/
        .exec(line.trim());
    if (match === null) return [];
    const [
      ,
      job = "",
      worker,
      state = "",
      nodes = "",
      code,
      signal,
      folder = "",
    ] = match;
    const node = nodes === "None assigned" ? "" : nodes;
    const reason = signal !== "0"
      ? `signal ${signal}`
      : code !== "0"
      ? `exit code ${code}`
      : "None";
    return [{ job, worker: Number(worker), state, node, reason, folder }];
  });
}

/** States after which a job never runs again. One that is `REVOKED` runs at another cluster of a federation. */
const ENDED = new Set([
  "BOOT_FAIL",
  "CANCELLED",
  "COMPLETED",
  "DEADLINE",
  "FAILED",
  "NODE_FAIL",
  "OUT_OF_MEMORY",
  "PREEMPTED",
  "TIMEOUT",
]);

const WAITING = new Set([
  "PENDING",
  "REQUEUED",
  "REQUEUE_FED",
  "REQUEUE_HOLD",
  "RESV_DEL_HOLD",
  "SPECIAL_EXIT",
]);

/** What a state means for a worker; a word that is new to us is one that may run. */
export function phaseOf(state: string): "pending" | "running" | "ended" {
  const [word = ""] = state.split(" ");
  if (ENDED.has(word)) return "ended";
  return WAITING.has(word) ? "pending" : "running";
}

/**
 * Whether Slurm itself holds a job, since it could not be started, was put back
 * into the queue too often, or its reservation is over: it waits until somebody
 * lets it go.
 */
export function isGivenUp({ state, reason }: JobState): boolean {
  return state === "RESV_DEL_HOLD" || phaseOf(state) === "pending" &&
      /^(launch[ _]fail(ed|ure)[ _](.*[ _])?requeued[ _]held|JobHoldMaxRequeue)$/i
        .test(reason);
}
