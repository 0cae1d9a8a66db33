import type { AskedSet } from "../../data/asked/asked_set.ts";
import { json } from "../../engine/define/codec.ts";
import { defineTask } from "../../engine/define/task.ts";
import { tellTestApart as tell } from "../../models/asked/tell_apart.ts";
import { shiftAreaSchema } from "../../stats/asked/ask_findings_schemas.ts";

/** A reference set and a given test set without duplicates, and how many random splits to compare them with. */
export interface TellTestApartArgs {
  readonly reference: AskedSet;
  readonly test: AskedSet;
  readonly seed: number;
  readonly placebos: number;
}

/** Whether classifiers tell a test set that was given from the reference set. */
export const tellTestApart = defineTask({
  module: import.meta.url,
  name: "tellTestApart",
  result: json(shiftAreaSchema.nullable()),
  run: ({ seed, placebos, ...sets }: TellTestApartArgs) =>
    tell(sets, { seed, placebos }),
});
