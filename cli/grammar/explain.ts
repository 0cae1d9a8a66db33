/**
 * The words of `explain`.
 *
 * @module
 */
import { object } from "@optique/core/constructs";
import type { InferValue } from "@optique/core/parser";
import { DEVICE, PROFILE, STAGE, STORE, VERBOSE } from "./options.ts";

/** Reads them. */
export const words = object({
  words: STAGE,
  profile: PROFILE,
  device: DEVICE,
  store: STORE,
  verbose: VERBOSE,
});

/** What they ask for. */
export type Explain = InferValue<typeof words>;
