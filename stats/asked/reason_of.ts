/**
 * Why an answer is as it is, for someone without statistics.
 *
 * @module
 */
import type { Answer, FoundBias, FoundRemainder } from "./ask_findings.ts";
import {
  BOUNDS,
  type Evidence,
  fewGroupsOf,
  inPercent as percent,
} from "./rule_bounds.ts";

/** What is said where nothing was given that could go with the labels. */
const UNLOOKED =
  "Whether the training data are biased besides was not looked at, as no properties were given.";

/** One or two sentences. */
export function reasonOf(
  answer: Answer,
  { examples, duplicates, shift, labels, outOfSupport, drop, biases }: Evidence,
  { fallen, explained, differs }: {
    readonly fallen: FoundBias | undefined;
    /** The property whose frequencies make the shift. */
    readonly explained: FoundRemainder | undefined;
    /** Whether classifiers, linear or fine-tuned, tell the sets apart. */
    readonly differs: boolean;
  },
): string {
  const known = outOfSupport !== null && !outOfSupport.atLeast;
  const share = percent(outOfSupport?.low ?? 0);
  const ofThese = duplicates.shifted === 0
    ? "the shifted examples"
    : `the ${examples.shifted} shifted examples left (without ${duplicates.shifted} that another set has as well)`;
  const part = known
    ? `About ${percent(outOfSupport.share)} (${share} to ${
      percent(outOfSupport.high)
    })`
    : `At least ${share}`;
  const cause = labels !== null && labels.p <= BOUNDS.labelChance
    ? "classes occur in other proportions"
    : fallen === undefined
    ? "labels go with other properties"
    : `${fallen.property} no longer goes with the label as it does in the reference set`;
  const fell = biases.filter(({ counts }) => counts)
    .map(({ property }) => property);
  switch (answer) {
    case "extrapolation":
      return `${part} of ${ofThese} are of a kind that the reference set lacks or hardly has.${
        labels === null
          ? " Whether there is a bias as well cannot be told without labels of the shifted examples."
          : biases.length === 0
          ? ` Classes occur as often as before. ${UNLOOKED}`
          : fell.length > 0
          ? ` Classes occur as often as before. New examples alone would explain that ${
            fell.slice(0, 3).join(", ")
          } no longer ${
            fell.length === 1 ? "tells" : "tell"
          } the class as well; no other bias was found.`
          : " No change was found in how often classes occur or in what goes with them."
      }${
        labels !== null && biases.length > 0 &&
          Math.min(examples.test, examples.shifted) < BOUNDS.enoughForBias
          ? ` With fewer than ${BOUNDS.enoughForBias} examples a set, a bias may go unnoticed.`
          : ""
      }`;
    case "bias": {
      const causes = [
        ...explained === undefined ? [] : [
          `with other frequencies of ${explained.property}: among examples of one class that are alike in it, hardly anything tells the sets apart`,
        ],
        ...explained === undefined || fallen !== undefined ||
            labels !== null && labels.p <= BOUNDS.labelChance
          ? [cause]
          : [],
      ];
      return `The shifted examples are of kinds that the reference set has, but ${
        causes.join("; in addition, ")
      }.`;
    }
    case "both":
      return `${part} of ${ofThese} are of a kind that the reference set lacks or hardly has, and ${cause}.`;
    case "no shift":
      return "The shifted examples look like the reference ones, with the same classes as often, and models are right on them about as often.";
    case "undecidable": {
      const few = Math.min(examples.test, examples.shifted);
      if (few < BOUNDS.examples) {
        return `Only ${few} examples of one of the sets are left${
          duplicates.removed > 0
            ? ` after ${duplicates.removed} were removed because another set has them as well`
            : ""
        }: too few to say anything.`;
      }
      const fewGroups = fewGroupsOf(examples);
      if (fewGroups !== undefined) {
        return `One of the sets has examples of only ${fewGroups} groups, and each group counts as one example: too few to say anything.`;
      }
      const area = shift === null ? null : shift.withinClass ?? shift;
      if (labels === null) {
        return area !== null && area.low > 0.5 &&
            (outOfSupport?.agreement ?? 1) < BOUNDS.agreement
          ? "The shifted examples look different from the reference ones, but two ways to look at them disagree on which are of a kind that the reference set lacks or hardly has, and without labels a bias cannot be looked for."
          : area !== null && area.low > 0.5
          ? `The shifted examples look different from the reference ones, but only ${share} of them are surely of a kind that the reference set lacks or hardly has, and without labels a bias cannot be looked for.`
          : "Without labels of the shifted examples a bias cannot be looked for, and their looks alone do not decide.";
      }
      if (differs) {
        return (outOfSupport?.low ?? 0) < BOUNDS.outOfSupport
          ? `The shifted examples look different from the reference ones, but it cannot be told whether the reference set lacks such examples or only has fewer of them.`
          : (outOfSupport?.agreement ?? 1) < BOUNDS.agreement
          ? "The shifted examples look different from the reference ones, but two ways to look at them disagree on which are of a kind that the reference set lacks or hardly has."
          : `${part} of ${ofThese} are of a kind that the reference set lacks or hardly has, and pre-training can help with those; whether there is a bias as well can be neither shown nor ruled out.`;
      }
      if (
        fell.length > 0 || labels.p <= BOUNDS.labelChance
      ) {
        return `Labels are distributed differently than in the reference set, but a change in the examples themselves cannot be ruled out${
          area === null ? " without features of them" : ""
        }.`;
      }
      const change = drop === null
        ? ""
        : drop.low > BOUNDS.noDrop
        ? "less"
        : drop.high < -BOUNDS.noDrop
        ? "more"
        : "";
      return change !== ""
        ? `Models are right ${change} often on the shifted examples, but no change in the examples or in what goes with their labels was found that explains it.`
        : area === null
        ? "No shift was seen, but without features a shift in the examples themselves cannot be ruled out."
        : biases.length === 0
        ? "No shift was seen, but whether a property no longer goes with the labels could not be checked, since none was given."
        : "No shift was seen, but with so few examples one that matters cannot be ruled out.";
    }
  }
}
