/**
 * The words of `diff`.
 *
 * @module
 */
import { object } from "@optique/core/constructs";
import { message } from "@optique/core/message";
import { multiple } from "@optique/core/modifiers";
import type { InferValue } from "@optique/core/parser";
import { argument } from "@optique/core/primitives";
import { string } from "@optique/core/valueparser";
import { STORE, switched, VERBOSE } from "./options.ts";

/** Reads them. */
export const words = object({
  runs: multiple(
    argument(string({ metavar: "RUN" }), {
      description:
        message`The earlier run and the later one: ids, beginnings of ids, latest or previous. The previous and the latest if none is named.`,
    }),
    { max: 2 },
  ),
  json: switched("--json", "Prints every difference, as JSON."),
  store: STORE,
  verbose: VERBOSE,
});

/** What they ask for. */
export type Diff = InferValue<typeof words>;
