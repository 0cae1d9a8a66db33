/**
 * The words of `pack`.
 *
 * @module
 */
import { object } from "@optique/core/constructs";
import { message } from "@optique/core/message";
import { optional, withDefault } from "@optique/core/modifiers";
import type { InferValue } from "@optique/core/parser";
import { argument } from "@optique/core/primitives";
import { string } from "@optique/core/valueparser";
import { valued, VERBOSE, whole } from "./options.ts";

/** Reads them. */
export const words = object({
  images: argument(string({ metavar: "FOLDER" }), {
    description:
      message`Folder with reference/CLASS/, test/CLASS/ and shifted/CLASS/, in which PNG and JPEG files lie.`,
    errors: { endOfInput: message`Cannot pack: no folder is named` },
  }),
  side: withDefault(
    valued(
      "--side",
      whole("N", { min: 8, max: 256 }),
      "Side of the images in pixels, 32 unless said otherwise.",
    ),
    32,
  ),
  to: optional(
    valued(
      "--to",
      string({ metavar: "DIR" }),
      "Folder to write, own unless said otherwise.",
    ),
  ),
  verbose: VERBOSE,
});

/** What they ask for. */
export type Pack = InferValue<typeof words>;
