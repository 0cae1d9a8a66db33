/**
 * The words of `sign`.
 *
 * @module
 */
import { object } from "@optique/core/constructs";
import { message } from "@optique/core/message";
import type { InferValue } from "@optique/core/parser";
import { argument } from "@optique/core/primitives";
import { string } from "@optique/core/valueparser";
import { STORE, valued, VERBOSE } from "./options.ts";

/** Reads them. */
export const words = object({
  site: argument(string({ metavar: "SITE" }), {
    description: message`Folder of the site.`,
  }),
  key: valued(
    "--key",
    string({ metavar: "FILE" }),
    "Private Ed25519 key in PEM, as `openssl genpkey -algorithm ed25519 -out key.pem` makes it.",
  ),
  store: STORE,
  verbose: VERBOSE,
});

/** What they ask for. */
export type Sign = InferValue<typeof words>;
