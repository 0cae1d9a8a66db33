/**
 * Asking Slurm for workers: one array for many of them.
 *
 * @module
 */
import { NOTICE_SECONDS, type Pool } from "./pools.ts";
import { reasonIn, type RunSlurm } from "./slurm_command.ts";
import { keepJob, type Submission } from "./submission.ts";

/** Options of sbatch that are set here, and what for. */
const OWN: Readonly<Record<string, string>> = {
  array: "its size follows the work",
  a: "its size follows the work",
  wrap: "what a job runs is a worker",
  chdir: "by its folder a job is known",
  D: "by its folder a job is known",
  output: "its log lies in the store",
  o: "its log lies in the store",
  signal: "it is how a worker hears of its time limit",
  parsable: "the id is read from it",
  "test-only": "a run needs workers",
  "no-requeue": "a worker whose node fails starts again",
  wait: "the run waits by itself",
  W: "the run waits by itself",
};

/** What cannot be handed to sbatch of some words, or `undefined` if all can. */
export function unusableWord(words: readonly string[]): string | undefined {
  for (const word of words) {
    const option = /^--?([A-Za-z][\w-]*)/.exec(word)?.[1] ?? "";
    const name = word.startsWith("--") ? option : option.slice(0, 1);
    const why = Object.hasOwn(OWN, name) ? OWN[name] : undefined;
    if (why !== undefined) {
      return `Cannot hand "${word}" to sbatch: it is set already (${why}); leave it out`;
    }
  }
  return undefined;
}

/** What sbatch is told of a worker, without which folder it is of. */
function wordsOf(pool: Pool, extra: readonly string[]): readonly string[] {
  const { partition, gres, constraint, memory, seconds, cpus, name } = pool;
  return [
    `--job-name=shiftline-${name}`,
    ...partition === undefined ? [] : [`--partition=${partition}`],
    ...gres === undefined ? [] : [`--gres=${gres}`],
    ...constraint === undefined ? [] : [`--constraint=${constraint}`],
    ...memory === undefined ? [] : [`--mem=${memory}`],
    `--time=${Math.ceil(seconds / 60)}`,
    "--nodes=1",
    "--ntasks=1",
    `--cpus-per-task=${cpus}`,
    ...pool.extra,
    ...extra,
  ];
}

/** What became of a submission. */
export type Submitted =
  | { readonly kind: "taken" }
  | { readonly kind: "refused"; readonly why: string }
  /** Slurm gave no answer: it may have taken the workers, and the submission has no `job`. */
  | { readonly kind: "unknown"; readonly why: string };

/** Submits the workers of a submission. */
export async function submit(
  submission: Submission,
  { pool, extra, slurm }: {
    readonly pool: Pool;
    readonly extra: readonly string[];
    readonly slurm: RunSlurm;
  },
): Promise<Submitted> {
  const { folder, workers } = submission;
  const answer = await slurm("sbatch", [
    ...wordsOf(pool, extra),
    // Ours last: of an option that is given twice the last counts.
    "--parsable",
    `--array=0-${workers - 1}`,
    "--requeue",
    "--open-mode=append",
    `--signal=B:USR1@${NOTICE_SECONDS}`,
    `--output=${folder.replaceAll("%", "%%")}/%a.log`,
    `--chdir=${folder}`,
    `${folder}/pilot.sh`,
  ]);
  const job = jobIn(answer.out);
  if (answer.code === 0 && job !== undefined) {
    keepJob(submission, job);
    return { kind: "taken" };
  }
  const isUnknown = isUnsettled(answer.code, answer.error);
  return {
    kind: isUnknown ? "unknown" : "refused",
    why: answer.code === 0 ? "it gave no id" : reasonIn(answer),
  };
}

/** The id in what `sbatch --parsable` says, which a site may begin with lines of its own. */
export function jobIn(out: string): string | undefined {
  return out.split("\n").map((line) => line.trim())
    .findLast((line) => /^\d+(;[\w.-]+)?$/.test(line));
}

/** Whether the controller may have taken a job whose submission gave an error. */
function isUnsettled(code: number, error: string): boolean {
  return code <= 0 ||
    // Slurm's own words: a site may say whom to contact.
    /unable to contact slurm|timed out|communication connection failure|connection (refused|reset|aborted)|zero bytes|broken pipe/i
      .test(error);
}

/**
 * Asks Slurm whether it would take a worker of a pool, without submitting any.
 *
 * @returns its reason if it would not
 * @throws {Error} if it gives no answer
 */
export async function refusal(
  pool: Pool,
  { extra, slurm }: {
    readonly extra: readonly string[];
    readonly slurm: RunSlurm;
  },
): Promise<string | undefined> {
  const ask = (...more: readonly string[]) =>
    slurm("sbatch", [
      ...wordsOf(pool, extra),
      ...more,
      "--requeue",
      `--signal=B:USR1@${NOTICE_SECONDS}`,
      "--wrap=true",
    ]);
  let answer = await ask("--test-only");
  if (answer.code !== 0 && MAY_WAIT.test(answer.error)) {
    answer = await ask(
      ...["--begin=now+1hour", "--parsable", "--output=/dev/null"],
    );
    const [job, cluster] = jobIn(answer.out)?.split(";") ?? [];
    if (job !== undefined) {
      const where = cluster === undefined ? [] : [`--clusters=${cluster}`];
      await slurm("scancel", [...where, job]);
    }
  }
  if (answer.code === 0) return undefined;
  const reason = reasonIn(answer);
  if (isUnsettled(answer.code, answer.error) || NO_CLUSTER.test(answer.error)) {
    throw new Error(
      `Cannot use Slurm: it gives no answer (${reason}); try where and when \`squeue\` gives one, or leave out --executor`,
    );
  }
  return reason;
}

/** What Slurm's commands say on a machine that knows of no cluster. */
const NO_CLUSTER = /fatal: .*configuration (source|file)/;

/**
 * What a dry run says of nodes that no cluster has, and of such as are all down,
 * drained or reserved for maintenance: then jobs are taken, and wait. A job
 * that is to begin later, and is cancelled at once, tells which it is.
 */
const MAY_WAIT = /Requested node configuration is not available/;

/** What Slurm says of its cluster. */
export interface ClusterFacts {
  /** How many elements an array may have. */
  readonly largestArray: number;
  /** Its name, if Slurm gave an answer. */
  readonly cluster?: string;
}

/** Asks Slurm about its cluster. */
export async function clusterFacts(slurm: RunSlurm): Promise<ClusterFacts> {
  const { out } = await slurm("scontrol", ["show", "config"]);
  const said = (name: string) =>
    new RegExp(`^${name}\\s*=\\s*(\\S+)`, "m").exec(out)?.[1];
  const size = Number(said("MaxArraySize"));
  const cluster = said("ClusterName");
  return {
    largestArray: size > 0 ? size : USUAL_ARRAY,
    ...cluster === undefined ? {} : { cluster },
  };
}

/** Slurm's own default of MaxArraySize. */
const USUAL_ARRAY = 1001;
