import type { AskedSet } from "../../data/asked/asked_set.ts";
import { json } from "../../engine/define/codec.ts";
import { defineTask } from "../../engine/define/task.ts";
import { findTrainedSupport as find } from "../../models/asked/find_trained_support.ts";
import { typicality } from "../../models/asked/typicality.ts";
import { parts } from "../../shifts/measure/parts.ts";
import type { DomainScores } from "../../shifts/measure/support_split.ts";
import { foundSupportSchema } from "../../stats/asked/ask_findings_schemas.ts";

/** Sets without duplicates, and what networks say of them that were fine-tuned to tell them apart. */
export interface FindTrainedSupportArgs {
  readonly test: AskedSet;
  readonly shifted: AskedSet;
  /** By name of the network; all with the same folds. */
  readonly networks: Readonly<Record<string, DomainScores>>;
}

/** The share of the shifted set that is out of support, and who is, by fine-tuned networks. */
export const findTrainedSupport = defineTask({
  module: import.meta.url,
  name: "findTrainedSupport",
  result: {
    outOfSupport: json(foundSupportSchema.nullable()),
    parts,
    typicality,
  },
  run: ({ networks, ...sets }: FindTrainedSupportArgs) => find(sets, networks),
});
