/**
 * Numbers as readers see them. No locale: the same number is the same text on
 * every machine.
 *
 * @module
 */

/**
 * How numbers are shown: fractions as percentages or as percentage points, or as
 * they are; `scientific` is for what may be very small.
 */
export const UNITS = [
  "percent",
  "points",
  "count",
  "plain",
  "scientific",
] as const;

/** One of {@linkcode UNITS}. */
export type Unit = typeof UNITS[number];

/** A number in text. Fractions of accuracy stay fractions until they are shown. */
export interface Quantity {
  /** The number; a fraction for `percent` and `points`. */
  readonly value: number;
  /** How to show it; `plain` by default. */
  readonly unit?: Unit | undefined;
  /** Decimals; 1 for `percent` and `scientific`, 2 for `points`, 3 for `plain` by default. */
  readonly digits?: number | undefined;
  /** Whether a positive number carries a plus sign; points do by default. */
  readonly signed?: boolean | undefined;
  /** Whether the unit is left out, because the sentence has it already. */
  readonly bare?: boolean | undefined;
}

const DIGITS: Readonly<Record<Unit, number>> = {
  percent: 1,
  points: 2,
  count: 0,
  plain: 3,
  scientific: 1,
};

/**
 * A quantity with its unit: `84.3%`, `+0.99 points`, `50,000`, `0.952`,
 * `3.1 × 10⁻¹⁰`.
 *
 * @throws {RangeError} if the number is not finite
 */
export function formatQuantity(quantity: Quantity): string {
  const { unit = "plain" } = quantity;
  const text = formatNumber(quantity);
  return quantity.bare === true ? text : text + unitSuffix(unit);
}

/** What stands after a number: `%`, ` points` or nothing. */
export function unitSuffix(unit: Unit): string {
  return unit === "percent" ? "%" : unit === "points" ? " points" : "";
}

/**
 * A quantity without its unit; points carry their sign. Accuracies cannot
 * differ by more than 100 points, so that what is beyond says only that.
 *
 * @throws {RangeError} if the number is not finite
 */
export function formatNumber(quantity: Quantity): string {
  const { value, unit = "plain", digits = DIGITS[unit] } = quantity;
  const { signed = unit === "points" } = quantity;
  if (!Number.isFinite(value)) {
    throw new RangeError(
      `Cannot write ${value} in a report: numbers must be finite`,
    );
  }
  if (unit === "scientific") {
    return (signed && value > 0 ? "+" : "") + powerOfTen(value, digits);
  }
  const shown = unit === "percent" || unit === "points" ? 100 * value : value;
  if (unit === "points" && Math.abs(shown) > 100) {
    return shown < 0 ? "below −100" : signed ? "above +100" : "over 100";
  }
  const fixed = Math.abs(shown).toFixed(digits);
  // A number that rounds to nothing has no sign.
  const zero = Number(fixed) === 0;
  const sign = !zero && shown < 0 ? "−" : !zero && signed ? "+" : "";
  return sign + withThousands(fixed);
}

/** A whole number with commas: `12,345`. */
export function formatCount(value: number): string {
  return formatNumber({ value, unit: "count" });
}

/** Whole numbers of one sentence: all with commas if one of them needs any, `10,000` and `2,431`. */
export function formatCounts(values: readonly number[]): readonly string[] {
  const all = values.some((value) => formatCount(value).includes(","));
  return values.map((value) =>
    all ? withThousands(formatCount(value), { from: 4 }) : formatCount(value)
  );
}

/** A bound of a rule, without zeros that say nothing: `2`, `−2`, `1.85`, `10⁻⁹`. */
export function formatBound(quantity: Quantity): string {
  const { value, unit = "plain" } = quantity;
  if (unit === "scientific") {
    return powerOfTen(Number(value.toPrecision(12))).replace(
      /^(−?)1\u00a0×\u00a0/,
      "$1",
    );
  }
  const shown = unit === "percent" || unit === "points" ? 100 * value : value;
  return String(Number(shown.toPrecision(12))).replace("-", "−");
}

/** A duration: `48 s`, `3 min 20 s`, `1 h 2 min`. */
export function formatDuration(seconds: number): string {
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole} s`;
  const minutes = Math.floor(whole / 60);
  if (minutes < 60) return `${minutes} min ${whole % 60} s`;
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

/** `3.1 × 10⁻¹⁰`; 0 as `0`, and as many decimals as needed unless told. */
function powerOfTen(value: number, digits?: number): string {
  if (value === 0) return "0";
  const [mantissa = "", exponent = ""] = value.toExponential(digits).split("e");
  const raised = [...exponent.replace("+", "")].map((character) =>
    character === "-" ? "⁻" : SUPERSCRIPTS[Number(character)]
  ).join("");
  return `${mantissa.replace("-", "−")}\u00a0×\u00a010${raised}`;
}

const SUPERSCRIPTS = [..."⁰¹²³⁴⁵⁶⁷⁸⁹"];

/** Groups digits from so many on. */
function withThousands(fixed: string, { from = 5 } = {}): string {
  const [whole = "", ...rest] = fixed.split(".");
  const grouped = whole.length >= from
    ? whole.replaceAll(/\B(?=(\d{3})+$)/g, ",")
    : whole;
  return [grouped, ...rest].join(".");
}
