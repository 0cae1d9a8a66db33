/**
 * The commands and their options, for the library that reads command lines.
 *
 * @module
 */
import { object } from "@optique/core/constructs";
import { message, text } from "@optique/core/message";
import { multiple, optional, withDefault } from "@optique/core/modifiers";
import {
  argument,
  command,
  constant,
  flag,
  option,
} from "@optique/core/primitives";
import type { OptionName, Usage } from "@optique/core/usage";
import { string, type ValueParser } from "@optique/core/valueparser";
import { oneOf, SHARE } from "./er_values.ts";

/** `[OPTION…] [PIPELINE...]`: the options stand below, one a line. */
function usageLine(usage: Usage): Usage {
  const words = usage.filter(({ type }) =>
    type === "argument" || type === "multiple"
  ).filter((term) =>
    term.type !== "multiple" ||
    term.terms.every(({ type }) => type === "argument")
  );
  return [{ type: "literal", value: "[OPTION…]" }, ...words];
}

/** A number without fraction from `min` to `max`. */
function whole(
  metavar: "N" | "PORT",
  { min, max }: { readonly min: number; readonly max: number },
): ValueParser<"sync", number> {
  return {
    mode: "sync",
    metavar,
    placeholder: min,
    format: String,
    parse(input) {
      const value = /^\d+$/.test(input) ? Number(input) : NaN;
      if (value >= min && value <= max) return { success: true, value };
      const range = max === Infinity ? `from ${min} up` : `${min} to ${max}`;
      const state = `"${input}" is not a whole number ${range}`;
      return { success: false, error: message`${text(state)}` };
    },
  };
}

/** An option with a value, with errors that are one sentence. */
function valued<T>(
  name: OptionName,
  value: ValueParser<"sync", T>,
  description: string,
) {
  const cannot = `Cannot use option "${name}": `;
  return option(name, value, {
    description: message`${text(description)}`,
    errors: {
      missing: message`${text(`${cannot}it is needed and not given`)}`,
      endOfInput: message`${text(`${cannot}it needs a value`)}`,
      duplicate: message`${text(`${cannot}it is given twice`)}`,
      invalidValue: (error) => message`${text(cannot)}${error}`,
    },
  });
}

function switched(name: OptionName, description: string) {
  const parser = flag(name, {
    description: message`${text(description)}`,
    errors: {
      duplicate: message`${
        text(`Cannot use option "${name}": it is given twice`)
      }`,
    },
  });
  return withDefault(parser, false);
}

const PIPELINES = multiple(
  argument(string({ metavar: "PIPELINE" }), {
    description: message`Names of pipelines; all of them if none is named.`,
  }),
);
const STAGE = multiple(
  argument(string({ metavar: "STAGE" }), {
    description:
      message`Name of a stage, and after it that of a pipeline where several have such a stage.`,
  }),
  {
    min: 1,
    errors: { tooFew: message`Cannot look at a stage: none is named` },
  },
);
const FORCE = multiple(
  option("--force", string({ metavar: "STAGE" }), {
    description:
      message`Runs a stage whatever the store holds; may be given several times.`,
    errors: {
      endOfInput: message`Cannot use option "--force": it needs a value`,
    },
  }),
);
const PROFILE = withDefault(
  valued(
    "--profile",
    string({ metavar: "PROFILE" }),
    "Scale of the run: smoke, default (unless said otherwise) or full.",
  ),
  "default",
);
const DEVICE = withDefault(
  valued(
    "--device",
    string({ metavar: "DEVICE" }),
    "What to compute on: auto (unless said otherwise), webgpu, webgpu-software, wasm or cpu.",
  ),
  "auto",
);
const STORE = optional(
  valued("--store", string({ metavar: "DIR" }), "Folder of the artifacts."),
);
const SITE = optional(
  valued("--site", string({ metavar: "DIR" }), "Folder of the site."),
);
const MIRROR = optional(
  valued(
    "--mirror",
    string({ metavar: "DIR" }),
    "Folder with copies of published files at HOST/PATH; SHIFTLINE_MIRROR otherwise.",
  ),
);
const VERBOSE = switched("--verbose", "Shows the stack of an error.");

/** The parser of each command. */
export const COMMANDS = {
  reproduce: command(
    "reproduce",
    object({
      command: constant("reproduce"),
      pipelines: PIPELINES,
      profile: PROFILE,
      device: DEVICE,
      force: FORCE,
      jobs: optional(
        valued(
          "--jobs",
          whole("N", { min: 1, max: Infinity }),
          "How many stages may run at once; one a processor core otherwise, fewer where memory is short.",
        ),
      ),
      store: STORE,
      site: SITE,
      mirror: MIRROR,
      json: switched("--json", "Prints one event a line, as JSON."),
      noWait: switched("--no-wait", "Fails if another run holds the store."),
      verbose: VERBOSE,
    }),
    {
      usageLine,
      description:
        message`Makes every result that is missing and writes the site.`,
    },
  ),
  plan: command(
    "plan",
    object({
      command: constant("plan"),
      pipelines: PIPELINES,
      profile: PROFILE,
      device: DEVICE,
      force: FORCE,
      store: STORE,
      verbose: VERBOSE,
    }),
    {
      usageLine,
      description: message`Says what would run and why. Runs nothing.`,
    },
  ),
  explain: command(
    "explain",
    object({
      command: constant("explain"),
      words: STAGE,
      profile: PROFILE,
      device: DEVICE,
      store: STORE,
      verbose: VERBOSE,
    }),
    {
      usageLine,
      description:
        message`Says why a stage would run, and shows everything its result depends on.`,
    },
  ),
  show: command(
    "show",
    object({
      command: constant("show"),
      words: STAGE,
      profile: PROFILE,
      field: optional(
        valued(
          "--field",
          string({ metavar: "FIELD" }),
          "One field of the result.",
        ),
      ),
      output: optional(
        valued(
          "--output",
          string({ metavar: "FILE" }),
          "Writes the bytes to a file; - is the standard output.",
        ),
      ),
      store: STORE,
      verbose: VERBOSE,
    }),
    { usageLine, description: message`Shows what a stage made.` },
  ),
  fetch: command(
    "fetch",
    object({
      command: constant("fetch"),
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
    }),
    {
      usageLine,
      description:
        message`Downloads the published files that pipelines need, for machines without a network.`,
    },
  ),
  preview: command(
    "preview",
    object({
      command: constant("preview"),
      port: withDefault(
        valued(
          "--port",
          whole("PORT", { min: 0, max: 65535 }),
          "Port on 127.0.0.1, 8000 unless said otherwise; 0 takes a free one.",
        ),
        8000,
      ),
      site: SITE,
      verbose: VERBOSE,
    }),
    {
      usageLine,
      description: message`Serves the site to a browser on this machine.`,
    },
  ),
  er: command(
    "er",
    object({
      command: constant("er"),
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
    }),
    {
      usageLine,
      description:
        message`Measures effective robustness in a table of your own accuracies.`,
    },
  ),
} as const;
