/**
 * Claims of the paper, judged by rules that are fixed before the run. Long, since
 * verdicts and the words and numbers that tell them must not part.
 *
 * @module
 */
import { unreachable } from "../../engine/define/unreachable.ts";
import type { ErrorShare } from "../../stats/lines/error_share.ts";
import { boundsOf, formatBeside } from "./beside_bounds.ts";
import { MINIMUM_EXAMPLES } from "./minimum_examples.ts";
import { type Prose, proseMarkdown } from "./prose.ts";
import {
  formatBound,
  formatCount,
  formatNumber,
  type Unit,
  unitSuffix,
} from "./quantity.ts";

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
  /** Number of examples behind it, where they are a part of a test set, shown beside it; fewer than {@linkcode MINIMUM_EXAMPLES} count as {@linkcode TooFewExamples}. */
  readonly examples?: number | undefined;
  /** What its error is made of, each source once; one that is not known is left out. */
  readonly shares?: readonly ErrorShare[] | undefined;
  /** The lowest and the highest that it is over other forms of its line, without one group of baselines or as a parabola: what no interval holds. */
  readonly otherForms?:
    | { readonly low: number; readonly high: number }
    | undefined;
}

/** What stands in the place of an estimate for which there are too few examples. */
export interface TooFewExamples {
  /** How many there are. */
  readonly tooFew: number;
  /** How the bounds of the rule are shown. */
  readonly unit: Unit;
  /** What there is no estimate of, where a claim has several. */
  readonly title?: string | undefined;
}

/**
 * What must hold: of the whole interval, or of the estimate alone where the
 * same number is computed from the same published data, so that nothing is
 * sampled anew. Bounds are in the unit of the estimate, fractions as fractions:
 * 0.02 is 2 points.
 */
export type Rule =
  & (
    | { readonly kind: "within"; readonly low: number; readonly high: number }
    | { readonly kind: "above"; readonly bound: number }
    | { readonly kind: "below"; readonly bound: number }
  )
  & {
    /** What the rule judges; the interval by default. */
    readonly on?: "interval" | "value" | undefined;
  };

/** How far an estimate moves with choices that could have been made otherwise. */
export interface Sensitivity {
  /** The lowest that any of them gives, in the unit of the estimate. */
  readonly low: number;
  /** The highest that any of them gives. */
  readonly high: number;
  /** The choices, as in "over 3 scales and 2 row rules". */
  readonly over: Prose;
}

/**
 * Whose a claim is: the paper's; ours, about what the paper leaves open; a
 * control's, on which the others rest; or of an experiment that somebody has
 * added to this reproduction, which counts by itself and answers no half of the
 * paper's question.
 */
export type Whose = "paper" | "ours" | "control" | "added";

/** A sentence of the paper and the rule that decides. */
interface Statement {
  /** Name of the claim in its report; stands in its address. */
  readonly id: string;
  /** The sentence. */
  readonly statement: Prose;
  /** The paper's value as it prints it, e.g. "0.99 ± 0.72 points". */
  readonly paper: string;
  /** Whose it is; pages group claims by it. `whoseOf()` tells where it is left out. */
  readonly whose?: Whose | undefined;
  /** The rule, fixed before the run. */
  readonly rule: Rule;
  /** Why the verdict is as it is, and how the setting differs from the paper's. */
  readonly remark?: Prose | undefined;
  /** Id of the figure that shows it. */
  readonly figure?: string | undefined;
  /**
   * The shift in the answer of a site, after a number: "under an unseen tint".
   * The answer tells the size of such claims alone, if there are any in its
   * half.
   */
  readonly short?: string | undefined;
  /**
   * The half of the paper's answer that it decides: that pre-training helps
   * out of support, or that it does not in support. Left out where it decides
   * neither, such as a claim about a control.
   */
  readonly answers?: "out of support" | "in support" | undefined;
  /** Whether it decides what its report asks, where that is not the paper's question: the page of the report then begins with the verdicts of such claims. */
  readonly asked?: true | undefined;
  /** The half that it is about where it decides none, and what keeps it from that, "over baselines of another architecture": the answer tells its size apart. */
  readonly apart?: {
    readonly half: NonNullable<Statement["answers"]>;
    readonly because: string;
  } | undefined;
  /**
   * Where it is about the contrast itself, what pre-training brings out of
   * support minus what it brings in support: between which shifts, "from a
   * spurious to an unseen tint".
   */
  readonly contrast?: string | undefined;
  /** The mean over several draws of what is random, "colours and seeds", over each line, which stands below the claim; of one about the contrast itself the answer believes it rather than one draw. */
  readonly redrawn?: {
    readonly draws: number;
    readonly of: string;
    readonly estimate: Estimate;
    readonly further: readonly Estimate[];
  } | undefined;
}

