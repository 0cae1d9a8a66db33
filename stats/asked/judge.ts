/**
 * The rule: from what was found of a shift to the answer. It is fixed here, and
 * every condition of it is part of the findings.
 *
 * @module
 */
import type { Answer } from "./ask_findings.ts";
import type { Judgement } from "./ask_findings_schemas.ts";
import { commonLoss } from "./common_fall.ts";
import { type JudgeOptions, needsOf, unlookedNeeds } from "./needs_of.ts";
import { reasonOf } from "./reason_of.ts";
import { BOUNDS, type Evidence } from "./rule_bounds.ts";
import { ruleConditions } from "./rule_conditions.ts";
import { type Held, whatHolds } from "./what_holds.ts";
import { withTestShift } from "./with_test_shift.ts";

/** Applies the rule. */
export function judge(
  evidence: Evidence,
  options: JudgeOptions,
): Judgement {
  const held = whatHolds(evidence);
  const answer = answerOf(evidence, held);
  return withTestShift({
    answer,
    why: reasonOf(answer, evidence, held),
    needs: answer === "undecidable"
      ? needsOf(evidence, { ...options, ...held })
      : answer === "extrapolation"
      ? unlookedNeeds(evidence)
      : [],
    ...answer === "bias" && commonLoss(evidence) !== null
      ? { mayBeLabels: true } as const
      : {},
    rule: ruleConditions({ ...evidence, ...held }),
  }, evidence.testShift);
}

/** What of all that holds decides. */
function answerOf(
  { labels, outOfSupport, biases }: Evidence,
  held: Held,
): Answer {
  const { beyond, lost, gained, falling, rising } = held;
  if (!held.enough) return "undecidable";
  if (labels === null) {
    const areMost = (outOfSupport?.low ?? 0) >= BOUNDS.outOfSupportUnlabelled;
    return beyond === true && areMost ? "extrapolation" : "undecidable";
  }
  const isBiased = held.differ === true || lost.length > 0 || gained.length > 0;
  const isBiasExcluded = held.same === true && held.open === undefined &&
    held.openGain === undefined;
  if (beyond === true) {
    if (held.storedOtherwise !== "") return "undecidable";
    if (isBiased) return "both";
    return isBiasExcluded && held.movedWithin === undefined
      ? "extrapolation"
      : "undecidable";
  }
  // New examples of one class make it more frequent, and hardly show over all classes.
  const mayBeNew = lost.length + gained.length === 0 && held.surelyApart;
  if (
    held.near === true && isBiased && !mayBeNew ||
    held.explained !== undefined || held.redrawn
  ) return "bias";
  // Without any property nothing that goes with labels was looked at.
  const isUnbiased = isBiasExcluded && biases.length > 0 &&
    falling.length === 0 && rising.length === 0 &&
    held.exchanged === undefined;
  return held.alike === true && isUnbiased && held.steady !== false
    ? "no shift"
    : "undecidable";
}
