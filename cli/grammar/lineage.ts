/**
 * The words of `lineage`.
 *
 * @module
 */
import { object } from "@optique/core/constructs";
import { message } from "@optique/core/message";
import { optional } from "@optique/core/modifiers";
import type { InferValue } from "@optique/core/parser";
import { argument } from "@optique/core/primitives";
import { string } from "@optique/core/valueparser";
import { profileOption, SITE, STORE, switched, VERBOSE } from "./options.ts";

/** Reads them. */
export const words = object({
  target: argument(string({ metavar: "FILE|FIGURE|DIGEST" }), {
    description:
      message`A file of the site, a figure, picture, table or claim as PIPELINE/ID, a whole report as PIPELINE, or the digest of an artifact.`,
  }),
  profile: optional(
    profileOption(
      "Scale of the run: smoke, default or full; otherwise that of the site for a file of it, and default for all else.",
    ),
  ),
  json: switched("--json", "Prints the stages as JSON."),
  store: STORE,
  site: SITE,
  verbose: VERBOSE,
});

/** What they ask for. */
export type Lineage = InferValue<typeof words>;
