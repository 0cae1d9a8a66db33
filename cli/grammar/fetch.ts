/**
 * The words of `fetch`.
 *
 * @module
 */
import { object } from "@optique/core/constructs";
import { optional } from "@optique/core/modifiers";
import type { InferValue } from "@optique/core/parser";
import { string } from "@optique/core/valueparser";
import { MIRROR, PIPELINES, valued, VERBOSE } from "./options.ts";

/** Reads them. */
export const words = object({
  pipelines: PIPELINES,
  to: optional(
    valued(
      "--to",
      string({ metavar: "DIR" }),
      "Folder to fill, mirror unless said otherwise.",
    ),
  ),
  mirror: MIRROR,
  verbose: VERBOSE,
});

/** What they ask for. */
export type Fetch = InferValue<typeof words>;
