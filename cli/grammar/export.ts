/**
 * The words of `export`.
 *
 * @module
 */
import { object } from "@optique/core/constructs";
import { optional } from "@optique/core/modifiers";
import type { InferValue } from "@optique/core/parser";
import { string } from "@optique/core/valueparser";
import { PIPELINES, PROFILE, STORE, valued, VERBOSE } from "./options.ts";

/** Reads them. */
export const words = object({
  pipelines: PIPELINES,
  profile: PROFILE,
  run: optional(
    valued(
      "--run",
      string({ metavar: "ID" }),
      "Packs what a run made or used, instead of what pipelines have now: an id, the beginning of one, latest or previous.",
    ),
  ),
  to: optional(
    valued(
      "--to",
      string({ metavar: "FILE" }),
      "The archive, shiftline-store.tar unless said otherwise; - is the standard output.",
    ),
  ),
  store: STORE,
  verbose: VERBOSE,
});

/** What they ask for. */
export type Export = InferValue<typeof words>;
