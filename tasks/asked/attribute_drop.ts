import { z } from "zod";
import type { AskedSet } from "../../data/asked/asked_set.ts";
import { json } from "../../engine/define/codec.ts";
import { defineTask } from "../../engine/define/task.ts";
import type { AskedScores } from "../../models/asked/asked_scores.ts";
import { attributeDrop as attribute } from "../../models/asked/attribute_drop.ts";
import type { Parts } from "../../shifts/measure/parts.ts";
import {
  foundDropSchema,
  worstGroupSchema,
} from "../../stats/asked/ask_findings_schemas.ts";

/** Sets without duplicates, what classifiers say of them, and the parts of the shifted one. */
export interface AttributeDropArgs {
  readonly reference: AskedSet;
  readonly test: AskedSet;
  readonly shifted: AskedSet;
  readonly scores: AskedScores;
  readonly parts: Parts;
  /** All examples of two of the sets, before some were drawn. */
  readonly wholeTest: AskedSet;
  readonly wholeShifted: AskedSet;
  readonly seed: number;
  readonly resamples: number;
}

/** How much accuracy is lost, and where. */
export const attributeDrop = defineTask({
  module: import.meta.url,
  name: "attributeDrop",
  result: {
    drop: json(foundDropSchema.nullable()),
    worstGroups: json(z.array(worstGroupSchema).readonly()),
  },
  run: (
    { reference, test, shifted, wholeTest, wholeShifted, ...options }:
      AttributeDropArgs,
  ) =>
    attribute({ reference, test, shifted }, {
      ...options,
      whole: { test: wholeTest, shifted: wholeShifted },
    }),
});
