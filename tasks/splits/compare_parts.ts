import { z } from "zod";
import { json } from "../../engine/define/codec.ts";
import { defineTask } from "../../engine/define/task.ts";
import type { Parts } from "../../shifts/measure/parts.ts";
import {
  agreementOf,
  agreementSchema,
} from "../../stats/intervals/agreement.ts";

/** Two ways to split the same examples. */
export interface ComparePartsArgs {
  readonly first: Parts;
  readonly second: Parts;
}

/** How far two splits of the same examples agree. */
export const compareParts = defineTask({
  module: import.meta.url,
  name: "compareParts",
  result: {
    found: json(agreementSchema),
    agreement: json(z.number()),
    /** Cohen's kappa; null where chance agrees on all. */
    kappa: json(z.number().nullable()),
    /** Share of those in either part in support that are in both; null if there are none. */
    overlap: json(z.number().nullable()),
  },
  run({ first, second }: ComparePartsArgs) {
    const [a, b] = [first, second].map(({ inSupport }) =>
      Array.from(inSupport, (value) => value === 1)
    ) as [boolean[], boolean[]];
    const found = agreementOf(a, b);
    const { agreement, kappa, overlap } = found;
    return { found, agreement, kappa, overlap };
  },
});
