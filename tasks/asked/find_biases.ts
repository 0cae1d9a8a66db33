import { z } from "zod";
import type { AskedSet } from "../../data/asked/asked_set.ts";
import { json } from "../../engine/define/codec.ts";
import { defineTask } from "../../engine/define/task.ts";
import { findBiases as find } from "../../models/asked/find_biases.ts";
import type { Parts } from "../../shifts/measure/parts.ts";
import {
  foundBiasSchema,
  foundLabelsSchema,
} from "../../stats/asked/ask_findings_schemas.ts";

/** Sets without duplicates, the parts of the shifted one, and how many random splits to compare them with. */
export interface FindBiasesArgs {
  readonly reference: AskedSet;
  readonly test: AskedSet;
  readonly shifted: AskedSet;
  readonly parts: Parts;
  /** All examples of two of the sets, before some were drawn. */
  readonly wholeTest: AskedSet;
  readonly wholeShifted: AskedSet;
  readonly seed: number;
  readonly placebos: number;
}

/** Class frequencies, and properties that tell the label in the reference set and not in the shifted one. */
export const findBiases = defineTask({
  module: import.meta.url,
  name: "findBiases",
  result: {
    labels: json(foundLabelsSchema.nullable()),
    biases: json(z.array(foundBiasSchema).readonly()),
  },
  run: (
    { reference, test, shifted, wholeTest, wholeShifted, ...options }:
      FindBiasesArgs,
  ) =>
    find({ reference, test, shifted }, {
      ...options,
      whole: { test: wholeTest, shifted: wholeShifted },
    }),
});
