/**
 * What a trial adds to an answer.
 *
 * @module
 */
import { largest } from "../intervals/extremes.ts";
import { mean } from "../intervals/mean.ts";
import type { AskFindings, TrialDrops } from "./ask_findings_schemas.ts";
import type { AskedTrial, FoundTrial } from "./found_trial.ts";
import { lossText, points } from "./told_drop.ts";
import { trialNeeds } from "./trial_needs.ts";
import { isElsewhere } from "./with_test_shift.ts";

/** The findings with their trial, with what it measured out of support in the words of the answer, with what it lacks among the needs, and with the drop of its networks in place of a linear classifier's, which the rule has read, also in the words of the answer. */
export function withTrial(
  findings: AskFindings,
  trial: AskedTrial | null,
  drops: TrialDrops | null,
): AskFindings {
  if (trial === null) return { ...findings, trial };
  // Its lines and parts are measured on the test set.
  const isMeasured = !isElsewhere(findings.testShift);
  const said = !isMeasured
    ? ""
    : "noLine" in trial
    ? `The trial cannot tell what pre-training brings. ${trial.noLine}.`
    : saidOf(trial, findings.answer);
  const before = drops === null ? findings.why : findings.why.replace(
    lossText(findings.drop) || "\0",
    () => lossText(drops.drop, { areNetworks: true }),
  );
  const why = said === "" ? before : `${before} ${said}`;
  const needs = [
    ...findings.needs,
    ...isMeasured ? trialNeeds(trial, findings) : [],
  ];
  if (drops === null) return { ...findings, why, needs, trial };
  const { fineTunedDrop, ...own } = drops;
  return {
    ...findings,
    ...own,
    ...fineTunedDrop === null ? {} : { fineTunedDrop },
    why,
    needs,
    trial,
  };
}

function saidOf(
  { groups, baselines }: FoundTrial,
  answer: AskFindings["answer"],
): string {
  const measured = groups.flatMap(({ outOfSupport, ...group }) =>
    "tooFew" in outOfSupport ? [] : [{ ...group, ...outOfSupport }]
  ).sort((a, b) => b.value - a.value);
  const [best] = measured;
  if (best === undefined) {
    return answer === "extrapolation" || answer === "both"
      ? "The trial has too few examples out of support to measure what pre-training brings there."
      : "";
  }
  if (!best.lineHolds) {
    return "The trial cannot tell what pre-training brings: accuracy out of support hardly follows reference accuracy.";
  }
  const { name, isFile = false, value, low, high } = best;
  const which = `${isFile ? "as in" : "on"} ${name}`;
  const range = `${points(low)} to ${points(high)}`;
  const accuracy = mean(best.points.map(({ reference }) => reference));
  const end = largest(baselines.map(({ reference }) => reference));
  const beyond = (100 * (accuracy - end)).toFixed(1);
  const caution = Number(beyond) > 0
    ? ` The line is extrapolated by ${beyond} points of accuracy there.`
    : "";
  const sentence = low > 0
    ? `In the trial, pre-training ${which}${
      measured.length > 1 ? `, the best of ${measured.length},` : ""
    } brings ${points(value)} points out of support (${range}).`
    : high < 0
    ? `But in the trial even the best pre-training, ${which}, costs ${
      points(-value)
    } points out of support (${points(-high)} to ${points(-low)}).`
    : `In the trial, the best pre-training, ${which}, brings ${
      points(value)
    } points out of support (${range}), which may be nothing.`;
  return sentence + caution;
}
