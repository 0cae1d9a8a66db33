/**
 * Taking workers back.
 *
 * @module
 */
import { clustersOf, idOf } from "./look.ts";
import { reasonIn, type RunSlurm } from "./slurm_command.ts";
import type { Submission } from "./submission.ts";

/** So many ids go to one scancel: a longer line is refused somewhere. */
const CHUNK = 100;

/** How often a chunk is tried. */
const TRIES = 3;

/**
 * Cancels all workers of submissions whose ids are known.
 *
 * @returns why some could not be cancelled
 */
export async function cancelJobs(
  submissions: readonly Submission[],
  slurm: RunSlurm,
): Promise<string | undefined> {
  const known = submissions.filter(({ job }) => job !== undefined);
  let failure: string | undefined;
  for (let start = 0; start < known.length; start += CHUNK) {
    const chunk = known.slice(start, start + CHUNK);
    const words = [...clustersOf(chunk), ...chunk.map(idOf)];
    failure = await cancel(words, slurm) ?? failure;
  }
  return failure;
}

/**
 * Cancels one worker of a submission whose id is known.
 *
 * @returns why it could not be cancelled
 */
export function cancelWorker(
  submission: Submission,
  { worker, slurm }: { readonly worker: number; readonly slurm: RunSlurm },
): Promise<string | undefined> {
  const words = [...clustersOf([submission]), `${idOf(submission)}_${worker}`];
  return cancel(words, slurm);
}

async function cancel(
  words: readonly string[],
  slurm: RunSlurm,
): Promise<string | undefined> {
  for (let tries = 1;; tries++) {
    const answer = await slurm("scancel", words);
    if (answer.code === 0 || isOfEnded(answer.error)) return undefined;
    if (tries === TRIES) return reasonIn(answer);
  }
}

/** Whether all that was said is that jobs have ended, which is no failure. */
function isOfEnded(error: string): boolean {
  const lines = error.split("\n").filter((line) => line.trim() !== "");
  return lines.length > 0 &&
    lines.every((line) =>
      /already completing or completed|Invalid job id/i.test(line)
    );
}
