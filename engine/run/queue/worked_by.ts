/**
 * Which worker made a stage, for records and for people.
 *
 * @module
 */
import type { WorkedBy } from "../../store/historic_run.ts";

/** What of a worker is said of the stages that it makes. */
export function byOf(
  { node, pid, job, gpu }: {
    readonly node: string;
    readonly pid: number;
    readonly job?: string | undefined;
    readonly gpu?: string | undefined;
  },
): WorkedBy {
  return {
    ...node === "" ? {} : { node },
    pid: `${pid}`,
    ...job === undefined ? {} : { job },
    ...gpu === undefined ? {} : { gpu },
  };
}

/** Where a stage was made, in words: `host-b, job 123_4`. */
export function placeOf(by: WorkedBy): string {
  const { node, job, pid }: Partial<WorkedBy> = by;
  return [
    node ?? (pid === undefined ? undefined : `process ${pid}`),
    job === undefined ? undefined : `job ${job}`,
  ].filter((part) => part !== undefined).join(", ");
}
