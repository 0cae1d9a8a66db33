/**
 * Parts of the grammars of several commands.
 *
 * @module
 */
import { message, text } from "@optique/core/message";
import { multiple, optional, withDefault } from "@optique/core/modifiers";
import type { Parser } from "@optique/core/parser";
import { argument, flag, option } from "@optique/core/primitives";
import type { OptionName } from "@optique/core/usage";
import { string, type ValueParser } from "@optique/core/valueparser";

/** A number without fraction from `min` to `max`. */
export function whole(
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
export function valued<T>(
  name: OptionName,
  value: ValueParser<"sync", T>,
  description: string,
): Parser<"sync", T, unknown> {
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

export function switched(
  name: OptionName,
  description: string,
): Parser<"sync", boolean, unknown> {
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

/** `--profile` where nothing is said of what it is otherwise. */
export function profileOption(
  description: string,
): Parser<"sync", string, unknown> {
  return valued("--profile", string({ metavar: "PROFILE" }), description);
}

export const PIPELINES = multiple(
  argument(string({ metavar: "PIPELINE" }), {
    description: message`Names of pipelines; all of them if none is named.`,
  }),
);
export const STAGE = multiple(
  argument(string({ metavar: "STAGE" }), {
    description:
      message`Name of a stage, and after it that of a pipeline where several have different ones.`,
  }),
  {
    min: 1,
    errors: { tooFew: message`Cannot look at a stage: none is named` },
  },
);
export const FORCE = multiple(
  option("--force", string({ metavar: "STAGE" }), {
    description:
      message`Runs a stage whatever the store holds; may be given several times.`,
    errors: {
      endOfInput: message`Cannot use option "--force": it needs a value`,
    },
  }),
);
export const PROFILE = withDefault(
  profileOption(
    "Scale of the run: smoke, default (unless said otherwise) or full.",
  ),
  "default",
);
export const DEVICE = withDefault(
  valued(
    "--device",
    string({ metavar: "DEVICE" }),
    "What to compute on: auto (unless said otherwise), webgpu, webgpu-software, wasm or cpu.",
  ),
  "auto",
);
export const STORE = optional(
  valued("--store", string({ metavar: "DIR" }), "Folder of the artifacts."),
);
export const SITE = optional(
  valued("--site", string({ metavar: "DIR" }), "Folder of the site."),
);
export const MIRROR = optional(
  valued(
    "--mirror",
    string({ metavar: "DIR" }),
    "Folder with copies of published files at HOST/PATH; SHIFTLINE_MIRROR otherwise.",
  ),
);
export const VERBOSE = switched("--verbose", "Shows the stack of an error.");
