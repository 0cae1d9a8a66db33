/**
 * The words of `gc`.
 *
 * @module
 */
import { object } from "@optique/core/constructs";
import { message } from "@optique/core/message";
import { multiple, optional } from "@optique/core/modifiers";
import type { InferValue } from "@optique/core/parser";
import { option } from "@optique/core/primitives";
import { string } from "@optique/core/valueparser";
import { STORE, switched, valued, VERBOSE, whole } from "./options.ts";

/** Reads them. */
export const words = object({
  keepRuns: optional(
    valued(
      "--keep-runs",
      whole("N", { min: 0, max: Infinity }),
      "Forgets all but the newest N runs; all are remembered unless given.",
    ),
  ),
  sites: multiple(
    option("--site", string({ metavar: "DIR" }), {
      description:
        message`Keeps what this site shows as well; may be given several times.`,
      errors: {
        endOfInput: message`Cannot use option "--site": it needs a value`,
      },
    }),
  ),
  unfinished: switched(
    "--unfinished",
    "Removes checkpoints too, from which a stopped training would go on.",
  ),
  dryRun: switched("--dry-run", "Says what would be removed. Removes nothing."),
  store: STORE,
  verbose: VERBOSE,
});

/** What they ask for. */
export type Gc = InferValue<typeof words>;