/** A claim with what we found. */
export interface JudgedClaim extends Statement {
  /** What was found here; the size that the answer of a site tells. */
  readonly estimate: Estimate | TooFewExamples;
  /** Further estimates for which the rule must hold as well, e.g. on another line. */
  readonly further?: readonly (Estimate | TooFewExamples)[] | undefined;
  /** How far the estimate moves with other choices; stands beside the verdict. */
  readonly sensitivity?: Sensitivity | undefined;
}

/** A claim for which there is no number here. */
export interface UnreproducedClaim extends Statement {
  /** How the bounds of the rule are shown. */
  readonly unit: Unit;
  /** Why there is no number: "source unavailable". */
  readonly notReproduced: Prose;
}

/** A sentence of the paper, the rule that decides, and what we found, if anything. */
export type Claim = JudgedClaim | UnreproducedClaim;

/** What the rule says of what was found. */
export type Verdict =
  | "supported"
  | "contradicted"
  | "inconclusive"
  | "not reproduced";

/**
 * The verdict on a claim: supported if every estimate's whole interval
 * satisfies the rule, contradicted if some estimate's whole interval violates
 * it, inconclusive otherwise, as where examples are too few; not reproduced if
 * there is no estimate. A rule on the value judges the estimate in the place of
 * its interval.
 *
 * @throws {RangeError} if an interval or the rule is not in order, or a bound
 * in points or percent is no fraction
 * @throws {TypeError} if an added claim would answer the paper's question
 */
export function judge(claim: Claim): Verdict {
  check(claim);
  const { rule } = claim;
  if ("notReproduced" in claim) return "not reproduced";
  const verdicts = foundBy(claim).map((found) => {
    if (isTooFew(found)) return "inconclusive";
    const { value, low, high } = found;
    return judgeInterval(
      rule.on === "value" ? { low: value, high: value } : { low, high },
      rule,
    );
  });
  if (verdicts.every((verdict) => verdict === "supported")) return "supported";
  return verdicts.includes("contradicted") ? "contradicted" : "inconclusive";
}

/** Every estimate of a claim, the main one first; those of too few examples are left out. */
export function estimatesOf(claim: Claim): readonly Estimate[] {
  return foundBy(claim).flatMap((found) => isTooFew(found) ? [] : [found]);
}

/** The size of a claim that the answer of a site tells: that of the main estimate. */
export function toldEstimate(claim: Claim): Estimate | undefined {
  return estimatesOf(claim)[0];
}

/** What a claim stands on, the main estimate first; nothing if it is not reproduced. */
export function foundBy(
  claim: Claim,
): readonly (Estimate | TooFewExamples)[] {
  return "notReproduced" in claim
    ? []
    : [claim.estimate, ...claim.further ?? []].map(withEnough);
}

/** An estimate of too few examples is none. */
function withEnough(
  found: Estimate | TooFewExamples,
): Estimate | TooFewExamples {
  if (isTooFew(found)) return found;
  const { examples, unit, title } = found;
  return examples === undefined || examples >= MINIMUM_EXAMPLES
    ? found
    : { tooFew: examples, unit, title };
}

function isTooFew(
  found: Estimate | TooFewExamples,
): found is TooFewExamples {
  return "tooFew" in found;
}

/** The rule as a sentence, e.g. "The 95% interval lies entirely above 2 points." */
export function ruleSentence(claim: Claim): string {
  const { rule } = claim;
  const { unit, level = 0.95 } = shownAs(claim);
  const bound = (value: number) => formatBound({ value, unit });
  const after = unitSuffix(unit);
  const withUnit = (value: number) => {
    const text = bound(value);
    return text +
      (/^−?1$/.test(text) ? after.replace("points", "point") : after);
  };
  const interval = `${
    formatBound({ value: level, unit: "percent" })
  }% interval`;
  const each = foundBy(claim).length > 1;
  const [what, end] = rule.on === "value"
    ? each
      ? ["Each estimate is", " (intervals are not considered)."]
      : ["The estimate is", " (its interval is not considered)."]
    : [`${each ? "Every" : "The"} ${interval} lies entirely`, "."];
  switch (rule.kind) {
    case "within":
      return rule.low === -rule.high
        ? `${what} within ±${withUnit(rule.high)} of zero${end}`
        : `${what} between ${bound(rule.low)} and ${
          bound(rule.high)
        }${after}${end}`;
    case "above":
      return `${what} above ${withUnit(rule.bound)}${end}`;
    case "below":
      return `${what} below ${withUnit(rule.bound)}${end}`;
    default:
      return unreachable(rule);
  }
}

