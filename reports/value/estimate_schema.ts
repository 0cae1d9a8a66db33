import { z } from "zod";
import { errorSharesSchema } from "../../stats/lines/error_share.ts";
import type { Estimate, TooFewExamples } from "./claim.ts";
import { UNITS } from "./quantity.ts";

const unit = z.enum(UNITS);
const title = z.string().optional();

/** Schema of what a claim stands on: an estimate, or why there is none. */
export const estimateSchema: z.ZodType<Estimate | TooFewExamples> = z.union([
  z.strictObject({
    value: z.number(),
    low: z.number(),
    high: z.number(),
    unit,
    level: z.number().optional(),
    title,
    examples: z.int().nonnegative().optional(),
    shares: errorSharesSchema.optional(),
    // What `otherForms` was called until 2026-11-29. No stage gives either; without this line all splits would be measured again.
    leftOut: z.strictObject({ low: z.number(), high: z.number() }).optional(),
  }),
  z.strictObject({ tooFew: z.int().nonnegative(), unit, title }),
]);
