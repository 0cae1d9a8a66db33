import type { AskedSet } from "../../data/asked/asked_set.ts";
import { json } from "../../engine/define/codec.ts";
import { defineTask } from "../../engine/define/task.ts";
import { askedScores } from "../../models/asked/asked_scores.ts";
import { tellApart as tell } from "../../models/asked/tell_apart.ts";
import { foundShiftSchema } from "../../stats/asked/ask_findings_schemas.ts";

/** Sets without duplicates, and how many random splits to compare them with. */
export interface TellApartArgs {
  readonly reference: AskedSet;
  readonly test: AskedSet;
  readonly shifted: AskedSet;
  readonly seed: number;
  readonly placebos: number;
}

/** Whether classifiers tell the shifted set from the reference, and what they say of every example. */
export const tellApart = defineTask({
  module: import.meta.url,
  name: "tellApart",
  result: { shift: json(foundShiftSchema.nullable()), scores: askedScores },
  run: ({ seed, placebos, ...sets }: TellApartArgs) =>
    tell(sets, { seed, placebos }),
});
