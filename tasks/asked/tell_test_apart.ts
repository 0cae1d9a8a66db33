import type { AskedSet } from "../../data/asked/asked_set.ts";
import { json } from "../../engine/define/codec.ts";
import { defineTask } from "../../engine/define/task.ts";
import { tellTestApart as tell } from "../../models/asked/tell_test_apart.ts";
import { foundTestShiftSchema } from "../../stats/asked/ask_findings_schemas.ts";

/** A reference set and a given test set without duplicates, and how many random splits to compare them with. */
export interface TellTestApartArgs {
  readonly reference: AskedSet;
  readonly test: AskedSet;
  readonly seed: number;
  readonly placebos: number;
  /** The same for class frequencies and properties. */
  readonly permutations: number;
}

/** How a test set that was given differs from the reference set. */
export const tellTestApart = defineTask({
  module: import.meta.url,
  name: "tellTestApart",
  result: json(foundTestShiftSchema.nullable()),
  run: ({ seed, placebos, permutations, ...sets }: TellTestApartArgs) =>
    tell(sets, { seed, placebos, permutations }),
});
