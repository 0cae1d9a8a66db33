/**
 * How the stages of a report fared, in a sentence.
 *
 * @module
 */
import { durationOf, stateOf } from "../figures/stage_graph/stage_graph.ts";
import type { Provenance } from "../runs/stage_provenance.ts";
import { counted } from "../value/wording.ts";

const WORDS = {
  ran: "ran",
  reused: "reused from the store",
  failed: "failed",
  blocked: "could not run",
} as const;

/** `40 stages: 3 ran, 37 reused from the store; 5 min 3 s of computing time in total.` */
export function aboutStages({ stages }: Provenance): string {
  const states = stateOf(stages, (state) => WORDS[state]);
  return `${counted(stages.length, "stage")}: ${states}; ${
    durationOf(stages)
  } of computing time in total.`;
}
