/**
 * How the stages of a report fared, in a sentence.
 *
 * @module
 */
import type { Provenance } from "../runs/stage_provenance.ts";
import { formatCount, formatDuration } from "../value/quantity.ts";
import { counted } from "../value/wording.ts";

const WORDS = {
  ran: "ran",
  reused: "reused from the store",
  failed: "failed",
  blocked: "could not run",
} as const;

/** `40 stages: 3 ran, 37 reused from the store; 5 min 3 s of computing time in total.` */
export function aboutStages({ stages }: Provenance): string {
  const counts = (Object.keys(WORDS) as (keyof typeof WORDS)[]).flatMap(
    (state) => {
      const n = stages.filter((stage) => stage.state === state).length;
      return n === 0 ? [] : [`${formatCount(n)} ${WORDS[state]}`];
    },
  );
  const seconds = stages.reduce((sum, stage) => sum + stage.seconds, 0);
  return `${counted(stages.length, "stage")}: ${counts.join(", ")}; ${
    formatDuration(seconds)
  } of computing time in total.`;
}
