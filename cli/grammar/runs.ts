/**
 * The words of `runs`.
 *
 * @module
 */
import { object } from "@optique/core/constructs";
import type { InferValue } from "@optique/core/parser";
import { STORE, switched, VERBOSE } from "./options.ts";

/** Reads them. */
export const words = object({
  json: switched("--json", "Prints the runs as JSON."),
  store: STORE,
  verbose: VERBOSE,
});

/** What they ask for. */
export type Runs = InferValue<typeof words>;
