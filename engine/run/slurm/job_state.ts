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

/** Reads what squeue prints of jobs in {@linkcode QUEUE_FORMAT}. */
export function readQueue(out: string): readonly JobState[] {
  return jobsIn(
    out,
    /^(?<job>\d+)_(?<worker>\d+)\|(?<state>[A-Z_]+)\|(?<node>[^|]*)\|(?<reason>[^|]*)\|(?<folder>.*)$/,
  );
}

/** What sacct is asked to print of each job. */
export const ACCOUNT_FORMAT = "JobID,State,NodeList,ExitCode,WorkDir";

/** Reads what `sacct -P` prints of jobs in {@linkcode ACCOUNT_FORMAT}. */
export function readAccounts(out: string): readonly JobState[] {
  return jobsIn(
    out,
    /^(?<job>\d+)_(?<worker>\d+)\|(?<state>[A-Z_]+(?: by \d+)?)\+?\|(?<node>[^|]*)\|(?<reason>\d+:\d+)\|(?<folder>.*)$/,
  ).map(({ node, reason, ...job }) => {
    const [code, signal] = reason.split(":");
    return {
      ...job,
      node: node === "None assigned" ? "" : node,
      reason: signal !== "0"
        ? `signal ${signal}`
        : code !== "0"
        ? `exit code ${code}`
        : "None",
    };
  });
}

/** The jobs in lines of a form that names their fields; lines of a site's own are skipped. */
function jobsIn(out: string, form: RegExp): readonly JobState[] {
  return out.split("\n").flatMap((line) => {
    const fields = form.exec(line.trim())?.groups as
      | Readonly<Record<keyof JobState, string>>
      | undefined;
    return fields === undefined
      ? []
      : [{ ...fields, worker: Number(fields.worker) }];
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
