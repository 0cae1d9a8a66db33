/**
 * Submissions: arrays of workers that Slurm was asked for, each a folder in the
 * store that says so before Slurm is asked. Whoever runs on the store next finds
 * them there and asks for none twice. Files are only ever added:
 *
 *     slurm/ID/asked.json    pool, number of workers, time, checkout, device
 *     slurm/ID/pilot.sh      what each of them runs
 *     slurm/ID/job           Slurm's id of the array, once it gave one
 *     slurm/ID/N.log         what worker N said, over all its starts
 *     slurm/ID/over          that all of them have ended
 *
 * The folder is the working directory of its jobs, by which they are told from
 * other jobs: an id that Slurm has given away again is not taken for theirs.
 *
 * @module
 */
import { join } from "node:path";
import { isNumber, isString, optional, shapeOf } from "../../define/shape.ts";
import { isGone } from "../../store/disk_entry.ts";

/** One array of workers. */
export interface Submission {
  /** Name of its folder. */
  readonly id: string;
  readonly folder: string;
  /** Name of the pool. */
  readonly pool: string;
  /** How many workers were asked for: elements 0 to this of the array. */
  readonly workers: number;
  /** What its workers compute on; left out of a job that is a run. */
  readonly device?: string;
  /** Slurm's id of the array, once it is known; of several clusters `ID;CLUSTER`. */
  job?: string;
}

/** Name of the folder of submissions in a store. */
const FOLDER = "slurm";

const isAsked = shapeOf({
  pool: isString,
  workers: isNumber,
  at: isNumber,
  checkout: optional(isString),
  device: optional(isString),
});

/** Writes that workers are about to be asked for. */
export function writeSubmission(
  store: string,
  { pool, workers, script, now, checkout, device }: {
    readonly pool: string;
    readonly workers: number;
    /** What each worker runs, given the folder of the submission. */
    readonly script: (folder: string) => string;
    /** Milliseconds since 1970. */
    readonly now: number;
    /** What tells the checkout that its workers run from others. */
    readonly checkout?: string | undefined;
    /** What its workers compute on. */
    readonly device?: string | undefined;
  },
): Submission {
  const time = new Date(now).toISOString().replaceAll(/\D/g, "").slice(0, 14);
  const id = `${time}-${crypto.randomUUID().slice(0, 8)}`;
  const folder = join(store, FOLDER, id);
  Deno.mkdirSync(folder, { recursive: true });
  add(folder, "pilot.sh", script(folder));
  add(
    folder,
    "asked.json",
    JSON.stringify({ pool, workers, at: now, checkout, device }),
  );
  return {
    id,
    folder,
    pool,
    workers,
    ...device === undefined ? {} : { device },
  };
}

/** Keeps the id that Slurm gave a submission. */
export function keepJob(submission: Submission, job: string): void {
  submission.job = job;
  add(submission.folder, "job", job);
}

/** Keeps that no worker of a submission is left. */
export function keepOver({ folder }: Submission): void {
  add(folder, "over", "");
}

/**
 * The submissions of a store that are not over, oldest first.
 *
 * @param options.checkout whose workers are looked for; all are if it is left out
 */
export function openSubmissions(
  store: string,
  { checkout }: { readonly checkout?: string | undefined } = {},
): readonly Submission[] {
  const all = join(store, FOLDER);
  return namesIn(all).toSorted().flatMap((id) => {
    const folder = join(all, id);
    const files = new Set(namesIn(folder));
    if (files.has("over") || !files.has("asked.json")) return [];
    const asked = parsed(textOf(folder, "asked.json"));
    if (!isAsked(asked)) return [];
    if (asked.checkout !== (checkout ?? asked.checkout)) return [];
    const job = textOf(folder, "job");
    return [{
      id,
      folder,
      pool: asked.pool,
      workers: asked.workers,
      ...asked.device === undefined ? {} : { device: asked.device },
      ...job === "" ? {} : { job },
    }];
  });
}

/** Path of the log of a worker. */
export function logOf({ folder }: Submission, worker: number): string {
  return join(folder, `${worker}.log`);
}

/** The last lines of the log of a worker that say anything. */
export function endOfLog(
  submission: Submission,
  { worker, lines }: { readonly worker: number; readonly lines: number },
): readonly string[] {
  return textOf(submission.folder, `${worker}.log`).split("\n")
    .map((line) => line.trimEnd())
    .filter((line) => line !== "")
    .slice(-lines);
}

/** Adds a file; one that is there already stays as it is. */
function add(folder: string, name: string, text: string): void {
  try {
    Deno.writeTextFileSync(join(folder, name), text, { createNew: true });
  } catch (error) {
    if (!(error instanceof Deno.errors.AlreadyExists)) throw error;
  }
}

function namesIn(folder: string): readonly string[] {
  try {
    return [...Deno.readDirSync(folder)].map(({ name }) => name);
  } catch (error) {
    if (isAbsent(error)) return [];
    throw error;
  }
}

function textOf(folder: string, name: string): string {
  try {
    return Deno.readTextFileSync(join(folder, name)).trimEnd();
  } catch (error) {
    if (isAbsent(error)) return "";
    throw error;
  }
}

/** Whether there is no such file. */
function isAbsent(error: unknown): boolean {
  return isGone(error) || error instanceof Deno.errors.NotADirectory;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
