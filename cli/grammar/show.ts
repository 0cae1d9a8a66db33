/**
 * The words of `show`.
 *
 * @module
 */
import { object } from "@optique/core/constructs";
import { optional } from "@optique/core/modifiers";
import type { InferValue } from "@optique/core/parser";
import { string } from "@optique/core/valueparser";
import { PROFILE, STAGE, STORE, valued, VERBOSE } from "./options.ts";

/** Reads them. */
export const words = object({
  words: STAGE,
  profile: PROFILE,
  field: optional(
    valued(
      "--field",
      string({ metavar: "FIELD" }),
      "One field of the result.",
    ),
  ),
  output: optional(
    valued(
      "--output",
      string({ metavar: "FILE" }),
      "Writes the bytes to a file; - is the standard output.",
    ),
  ),
  store: STORE,
  verbose: VERBOSE,
});

/** What they ask for. */
export type Show = InferValue<typeof words>;
