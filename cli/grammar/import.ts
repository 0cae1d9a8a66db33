/**
 * The words of `import`.
 *
 * @module
 */
import { object } from "@optique/core/constructs";
import { message } from "@optique/core/message";
import type { InferValue } from "@optique/core/parser";
import { argument } from "@optique/core/primitives";
import { string } from "@optique/core/valueparser";
import { STORE, VERBOSE } from "./options.ts";

/** Reads them. */
export const words = object({
  archive: argument(string({ metavar: "FILE" }), {
    description: message`An archive that export wrote.`,
    errors: { endOfInput: message`Cannot import: no archive is named` },
  }),
  store: STORE,
  verbose: VERBOSE,
});

/** What they ask for. */
export type Import = InferValue<typeof words>;
