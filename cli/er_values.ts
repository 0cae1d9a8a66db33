/**
 * Values of the options of `er`.
 *
 * @module
 */
import { message, text } from "@optique/core/message";
import type { ValueParser } from "@optique/core/valueparser";
import { listOf, suggestion } from "./nearest.ts";

/** A share strictly between 0 and 1. */
export const SHARE: ValueParser<"sync", number> = {
  mode: "sync",
  metavar: "SHARE",
  placeholder: 0.95,
  format: String,
  parse(input) {
    const value = /^\d*\.?\d+$/.test(input) ? Number(input) : NaN;
    if (value > 0 && value < 1) return { success: true, value };
    const state = `"${input}" is not a number between 0 and 1, such as 0.95`;
    return { success: false, error: message`${text(state)}` };
  },
};

/** One of a few words. */
export function oneOf<const T extends string>(
  metavar: "SCALE",
  words: readonly [T, ...T[]],
): ValueParser<"sync", T> {
  return {
    mode: "sync",
    metavar,
    placeholder: words[0],
    format: String,
    parse(input) {
      const value = words.find((word) => word === input);
      if (value !== undefined) return { success: true, value };
      const state = `"${input}" is none of ${listOf(words)}${
        suggestion(input, words)
      }`;
      return { success: false, error: message`${text(state)}` };
    },
  };
}
