/**
 * Kinds of values that several commands take.
 *
 * @module
 */
import { listOf, suggestion } from "./nearest.ts";
import { unusable, type ValueKind } from "./words.ts";

/** Any text, taken as it is. */
export function text(metavar: string): ValueKind<string> {
  return { metavar, read: (given) => given };
}

/** A number without fraction from `min` to `max`. */
export function whole(
  metavar: string,
  { min, max = Infinity }: { readonly min: number; readonly max?: number },
): ValueKind<number> {
  return {
    metavar,
    read(given, option) {
      const value = /^\d+$/.test(given) ? Number(given) : NaN;
      if (value >= min && value <= max) return value;
      const range = max === Infinity ? `from ${min} up` : `${min} to ${max}`;
      throw unusable(option, `"${given}" is not a whole number ${range}`);
    },
  };
}

/** One of a few words. */
export function oneOf<const T extends string>(
  metavar: string,
  words: readonly T[],
): ValueKind<T> {
  return {
    metavar,
    read(given, option) {
      const value = words.find((word) => word === given);
      if (value !== undefined) return value;
      const near = suggestion(given, words);
      throw unusable(option, `"${given}" is none of ${listOf(words)}${near}`);
    },
  };
}
