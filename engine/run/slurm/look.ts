/**
 * Looking at jobs: one call for all of them, and another for those that Slurm's
 * queue does not list any more.
 *
 * @module
 */
import {
  ACCOUNT_FORMAT,
  type JobState,
  phaseOf,
  QUEUE_FORMAT,
  readAccounts,
  readQueue,
} from "./job_state.ts";
import { reasonIn, type RunSlurm } from "./slurm_command.ts";
import type { Submission } from "./submission.ts";

/** What is known of the workers of submissions, by `workerName()`. */
export type Seen = ReadonlyMap<string, JobState>;

/** A worker of a submission, among those of all. */
export function workerName({ id }: Submission, worker: number): string {
  return `${id}/${worker}`;
}

/**
 * Looks for the workers of submissions in Slurm's queue. What it lists under
 * their ids but in another folder is a job of somebody else.
 *
 * @returns those that it lists, or why it gave no answer
 */
export async function lookInQueue(
  submissions: readonly Submission[],
  slurm: RunSlurm,
): Promise<Seen | string> {
  const known = submissions.filter(({ job }) => job !== undefined);
  if (known.length === 0) return new Map();
  const answer = await slurm("squeue", [
    ...QUEUE_WORDS,
    ...clustersOf(known),
    `--jobs=${known.map(idOf).join(",")}`,
  ]);
  // Of a single id that is unknown squeue makes an error, of several none.
  const isUnknown = /Invalid job id specified/i.test(answer.error);
  if (answer.code !== 0 && !isUnknown) return reasonIn(answer);
  return ofSubmissions(known, readQueue(answer.out));
}

/** The same for what accounting says of jobs that the queue has forgotten; nothing if there is no accounting. */
export async function lookInAccounts(
  submissions: readonly Submission[],
  slurm: RunSlurm,
): Promise<Seen> {
  const known = submissions.filter(({ job }) => job !== undefined);
  const answer = await slurm("sacct", [
    "--noheader",
    "--parsable2",
    "--allocations",
    "--array",
    ...clustersOf(known),
    `--format=${ACCOUNT_FORMAT}`,
    `--jobs=${known.map(idOf).join(",")}`,
  ]);
  return answer.code === 0
    ? ofSubmissions(known, readAccounts(answer.out))
    : new Map();
}

/**
 * Looks for submissions whose answer was lost, by their folders.
 *
 * @returns the id of each that the queue lists, or why it gave no answer
 */
export async function lookByFolder(
  submissions: readonly Submission[],
  slurm: RunSlurm,
): Promise<ReadonlyMap<Submission, string> | string> {
  const answer = await slurm("squeue", [...QUEUE_WORDS, "--me"]);
  if (answer.code !== 0) return reasonIn(answer);
  const jobs = readQueue(answer.out);
  return new Map(submissions.flatMap((submission) => {
    const own = jobs.filter(({ folder }) => folder === submission.folder);
    // A store that was emptied gives numbers of folders away again.
    const job = own.toSorted((a, b) => Number(a.job) - Number(b.job)).at(-1)
      ?.job;
    return job === undefined ? [] : [[submission, job]];
  }));
}

/** Whether Slurm may have workers of submissions: it lists one that has not ended, or cannot be asked. */
export async function mayHaveWorkers(
  submissions: readonly Submission[],
  slurm: RunSlurm,
): Promise<boolean> {
  if (submissions.some(({ job }) => job === undefined)) return true;
  const listed = await lookInQueue(submissions, slurm);
  return typeof listed === "string" ||
    [...listed.values()].some(({ state }) => phaseOf(state) !== "ended");
}

const QUEUE_WORDS = [
  "--noheader",
  "--array",
  "--states=all",
  `--format=${QUEUE_FORMAT}`,
];

/** Slurm's id of a submission, without its cluster. */
export function idOf({ job = "" }: Submission): string {
  return job.split(";")[0] ?? "";
}

/** The words that name the clusters of submissions, where Slurm has several. */
export function clustersOf(
  submissions: readonly Submission[],
): readonly string[] {
  const clusters = new Set(
    submissions.flatMap(({ job = "" }) => job.split(";").slice(1)),
  );
  return clusters.size === 0 ? [] : [`--clusters=${[...clusters].join(",")}`];
}

function ofSubmissions(
  submissions: readonly Submission[],
  jobs: readonly JobState[],
): Seen {
  const byPlace = new Map(
    submissions.map((one) => [`${idOf(one)} ${one.folder}`, one]),
  );
  return new Map(jobs.flatMap((job) => {
    const found = byPlace.get(`${job.job} ${job.folder}`);
    return found === undefined ? [] : [[workerName(found, job.worker), job]];
  }));
}