/** How the bounds of a claim's rule, and its level, are shown. */
function shownAs(claim: Claim): Pick<Estimate, "unit" | "level"> {
  return "notReproduced" in claim ? claim : claim.estimate;
}

/** Whether an interval of points ends beyond ±100: accuracies cannot differ by more. */
export function isTooWide({ low, high, unit }: Estimate): boolean {
  return unit === "points" && (low < -1 || high > 1);
}

/** The interval of points alone, however wide: `line of checkpoints: −150 to +174 points`. */
export function formatInterval({ low, high, title }: Estimate): string {
  const text = (value: number) =>
    formatNumber({ value: 100 * value, signed: true, digits: 0 });
  return `${title === undefined ? "" : `${title}: `}${text(low)} to ${
    text(high)
  } points`;
}

/**
 * An estimate with its interval, if it has a width: `+3.31 (+2.20 to +4.42)
 * points, n = 162`; or how many examples there are where they are too few. Of
 * an interval that is too wide no more is said than that. Beside a rule no
 * number looks as if it lay on another side of a bound than it does.
 */
export function formatEstimate(
  found: Estimate | TooFewExamples,
  rule?: Rule,
): string {
  const estimate = withEnough(found);
  const { unit, title } = estimate;
  const before = title === undefined ? "" : `${title}: `;
  if (isTooFew(estimate)) {
    return `${before}${formatCount(estimate.tooFew)} example${
      estimate.tooFew === 1 ? "" : "s"
    }, ${MINIMUM_EXAMPLES} are needed`;
  }
  const text = (value: number) => formatBeside({ value, unit }, rule);
  const { value, low, high, examples } = estimate;
  const after = unitSuffix(unit);
  const interval = low === high
    ? ""
    : ` (${text(low)}\u00a0to\u00a0${text(high)})`;
  const size = examples === undefined
    ? ""
    : `, n\u00a0=\u00a0${formatCount(examples)}`;
  return isTooWide(estimate)
    ? `${before}${
      text(value)
    } points${size}; too little data for a useful interval`
    : `${before}${text(value)}${interval}${after}${size}`;
}

/** Every estimate of a claim beside its rule, each text once: the lowest and the highest of one setting are the same. */
export function foundTexts(claim: Claim): readonly string[] {
  return [
    ...new Set(foundBy(claim).map((one) => formatEstimate(one, claim.rule))),
  ];
}

/** The range of a claim's estimate over other choices, or nothing. */
export function formatSensitivity(claim: Claim): string | undefined {
  if ("notReproduced" in claim || claim.sensitivity === undefined) {
    return undefined;
  }
  const { estimate: { unit }, sensitivity: { low, high, over } } = claim;
  const text = (value: number) => formatNumber({ value, unit });
  const after = unitSuffix(unit);
  return `${text(low)} to ${text(high)}${after} ${proseMarkdown(over)}`;
}

function judgeInterval(
  { low, high }: Pick<Estimate, "low" | "high">,
  rule: Rule,
): Verdict {
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
  const { whose, answers, contrast } = claim;
  if (whose === "added" && (answers ?? contrast) !== undefined) {
    throw new TypeError(
      `Cannot judge claim "${claim.id}": an added claim answers no half of the paper's question; leave out "answers" and "contrast"`,
    );
  }
  for (const { value, low, high } of estimatesOf(claim)) {
    if (!(low <= value && value <= high)) {
      throw new RangeError(
        `Cannot judge claim "${claim.id}": its estimate ${value} lies outside its interval from ${low} to ${high}`,
      );
    }
  }
  if (
    !("notReproduced" in claim) && claim.sensitivity !== undefined &&
    !isTooFew(claim.estimate)
  ) {
    const { low, high } = claim.sensitivity;
    const { value } = claim.estimate;
    if (!(low <= value && value <= high)) {
      throw new RangeError(
        `Cannot judge claim "${claim.id}": its estimate ${value} lies outside its sensitivity range from ${low} to ${high}`,
      );
    }
  }
  const { rule } = claim;
  const bounds = boundsOf(rule);
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
  const { unit } = shownAs(claim);
  const wrong = bounds.find((bound) => Math.abs(bound) > 1);
  if ((unit === "points" || unit === "percent") && wrong !== undefined) {
    throw new RangeError(
      `Cannot judge claim "${claim.id}": its rule has the bound ${wrong}, and bounds in ${unit} are fractions; write ${
        Number((wrong / 100).toPrecision(12))
      } for ${wrong} ${unit}`,
    );
  }
}
