/**
 * Submissions: arrays of workers that Slurm was asked for, each a folder in the
 * store that says so before Slurm is asked. Whoever runs on the store next finds
 * them there and asks for none twice. Files are only ever added:
 *
 *     slurm/ID/asked.json    pool, number of workers, time, checkout, device, cluster
 *     slurm/ID/pilot.sh      what each of them runs
 *     slurm/ID/job           Slurm's id of the array, once it gave one
 *     slurm/ID/N.log         what worker N said, over all its starts
 *     slurm/ID/over          that none is left: one that starts all the same leaves at once
 *
 * Ids are numbers, one after the other, and a folder appears with all that is in
 * it, or not at all. So of several runs that ask for workers, each knowing the
 * same submissions, one has the next number, and the others look again at what
 * there is. No clock and no sign of life decides that: a process that was paused
 * finds that its number has gone.
 *
 * The folder is the working directory of its jobs, by which they are told from
 * other jobs: an id that Slurm has given away again is not taken for theirs.
 *
 * @module
 */
import { join } from "node:path";
import { readJson } from "../../define/json.ts";
import { isNumber, isString, optional, shapeOf } from "../../define/shape.ts";
import { isGone, unlessGone } from "../../store/disk_entry.ts";

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
  /** Name of the cluster that it was asked for on, if that was known. */
  readonly cluster?: string;
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
  cluster: optional(isString),
});

/** What is to be asked for. */
export interface Asked {
  /** Name of the pool. */
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
  /** Name of the cluster. */
  readonly cluster?: string | undefined;
}

/** Number of the last submission of a store, of whatever checkout; 0 if it has none. */
export function lastNumber(store: string): number {
  let last = 0;
  for (const id of namesIn(join(store, FOLDER))) {
    last = Math.max(last, numberOf({ id }));
  }
  return last;
}

/** Number of a submission; 0 of what is none, as a folder that is still being written. */
export function numberOf({ id }: Pick<Submission, "id">): number {
  return /^\d+$/.test(id) ? Number(id) : 0;
}

/** Writes that workers are about to be asked for, whatever others have asked for. */
export function writeSubmission(store: string, asked: Asked): Submission {
  // A folder listed from a cache may lack the last ones.
  for (let after = lastNumber(store);; after++) {
    const submission = writeNext(store, { ...asked, after });
    if (submission !== undefined) return submission;
  }
}

/**
 * Writes that workers are about to be asked for, if nobody has asked for any
 * since: of several processes with the same `after`, on whatever machines, one
 * succeeds.
 *
 * @param asked.after {@linkcode lastNumber} before what was known was looked at
 * @returns `undefined` if another was faster
 */
export function writeNext(
  store: string,
  { script, now, after, ...asked }: Asked & { readonly after: number },
): Submission | undefined {
  const id = `${after + 1}`.padStart(6, "0");
  const folder = join(store, FOLDER, id);
  const aside = join(store, FOLDER, `.${crypto.randomUUID()}`);
  Deno.mkdirSync(aside, { recursive: true });
  try {
    add(aside, "pilot.sh", script(folder));
    add(aside, "asked.json", JSON.stringify({ ...asked, at: now }));
    // A folder takes the place of none that holds anything.
    Deno.renameSync(aside, folder);
  } catch (error) {
    unlessGone(() => Deno.removeSync(aside, { recursive: true }));
    if (namesIn(folder).length > 0) return undefined;
    throw error;
  }
  const { pool, workers, device, cluster } = asked;
  return { id, folder, pool, workers, ...known({ device, cluster }) };
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
  const ids = namesIn(all).filter((name) => !name.startsWith(".")).toSorted();
  return ids.flatMap((id) => {
    const folder = join(all, id);
    const files = new Set(namesIn(folder));
    if (files.has("over") || !files.has("asked.json")) return [];
    const asked = readJson(textOf(folder, "asked.json"), isAsked);
    if (asked === undefined) return [];
    if (asked.checkout !== (checkout ?? asked.checkout)) return [];
    const job = textOf(folder, "job");
    return [{
      id,
      folder,
      pool: asked.pool,
      workers: asked.workers,
      ...known(asked),
      ...job === "" ? {} : { job },
    }];
  });
}

/** What is said of a submission only where it is known. */
function known(
  { device, cluster }: {
    readonly device?: string | undefined;
    readonly cluster?: string | undefined;
  },
): Pick<Submission, "device" | "cluster"> {
  return {
    ...device === undefined ? {} : { device },
    ...cluster === undefined ? {} : { cluster },
  };
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
