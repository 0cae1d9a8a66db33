/**
 * Whether the accuracies of a table are fractions or per cents, decided once
 * for all of them.
 *
 * @module
 */

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

/** Digits, perhaps in groups of three, a point and decimals, a power of ten. */
const NUMBER =
  /^[+-]?(?:[1-9]\d{0,2}(?:,\d{3})+|\d+)?(?:\.\d*)?(?:[eE][+-]?\d+)?$/;

/** The number in a cell, or `undefined` if it is none. */
export function writtenNumber(cell: string): WrittenNumber | undefined {
  const text = cell.trim();
  const hasSign = text.endsWith("%");
  const digits = hasSign ? text.slice(0, -1).trimEnd() : text;
  if (!NUMBER.test(digits) || !/^[+-]?\.?\d/.test(digits)) return undefined;
  const value = Number(digits.replaceAll(",", ""));
  return Number.isFinite(value) ? { value, hasSign } : undefined;
}

/**
 * Decides by these rules, in this order: a per cent sign anywhere means per
 * cents; no value above 1 means fractions; above 1 in fewer than half of the
 * values means fractions with mistakes among them; a column wholly at or below
 * 1 beside one that is above could be either; everything else is per cents.
 *
 * @param columns the numbers of each column, by its name
 */
export function unitOf(
  columns: Readonly<Record<string, readonly WrittenNumber[]>>,
): UnitDecision {
  const all = Object.values(columns).flat();
  const signed = all.filter(({ hasSign }) => hasSign).length;
  if (signed > 0) {
    return {
      kind: "decided",
      unit: "percent",
      bySign: true,
      because: signed === all.length
        ? "the values carry a % sign"
        : `${signed} of ${all.length} values carry a % sign`,
    };
  }
  const above = all.filter(({ value }) => value > 1).length;
  if (above === 0) {
    return {
      kind: "decided",
      unit: "fraction",
      bySign: false,
      because: "no value is above 1",
    };
  }
  if (above < all.length / 2) {
    return {
      kind: "decided",
      unit: "fraction",
      bySign: false,
      because: `${all.length - above} of ${all.length} values are at most 1`,
    };
  }
  const low = Object.entries(columns).find(([, numbers]) =>
    numbers.length > 0 && numbers.every(({ value }) => value <= 1)
  );
  if (low !== undefined) {
    return {
      kind: "undecided",
      state: `column "${
        low[0]
      }" is nowhere above 1 and the other column is; write both as fractions, or both in per cent with % signs`,
    };
  }
  return {
    kind: "decided",
    unit: "percent",
    bySign: false,
    because: above === all.length
      ? "the values are above 1"
      : `${above} of ${all.length} values are above 1`,
  };
}
