/**
 * The words of `reproduce`.
 *
 * @module
 */
import { object } from "@optique/core/constructs";
import { optional } from "@optique/core/modifiers";
import { string } from "@optique/core/valueparser";
import type { InferValue } from "@optique/core/parser";
import {
  DEVICE,
  FORCE,
  MIRROR,
  PIPELINES,
  PROFILE,
  SITE,
  STORE,
  switched,
  valued,
  VERBOSE,
  whole,
} from "./options.ts";

/** Reads them. */
export const words = object({
  pipelines: PIPELINES,
  profile: PROFILE,
  device: DEVICE,
  fallBack: optional(
    valued(
      "--fall-back",
      string({ metavar: "DEVICE" }),
      "Goes on on this device if a GPU fails twice in one stage; otherwise the stage fails.",
    ),
  ),
  force: FORCE,
  jobs: optional(
    valued(
      "--jobs",
      whole("N", { min: 1, max: Infinity }),
      "How many stages may run at once; one a processor core otherwise, fewer where memory is short.",
    ),
  ),
  failFast: switched(
    "--fail-fast",
    "Ends the run at the first failure; otherwise what does not depend on it still runs.",
  ),
  store: STORE,
  site: SITE,
  mirror: MIRROR,
  remote: optional(
    valued(
      "--remote",
      string({ metavar: "URL" }),
      "A second store over HTTP, asked for what this one lacks.",
    ),
  ),
  push: switched("--push", "Writes new results to the remote as well."),
  json: switched("--json", "Prints one event a line, as JSON."),
  noWait: switched("--no-wait", "Fails if another run holds the store."),
  verbose: VERBOSE,
});

/** What they ask for. */
export type Reproduce = InferValue<typeof words>;
