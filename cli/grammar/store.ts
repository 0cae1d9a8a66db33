/**
 * The words of `store`.
 *
 * @module
 */
import { object } from "@optique/core/constructs";
import type { InferValue } from "@optique/core/parser";
import { STORE, switched, VERBOSE } from "./options.ts";

/** Reads them. */
export const words = object({
  json: switched("--json", "Prints the numbers as JSON."),
  store: STORE,
  verbose: VERBOSE,
});

/** What they ask for. */
export type StoreWords = InferValue<typeof words>;
