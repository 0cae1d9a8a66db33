import { z } from "zod";
import type { AskedSet } from "../../data/asked/asked_set.ts";
import { json } from "../../engine/define/codec.ts";
import { defineTask } from "../../engine/define/task.ts";
import type { AskedScores } from "../../models/asked/asked_scores.ts";
import {
  attributeTrial as attribute,
  type TrialHits,
} from "../../models/asked/attribute_trial.ts";
import type { Parts } from "../../shifts/measure/parts.ts";
import {
  foundDropSchema,
  worstGroupSchema,
} from "../../stats/asked/ask_findings_schemas.ts";

/** Sets without duplicates, what classifiers say of them, the parts of the shifted one, and what the networks of a trial have right of them. */
export interface AttributeTrialArgs extends TrialHits {
  readonly reference: AskedSet;
  readonly test: AskedSet;
  readonly shifted: AskedSet;
  readonly scores: AskedScores;
  readonly parts: Parts;
  readonly seed: number;
  readonly resamples: number;
}

/** How much accuracy the networks of a trial lose, and where. */
export const attributeTrial = defineTask({
  module: import.meta.url,
  name: "attributeTrial",
  result: {
    drop: json(foundDropSchema.nullable()),
    worstGroups: json(z.array(worstGroupSchema).readonly()),
    fineTunedDrop: json(foundDropSchema.nullable()),
  },
  run: ({ reference, test, shifted, ...options }: AttributeTrialArgs) =>
    attribute({ reference, test, shifted }, options),
});
