/**
 * Kinds of values that several commands take.
 *
 * @module
 */
import { listed } from "../../engine/define/listed.ts";
import { suggestion } from "./nearest.ts";
import { type Access, unusable, type ValueKind } from "./words.ts";

/** Any text, taken as it is. */
export function text(metavar: string): ValueKind<string> {
  return { metavar, read: (given) => given };
}

/**
 * A file or folder; `-`, a standard stream, is neither.
 *
 * @param options.paths what is reached for of a name; the name itself unless said otherwise
 */
export function place(
  metavar: string,
  { access, paths = (given) => [given] }: {
    readonly access: readonly Access[];
    readonly paths?: (given: string) => readonly string[];
  },
): ValueKind<string> {
  return {
    metavar,
    read(given, option) {
      if (given !== "") return given;
      throw unusable(option, "its value is empty, and names nothing");
    },
    places: (given) =>
      given === "-" ? [] : paths(given).map((path) => ({ path, access })),
  };
}

/** A number without fraction from `min` to `max`, or to the largest that is told from its neighbours. */
export function whole(
  metavar: string,
  { min, max = Infinity }: { readonly min: number; readonly max?: number },
): ValueKind<number> {
  return {
    metavar,
    read(given, option) {
      const value = /^\d+$/.test(given) ? Number(given) : NaN;
      const most = Math.min(max, Number.MAX_SAFE_INTEGER);
      if (value >= min && value <= most) return value;
      const range = max === Infinity && !(value > most)
        ? `from ${min} up`
        : `from ${min} to ${most}`;
      throw unusable(option, `"${given}" is not a whole number ${range}`);
    },
  };
}

/** A number without fraction from `min` to `max`, or the word `all`. */
export function wholeOrAll(
  metavar: string,
  range: { readonly min: number; readonly max?: number },
): ValueKind<number | "all"> {
  const number = whole(metavar, range);
  return {
    metavar: `${metavar}|all`,
    words: ["all"],
    read(given, option) {
      if (given === "all") return given;
      if (/^\d+$/.test(given)) return number.read(given, option);
      throw unusable(
        option,
        `"${given}" is neither all nor a whole number from ${range.min} up`,
      );
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
    words,
    read(given, option) {
      const value = words.find((word) => word === given);
      if (value !== undefined) return value;
      const near = suggestion(given, words);
      throw unusable(option, `"${given}" is none of ${listed(words)}${near}`);
    },
  };
}
