/**
 * What happened to a worker, or why it waits, in words.
 *
 * @module
 */
import { isGivenUp, type JobState } from "./job_state.ts";
import type { Pool } from "./pools.ts";

/**
 * Why a worker ended otherwise than by leaving, or was cancelled since it would
 * never start; `undefined` if it left because nothing was to do.
 *
 * @param options.log the last lines that it wrote
 */
export function endOf(
  ended: JobState,
  { pool, log }: {
    readonly pool: Pick<Pool, "name" | "memory">;
    readonly log: readonly string[];
  },
): string | undefined {
  const { state, reason, node, job, worker } = ended;
  const [word = "", ...by] = state.split(" ");
  if (word === "COMPLETED") return undefined;
  const place = node === "" ? "" : ` on ${node}`;
  const who = `Worker ${job}_${worker} of pool "${pool.name}"${place}`;
  if (isGivenUp(ended)) {
    return `${who} was cancelled, since Slurm had given up starting it (${reason})`;
  }
  const field = (name: string) => `"${name}" of the pool`;
  if (word === "OUT_OF_MEMORY" || (word === "FAILED" && isOfMemory(log))) {
    const limit = pool.memory === undefined ? "" : ` (${pool.memory})`;
    return `${who} was ended for using more memory than it may${limit}; raise ${
      field("memory")
    }, or lower its "jobs"`;
  }
  switch (word) {
    case "TIMEOUT":
      return `${who} reached its time limit before its stages had ended; their checkpoints are kept; raise ${
        field("time")
      } if this comes again`;
    case "NODE_FAIL":
      return `${who} was lost with its node, which failed`;
    case "BOOT_FAIL":
      return `${who} did not start: its node could not be booted`;
    case "PREEMPTED":
      return `${who} was preempted by a job of higher priority`;
    case "CANCELLED":
      return `${who} was cancelled by hand${
        by.length === 2 ? ` (by user ${by[1]})` : ""
      }`;
    case "DEADLINE":
      return `${who} was ended at the deadline that it was given`;
    case "FAILED":
      return `${who} failed${
        reason === "" || reason === "None" ? "" : ` (${reason})`
      }`;
    default:
      return `${who} ended as ${word}`;
  }
}

/** Whether the last lines of a log tell that memory was short, where Slurm's state does not. */
function isOfMemory(log: readonly string[]): boolean {
  return log.some((line) =>
    /exceeded (job |step )?memory limit|oom[-_ ]?kill/i.test(line)
  );
}

/** Reasons for which a job waits that need more words than Slurm has for them. */
const REASONS: Readonly<Record<string, string>> = {
  None: "not looked at yet",
  Priority: "others come first",
  Resources: "no node is free",
  BeginTime:
    "it may not start yet; what was put back into the queue waits two minutes",
  JobHeldUser: `it is held; "scontrol release" lets it go`,
  "job requeued in held state": `"scontrol release" lets it go`,
  JobHeldAdmin: "an administrator holds it",
  Dependency: "it waits for another job",
  PartitionDown: "the partition is down",
  PartitionInactive: "the partition takes no jobs",
  PartitionNodeLimit: "the partition has no such nodes",
  PartitionTimeLimit: "the partition does not let jobs stay so long",
  ReqNodeNotAvail: "the nodes that would do are down or reserved",
  BadConstraints: "no node can ever do",
  InvalidAccount: "the account is not known",
  InvalidQOS: "the QOS is not known",
  NodeDown: "its node is down",
  Reservation: "it waits for its reservation",
  JobArrayTaskLimit: "as many of its array as may run do",
};

/** Why jobs wait: Slurm's word, and what it means where that is known. */
export function waitingFor(reason: string): string {
  const [word = ""] = reason.split(/[,(]/);
  const words = Object.hasOwn(REASONS, word) ? REASONS[word] : undefined;
  if (words !== undefined) return `${word}: ${words}`;
  if (/^(QOS|Assoc)/.test(word)) return `${word}: a limit of your account`;
  return word;
}
