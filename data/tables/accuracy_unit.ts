/**
 * Whether the accuracies of a table are fractions or percentages, decided once
 * for all of them.
 *
 * @module
 */
import type { DecimalSign } from "./decimal_sign.ts";

/** A number as a cell has it. */
export interface WrittenNumber {
  readonly value: number;
  /** Whether a per cent sign follows it. */
  readonly hasSign: boolean;
}

/** What the numbers of a table are, and what shows it. */
export type UnitDecision =
  | {
    readonly kind: "decided";
    readonly unit: "fraction" | "percent";
    /** E.g. "no value is above 1". */
    readonly because: string;
    /** Whether per cent signs decided it. */
    readonly bySign: boolean;
  }
  | { readonly kind: "undecided"; readonly state: string };

/**
 * Digits, decimals, a power of ten; where decimals follow a point, commas may
 * stand between groups of three digits.
 */
const NUMBERS: Readonly<Record<DecimalSign, RegExp>> = {
  ".": /^[+-]?(?:[1-9]\d{0,2}(?:,\d{3})+|\d+)?(?:\.\d*)?(?:[eE][+-]?\d+)?$/,
  ",": /^[+-]?\d*(?:,\d*)?(?:[eE][+-]?\d+)?$/,
};

/** The number in a cell, or `undefined` if it is none. */
export function writtenNumber(
  cell: string,
  decimal: DecimalSign = ".",
): WrittenNumber | undefined {
  const text = cell.trim();
  const hasSign = text.endsWith("%");
  const digits = hasSign ? text.slice(0, -1).trimEnd() : text;
  if (!NUMBERS[decimal].test(digits) || !/^[+-]?[.,]?\d/.test(digits)) {
    return undefined;
  }
  const value = Number(
    decimal === "," ? digits.replace(",", ".") : digits.replaceAll(",", ""),
  );
  return Number.isFinite(value) ? { value, hasSign } : undefined;
}

/**
 * Decides by these rules, in this order: a per cent sign anywhere means per
 * cents; no value above 1 means fractions; above 1 in fewer than half of the
 * values means fractions with mistakes among them; a column mostly at or below 1
 * beside one that is mostly above could be either, and so could half and half, or
 * a group wholly at or below 1 beside one that is wholly above; everything else
 * is percentages.
 *
 * @param columns the numbers of each column, by its name
 * @param groups the same numbers by the group of their model
 */
export function unitOf(
  columns: Readonly<Record<string, Iterable<WrittenNumber>>>,
  groups: ReadonlyMap<string, Iterable<WrittenNumber>> = new Map(),
): UnitDecision {
  const counts = Object.entries(columns).map(counted);
  const total = (of: "all" | "signed" | "above") =>
    counts.reduce((sum, counted) => sum + counted[of], 0);
  const [all, signed, above] = [total("all"), total("signed"), total("above")];
  if (signed > 0) {
    return {
      kind: "decided",
      unit: "percent",
      bySign: true,
      because: signed === all
        ? "the values carry a % sign"
        : `${signed} of ${all} values carry a % sign`,
    };
  }
  if (above === 0) {
    return {
      kind: "decided",
      unit: "fraction",
      bySign: false,
      because: "no value is above 1",
    };
  }
  if (above < all / 2) {
    return {
      kind: "decided",
      unit: "fraction",
      bySign: false,
      because: `${all - above} of ${all} values are at most 1`,
    };
  }
  const low = counts.find((counted) => counted.above < counted.all / 2);
  if (low !== undefined) {
    return {
      kind: "undecided",
      state: `column "${low.name}" is ${
        low.above === 0
          ? "nowhere above 1, but the other column is"
          : `above 1 in ${low.above} of ${low.all} values only, and the other column in most`
      }; write both as fractions, or both in per cent with % signs`,
    };
  }
  const ofGroups = Array.from(groups, counted);
  const fractions = ofGroups.find(({ all, above }) => all > 0 && above === 0);
  const percents = ofGroups.find(({ all, above }) => all > 0 && above === all);
  const mixed = fractions !== undefined && percents !== undefined
    ? `no value of group "${fractions.name}" is above 1, and all of group "${percents.name}" are`
    : above === all / 2
    ? "half of the values are above 1"
    : undefined;
  if (mixed !== undefined) {
    return {
      kind: "undecided",
      state:
        `${mixed}; write all as fractions, or all in per cent with % signs`,
    };
  }
  return {
    kind: "decided",
    unit: "percent",
    bySign: false,
    because: above === all
      ? "the values are above 1"
      : `${above} of ${all} values are above 1`,
  };
}

function counted(
  [name, numbers]: readonly [string, Iterable<WrittenNumber>],
): {
  readonly name: string;
  readonly all: number;
  readonly signed: number;
  readonly above: number;
} {
  let [all, signed, above] = [0, 0, 0];
  for (const { value, hasSign } of numbers) {
    all++;
    if (hasSign) signed++;
    if (value > 1) above++;
  }
  return { name, all, signed, above };
}
