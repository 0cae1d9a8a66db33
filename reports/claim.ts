/**
 * Claims of the paper, judged by rules that are fixed before the run.
 *
 * @module
 */
import { unreachable } from "../engine/unreachable.ts";
import type { Prose } from "./prose.ts";
import { formatBound, formatNumber, type Unit } from "./quantity.ts";

/** An estimate with its interval. Accuracies and effective robustness are fractions. */
export interface Estimate {
  /** The estimate. */
  readonly value: number;
  /** Lower end of its interval. */
  readonly low: number;
  /** Upper end of its interval. */
  readonly high: number;
  /** How the numbers, and the bounds of the rule, are shown. */
  readonly unit: Unit;
  /** Confidence level of the interval; 0.95 by default. */
  readonly level?: number | undefined;
  /** What it is an estimate of, where a claim has several: "size line". */
  readonly title?: string | undefined;
}

/** What must hold of the whole interval. Bounds are in the unit of the estimate, fractions as fractions. */
export type Rule =
  | { readonly kind: "within"; readonly low: number; readonly high: number }
  | { readonly kind: "above"; readonly bound: number }
  | { readonly kind: "below"; readonly bound: number };

/** A sentence of the paper, what we found, and the rule that decides. */
export interface Claim {
  /** Name of the claim in its report; part of its address. */
  readonly id: string;
  /** The sentence. */
  readonly statement: Prose;
  /** The paper's value as it prints it, e.g. "0.99 ± 0.72 points". */
  readonly paper: string;
  /** What was found here. */
  readonly estimate: Estimate;
  /** Further estimates for which the rule must hold as well, e.g. on another line. */
  readonly further?: readonly Estimate[] | undefined;
  /** The rule, fixed before the run. */
  readonly rule: Rule;
  /** Why the verdict is as it is, and how the setting differs from the paper's. */
  readonly remark?: Prose | undefined;
  /** Id of the figure that shows it. */
  readonly figure?: string | undefined;
}

/** What the rule says of the interval. */
export type Verdict = "supported" | "contradicted" | "inconclusive";

/**
 * The verdict on a claim: supported if every estimate's whole interval
 * satisfies the rule, contradicted if some estimate's whole interval violates
 * it, inconclusive otherwise.
 *
 * @throws {RangeError} if an interval or the rule is not in order
 */
export function judge(claim: Claim): Verdict {
  check(claim);
  const verdicts = estimatesOf(claim).map((estimate) =>
    judgeInterval(estimate, claim.rule)
  );
  if (verdicts.every((verdict) => verdict === "supported")) return "supported";
  return verdicts.includes("contradicted") ? "contradicted" : "inconclusive";
}

/** Every estimate of a claim, the main one first. */
export function estimatesOf(claim: Claim): readonly Estimate[] {
  return [claim.estimate, ...claim.further ?? []];
}

/** The rule as a sentence, e.g. "The whole 95% interval lies above 2 points." */
export function ruleSentence(claim: Claim): string {
  const { rule, estimate: { unit, level = 0.95 } } = claim;
  const bound = (value: number) => formatBound({ value, unit });
  const after = unit === "points" ? " points" : unit === "percent" ? "%" : "";
  const interval = `${
    formatBound({ value: level, unit: "percent" })
  }% interval`;
  const whole = estimatesOf(claim).length > 1
    ? `Each whole ${interval} lies`
    : `The whole ${interval} lies`;
  switch (rule.kind) {
    case "within":
      return rule.low === -rule.high
        ? `${whole} within ±${bound(rule.high)}${after} of zero.`
        : `${whole} between ${bound(rule.low)} and ${
          bound(rule.high)
        }${after}.`;
    case "above":
      return `${whole} above ${bound(rule.bound)}${after}.`;
    case "below":
      return `${whole} below ${bound(rule.bound)}${after}.`;
    default:
      return unreachable(rule);
  }
}

/** An estimate with its interval: `+3.31 (+2.20 to +4.42) points`. */
export function formatEstimate(estimate: Estimate): string {
  const { unit, title } = estimate;
  const text = (value: number) => formatNumber({ value, unit });
  const { value, low, high } = estimate;
  const after = unit === "points" ? " points" : unit === "percent" ? "%" : "";
  return `${title === undefined ? "" : `${title}: `}${text(value)} (${
    text(low)
  }\u00a0to\u00a0${text(high)})${after}`;
}

function judgeInterval({ low, high }: Estimate, rule: Rule): Verdict {
  switch (rule.kind) {
    case "within":
      return low >= rule.low && high <= rule.high
        ? "supported"
        : high < rule.low || low > rule.high
        ? "contradicted"
        : "inconclusive";
    case "above":
      return low > rule.bound
        ? "supported"
        : high <= rule.bound
        ? "contradicted"
        : "inconclusive";
    case "below":
      return high < rule.bound
        ? "supported"
        : low >= rule.bound
        ? "contradicted"
        : "inconclusive";
    default:
      return unreachable(rule);
  }
}

function check(claim: Claim): void {
  for (const { value, low, high } of estimatesOf(claim)) {
    if (!(low <= value && value <= high)) {
      throw new RangeError(
        `Cannot judge claim "${claim.id}": its estimate ${value} lies outside its interval from ${low} to ${high}`,
      );
    }
  }
  const { rule } = claim;
  const bounds = rule.kind === "within" ? [rule.low, rule.high] : [rule.bound];
  if (
    !bounds.every(Number.isFinite) ||
    (rule.kind === "within" && rule.low > rule.high)
  ) {
    throw new RangeError(
      `Cannot judge claim "${claim.id}": its rule has the bounds ${
        bounds.join(" and ")
      }`,
    );
  }
}
