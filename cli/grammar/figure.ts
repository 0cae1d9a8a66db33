/**
 * The words of `figure`.
 *
 * @module
 */
import { object } from "@optique/core/constructs";
import { message, text } from "@optique/core/message";
import { optional, withDefault } from "@optique/core/modifiers";
import type { InferValue } from "@optique/core/parser";
import { argument } from "@optique/core/primitives";
import { string, type ValueParser } from "@optique/core/valueparser";
import { PROFILE, STORE, valued, VERBOSE } from "./options.ts";

/** What a figure can be written as. */
export const FIGURE_FORMATS = ["svg", "pdf", "png"] as const;

/** One of them. */
export type FigureFormat = typeof FIGURE_FORMATS[number];

/** A width with its unit, as in `8.5cm`. */
export interface Width {
  readonly value: number;
  readonly unit: "cm" | "mm" | "in" | "pt";
}

const FORMAT: ValueParser<"sync", FigureFormat> = {
  mode: "sync",
  metavar: "FORMAT",
  placeholder: "svg",
  format: String,
  parse(input) {
    const value = FIGURE_FORMATS.find((format) => format === input);
    return value !== undefined
      ? { success: true, value }
      : no(`"${input}" is not svg, pdf or png`);
  },
};

const WIDTH: ValueParser<"sync", Width> = {
  mode: "sync",
  metavar: "WIDTH",
  placeholder: { value: 8.5, unit: "cm" },
  format: ({ value, unit }) => `${value}${unit}`,
  parse(input) {
    const [, number, unit] = /^(\d+(?:\.\d+)?) ?(cm|mm|in|pt)$/.exec(input) ??
      [];
    switch (unit) {
      case "cm":
      case "mm":
      case "in":
      case "pt":
        return { success: true, value: { value: Number(number), unit } };
      default:
        return no(
          `"${input}" is not a length such as 8.5cm, 85mm, 3.35in or 241pt`,
        );
    }
  },
};

const DPI: ValueParser<"sync", number> = {
  mode: "sync",
  metavar: "DPI",
  placeholder: 300,
  format: String,
  parse(input) {
    const value = /^\d+$/.test(input) ? Number(input) : NaN;
    return value >= 36 && value <= 2400
      ? { success: true, value }
      : no(`"${input}" is not a whole number 36 to 2400`);
  },
};

function no(state: string) {
  return { success: false, error: message`${text(state)}` } as const;
}

/** Reads them. */
export const words = object({
  figure: argument(string({ metavar: "PIPELINE/FIGURE" }), {
    description:
      message`The figure, by the name of its pipeline and its own, as in its address on the site.`,
    errors: {
      endOfInput: message`Cannot export a figure: none is named`,
    },
  }),
  format: optional(
    valued(
      "--format",
      FORMAT,
      "svg (unless said otherwise, or in the name of the file), pdf or png.",
    ),
  ),
  width: withDefault(
    valued("--width", WIDTH, "Its width, 8.5cm unless said otherwise."),
    { value: 8.5, unit: "cm" } as const,
  ),
  dpi: withDefault(
    valued(
      "--dpi",
      DPI,
      "Pixels of a png to the inch, 300 unless said otherwise.",
    ),
    300,
  ),
  to: optional(
    valued(
      "--to",
      string({ metavar: "FILE" }),
      "The file, PIPELINE-FIGURE.FORMAT unless said otherwise; - is the standard output.",
    ),
  ),
  profile: PROFILE,
  store: STORE,
  verbose: VERBOSE,
});

/** What they ask for. */
export type FigureCommand = InferValue<typeof words>;
