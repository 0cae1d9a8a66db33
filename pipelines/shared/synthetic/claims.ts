/**
 * Claims about effective robustness, decided on both lines.
 *
 * @module
 */
import type { Lazy } from "../../../engine/define/ref.ts";
import type { Estimate, Rule } from "../../../reports/value/claim.ts";
import type { Quantity } from "../../../reports/value/quantity.ts";
import { type ByLine, type LineName, LINES } from "./gains.ts";
import { LEVEL } from "./scale.ts";

/** What a claim is about. */
export type GainName = "photo" | "narrow" | "difference";

/** The lines, as readers know them. */
export const LINE_TITLES: ByLine<string> = {
  checkpoints: "line of checkpoints",
  sizes: "line of finished networks",
};

/** What each line goes through, in one or two words. */
export const THROUGH: ByLine<string> = {
  checkpoints: "checkpoints",
  sizes: "finished networks",
};

/** Mean effective robustness within ±2 points: the rule for shifts in support. */
export const WITHIN_TWO_POINTS = {
  kind: "within",
  low: -0.02,
  high: 0.02,
} as const satisfies Rule;

/** The same as figures shade it. */
export const BAND = { low: -0.02, high: 0.02, title: "within ±2 points" };

/** Mean effective robustness above 2 points: the rule for shifts out of support. */
export const ABOVE_TWO_POINTS = {
  kind: "above",
  bound: 0.02,
} as const satisfies Rule;

/** A difference above zero. */
export const ABOVE_ZERO = { kind: "above", bound: 0 } as const satisfies Rule;

/** A difference below zero. */
export const BELOW_ZERO = { kind: "below", bound: 0 } as const satisfies Rule;

/** Refs to a number and its interval. */
export interface MeasuredRefs {
  readonly value: Lazy<number>;
  readonly low: Lazy<number>;
  readonly high: Lazy<number>;
  /** How much of its error is whose. */
  readonly shares?: Lazy<Estimate["shares"]>;
}

/** An estimate of effective robustness. */
export function estimateOf(
  { value, low, high, shares }: MeasuredRefs,
  title?: Lazy<string>,
): Lazy<Estimate> {
  return {
    value,
    low,
    high,
    unit: "points",
    level: LEVEL,
    shares,
    ...title === undefined ? {} : { title },
  };
}

/** An estimate over one of the two lines; over that of finished networks with what it is over other forms of that line. */
export function estimateOver(
  line: LineName,
  { measured, otherForms: { low, high } }: {
    readonly measured: MeasuredRefs;
    readonly otherForms: Pick<MeasuredRefs, "low" | "high">;
  },
): Lazy<Estimate> {
  return {
    ...estimateOf(measured, LINE_TITLES[line]),
    ...line === "sizes" ? { otherForms: { low, high } } : {},
  };
}

/** What a claim says of each line, in their order. */
export interface EstimatesOnLines<T> {
  readonly estimate: T;
  readonly further: readonly [T];
}

/** The same, line by line. */
export function onBothLines<T>(
  estimate: (line: LineName) => T,
): EstimatesOnLines<T> {
  const [first, second] = LINES;
  return { estimate: estimate(first), further: [estimate(second)] };
}

/** A piece of prose with numbers and words to come. */
export type Piece = Lazy<string> | Lazy<Quantity>;

/** A number of points in prose, without the word. */
export interface BarePoints {
  readonly value: Lazy<number>;
  readonly unit: "points";
  readonly bare: true;
}

/** The same of a value to come. */
export function barePoints(value: Lazy<number>): BarePoints {
  return { value, unit: "points", bare: true };
}

/** `+3.31 points (95% interval +2.20 to +4.42)`, as pieces of prose. */
export function inWords({ value, low, high }: MeasuredRefs): readonly Piece[] {
  return [
    { value, unit: "points" },
    " (95% interval ",
    barePoints(low),
    " to ",
    barePoints(high),
    ")",
  ];
}
