/**
 * The words of `crate`.
 *
 * @module
 */
import { object } from "@optique/core/constructs";
import { message } from "@optique/core/message";
import { withDefault } from "@optique/core/modifiers";
import type { InferValue } from "@optique/core/parser";
import { argument } from "@optique/core/primitives";
import { string } from "@optique/core/valueparser";
import { STORE, switched, valued, VERBOSE } from "./options.ts";

/** Reads them. */
export const words = object({
  run: withDefault(
    argument(string({ metavar: "RUN" }), {
      description:
        message`Id of the run, the beginning of one, latest (unless said otherwise) or previous.`,
    }),
    "latest",
  ),
  to: valued(
    "--to",
    string({ metavar: "DIR" }),
    "Folder of the crate: a new one, or an empty one.",
  ),
  withoutArtifacts: switched(
    "--without-artifacts",
    "Names artifacts by their digest instead of copying them.",
  ),
  store: STORE,
  verbose: VERBOSE,
});

/** What they ask for. */
export type Crate = InferValue<typeof words>;
