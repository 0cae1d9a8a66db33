import type { AskedSet } from "../../data/asked/asked_set.ts";
import { json } from "../../engine/define/codec.ts";
import { defineTask } from "../../engine/define/task.ts";
import type { AskedScores } from "../../models/asked/asked_scores.ts";
import { findSupport as find } from "../../models/asked/find_support.ts";
import { parts } from "../../shifts/measure/parts.ts";
import { foundSupportSchema } from "../../stats/asked/ask_findings_schemas.ts";
import { typicality } from "../../models/asked/typicality.ts";

/** Sets without duplicates, and what classifiers say of their examples. */
export interface FindSupportArgs {
  readonly reference: AskedSet;
  readonly test: AskedSet;
  readonly shifted: AskedSet;
  readonly scores: AskedScores;
}

/** The share of the shifted set that is out of support, and who is. */
export const findSupport = defineTask({
  module: import.meta.url,
  name: "findSupport",
  result: {
    outOfSupport: json(foundSupportSchema.nullable()),
    parts,
    typicality,
  },
  run: ({ scores, ...sets }: FindSupportArgs) => find(sets, scores),
});
