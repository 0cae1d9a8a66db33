/**
 * The words of `plan`.
 *
 * @module
 */
import { object } from "@optique/core/constructs";
import type { InferValue } from "@optique/core/parser";
import {
  DEVICE,
  FORCE,
  PIPELINES,
  PROFILE,
  STORE,
  VERBOSE,
} from "./options.ts";

/** Reads them. */
export const words = object({
  pipelines: PIPELINES,
  profile: PROFILE,
  device: DEVICE,
  force: FORCE,
  store: STORE,
  verbose: VERBOSE,
});

/** What they ask for. */
export type Plan = InferValue<typeof words>;
