/**
 * The words of `er`.
 *
 * @module
 */
import { object } from "@optique/core/constructs";
import { optional, withDefault } from "@optique/core/modifiers";
import type { InferValue } from "@optique/core/parser";
import { string } from "@optique/core/valueparser";
import { oneOf, SHARE } from "../er_values.ts";
import { switched, valued, VERBOSE, whole } from "./options.ts";

const SIZE = whole("N", { min: 1, max: Infinity });

/** Reads them. */
export const words = object({
  table: valued(
    "--table",
    string({ metavar: "FILE" }),
    "CSV file with one row a model.",
  ),
  reference: valued(
    "--reference",
    string({ metavar: "COLUMN" }),
    "Column of the accuracy on the reference distribution.",
  ),
  shifted: valued(
    "--shifted",
    string({ metavar: "COLUMN" }),
    "Column of the accuracy on the shifted distribution.",
  ),
  group: valued(
    "--group",
    string({ metavar: "COLUMN" }),
    "Column that says which group a model belongs to.",
  ),
  baseline: optional(
    valued(
      "--baseline",
      string({ metavar: "VALUE" }),
      "Group of the baselines; baseline, baselines or scratch unless said otherwise.",
    ),
  ),
  name: optional(
    valued(
      "--name",
      string({ metavar: "COLUMN" }),
      "Column of the models' names; model, name or the first other column unless said otherwise.",
    ),
  ),
  referenceSize: optional(
    valued(
      "--reference-size",
      SIZE,
      "Test examples behind each reference accuracy; adds their noise to the intervals, with --shifted-size.",
    ),
  ),
  shiftedSize: optional(
    valued(
      "--shifted-size",
      SIZE,
      "Test examples behind each shifted accuracy.",
    ),
  ),
  scale: withDefault(
    valued(
      "--scale",
      oneOf("SCALE", ["probit", "logit", "linear"]),
      "Scale of the line: probit (unless said otherwise), logit or linear.",
    ),
    "probit" as const,
  ),
  level: withDefault(
    valued(
      "--level",
      SHARE,
      "Confidence level of the intervals, 0.95 unless said otherwise.",
    ),
    0.95,
  ),
  to: optional(
    valued(
      "--to",
      string({ metavar: "DIR" }),
      "Folder of the page, er/NAME-OF-TABLE unless said otherwise.",
    ),
  ),
  json: switched(
    "--json",
    "Prints the numbers alone, as JSON; a page is written only with --to.",
  ),
  verbose: VERBOSE,
});

/** What they ask for. */
export type Er = InferValue<typeof words>;
