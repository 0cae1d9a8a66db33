/**
 * Numbers beside the rule that judges them.
 *
 * @module
 */
import { formatNumber, type Quantity } from "./quantity.ts";

/** What a rule has for bounds, in the unit of what it judges. */
export type Bounds =
  | { readonly low: number; readonly high: number }
  | { readonly bound: number };

/** The bounds one by one. */
export function boundsOf(bounds: Bounds): readonly number[] {
  return "bound" in bounds ? [bounds.bound] : [bounds.low, bounds.high];
}

/** Decimals beyond the usual ones, at most: what lies nearer to a bound is as good as on it. */
const MOST_MORE = 4;

/**
 * A number without its unit, with more decimals where by the usual ones it would
 * be on another side of a bound than it is: of an interval that lies above zero
 * `+0.004`, not `0.00`.
 *
 * @throws {RangeError} if the number is not finite
 */
export function formatBeside(
  quantity: Quantity,
  bounds: Bounds | undefined,
): string {
  const usual = formatNumber(quantity);
  if (bounds === undefined) return usual;
  const decimals = /\.(\d+)/.exec(usual)?.[1]?.length ?? 0;
  for (let digits = decimals; digits <= decimals + MOST_MORE; digits++) {
    const shown = shownValue({ ...quantity, digits });
    const isTrue = boundsOf(bounds).every((bound) => {
      const told = shownValue({ ...quantity, value: bound, digits: undefined });
      return Math.sign(shown - told) === Math.sign(quantity.value - bound);
    });
    if (isTrue) {
      return digits === decimals
        ? usual
        : formatNumber({ ...quantity, digits });
    }
  }
  return usual;
}

/** What one reads: to so many decimals, or as bounds are written. */
function shownValue({ value, unit, digits }: Quantity): number {
  const scaled = unit === "percent" || unit === "points" ? 100 * value : value;
  return Number(
    digits === undefined
      ? scaled.toPrecision(12)
      : unit === "scientific"
      ? scaled.toExponential(digits)
      : scaled.toFixed(digits),
  );
}
