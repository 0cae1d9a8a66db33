/**
 * The words of `verify`.
 *
 * @module
 */
import { object } from "@optique/core/constructs";
import { message, text } from "@optique/core/message";
import { multiple, optional, withDefault } from "@optique/core/modifiers";
import type { InferValue } from "@optique/core/parser";
import { argument } from "@optique/core/primitives";
import { string, type ValueParser } from "@optique/core/valueparser";
import {
  DEVICE,
  PROFILE,
  STORE,
  switched,
  valued,
  VERBOSE,
  whole,
} from "./options.ts";

/** A number from 0 up. */
const DEVIATION: ValueParser<"sync", number> = {
  mode: "sync",
  metavar: "X",
  placeholder: 0.001,
  format: String,
  parse(input) {
    const value = /^\d*\.?\d+(e-?\d+)?$/.test(input) ? Number(input) : NaN;
    if (Number.isFinite(value)) return { success: true, value };
    const state = `"${input}" is not a number such as 0.001 or 1e-3`;
    return { success: false, error: message`${text(state)}` };
  },
};

/** Reads them. */
export const words = object({
  targets: multiple(
    argument(string({ metavar: "PIPELINE|SITE" }), {
      description:
        message`Pipelines whose stages are run again, all of them if none is named; or the folder of a site, whose files are checked against its manifest and signatures.`,
    }),
  ),
  sample: optional(
    valued(
      "--sample",
      whole("N", { min: 1, max: Infinity }),
      "Runs only so many stages again, drawn at random.",
    ),
  ),
  seed: withDefault(
    valued(
      "--seed",
      whole("N", { min: 0, max: Number.MAX_SAFE_INTEGER }),
      "Seed of that draw, 1 unless said otherwise.",
    ),
    1,
  ),
  tolerance: withDefault(
    valued(
      "--tolerance",
      DEVIATION,
      "How far a number made on a GPU may deviate: relative above 1, absolute below; 0.001 unless said otherwise.",
    ),
    0.001,
  ),
  key: optional(
    valued(
      "--key",
      string({ metavar: "FILE" }),
      "Public key (PEM) that the site's signatures must be of.",
    ),
  ),
  profile: PROFILE,
  device: DEVICE,
  jobs: optional(
    valued(
      "--jobs",
      whole("N", { min: 1, max: Infinity }),
      "How many stages may run at once.",
    ),
  ),
  json: switched("--json", "Prints what came of each stage, as JSON."),
  store: STORE,
  verbose: VERBOSE,
});

/** What they ask for. */
export type Verify = InferValue<typeof words>;
