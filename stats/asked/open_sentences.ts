/**
 * Why a question is left open, for someone without statistics.
 *
 * @module
 */
import { listed } from "../../engine/define/listed.ts";
import { stayed } from "./association.ts";
import { causesText } from "./causes_text.ts";
import { areContradicted } from "./contradicted.ts";
import { isLeftAside, namesOf } from "./named_properties.ts";
import { newPart } from "./new_part.ts";
import {
  areaOf,
  areGrouped,
  BOUNDS,
  type Evidence,
  fewGroupsOf,
  haveOtherLabels,
  inPercent as percent,
  isBarelyAbove,
} from "./rule_bounds.ts";
import { littleLost, otherLabelsText } from "./told_drop.ts";
import type { Held } from "./what_holds.ts";

/** That too few examples, or groups of them, are left to say anything; "" where there are enough. */
export function tooFewText(
  { examples, duplicates }: Pick<Evidence, "examples" | "duplicates">,
): string {
  const few = (["test", "shifted"] as const)
    .filter((set) => examples[set] < BOUNDS.examples);
  const { given } = examples;
  if (examples.shifted === 0 && given.shifted > 0) {
    return `All ${given.shifted} shifted examples are in the reference or the test set as well, the same or nearly so: there are no others to ask about.`;
  }
  if (few.length > 0) {
    const left = listed(few.map((set) => `${examples[set]} ${set}`));
    const isOne = few.length === 1 && left.startsWith("1 ");
    const removed = few.reduce((sum, set) => sum + duplicates[set], 0);
    return removed > 0
      ? `Only ${left} ${
        isOne ? "example is" : "examples are"
      } left without ${removed} that another set has as well: too few to say anything.`
      : `There ${isOne ? "is" : "are"} only ${left} ${
        isOne ? "example" : "examples"
      }: too few to say anything.`;
  }
  const fewGroups = fewGroupsOf(examples);
  return fewGroups === undefined
    ? ""
    : `One of the sets has examples of only ${fewGroups} group${
      fewGroups === 1 ? "" : "s"
    }, and each group counts as one example: too few to say anything.`;
}

/** Why nothing is decided, where there are enough examples. */
export function openSentences(
  evidence: Evidence,
  held: Held,
): readonly string[] {
  const { shift, labels, drop, biases } = evidence;
  if (labels === null) return [unlabelledText(evidence)];
  const causes = causesText({ ...held, gained: held.rising });
  if (held.differs) {
    return [
      differentText(evidence, held),
      causes === ""
        ? ""
        : `One thing is sure: ${causes}; whether something is new besides is open.`,
      newClassesText(held),
      disagree(evidence) ? "" : withinText(evidence, held),
      lackedText(held),
    ];
  }
  if (causes !== "") {
    return [
      `One thing is sure: ${causes}, but a change in the examples themselves cannot be ruled out${
        shift === null ? " without features of them" : ""
      }.`,
      lackedText(held) || spreadText(held),
    ];
  }
  const sign = fellText(held) || lackedText(held) || movedText(held) ||
    spreadText(held);
  const exchanged = exchangedText(held);
  if (exchanged !== "") return [exchanged, sign];
  const relabelled = held.near === true && drop !== null
    ? otherLabelsText(drop)
    : "";
  if (sign !== "") return [sign, relabelled];
  if (relabelled === "") return [nothingText(evidence)];
  return [
    relabelled,
    biases.length === 0
      ? "Whether a property goes with these labels could not be checked, since none was given."
      : "",
  ];
}

/** That classes occur in other proportions, though perhaps in what is new alone; "" where that is known. */
function newClassesText({ labelsWithin, differ, same }: Held): string {
  if (!labelsWithin || differ === true || same === true) return "";
  return haveOtherLabels(labelsWithin)
    ? "Classes occur in other proportions, less so among the examples in support: some of those may be new as well."
    : "Classes occur in other proportions, perhaps among the new examples alone.";
}

/** That a property has values which the reference set lacks, though features do not show what is new; "" where it has not, or they do. */
function lackedText({ lacked, beyond }: Held): string {
  return lacked === undefined || beyond === true
    ? ""
    : `The reference set lacks, or hardly has, the values of ${lacked.property} that ${
      percent(lacked.absent ?? 0)
    } of the shifted examples have: they may be what is new, unless the sets differ in it by design; then leave it out.`;
}

/** Whether two ways to look put different examples out of support. */
function disagree({ outOfSupport }: Evidence): boolean {
  return outOfSupport !== null && areContradicted(outOfSupport);
}

/** That the sets look different, as the beginning of a sentence. */
function different({ shift }: Evidence): string {
  const slightly = isBarelyAbove(areaOf(shift)) ? "slightly " : "";
  return `The shifted examples look ${slightly}different from the reference ones, but`;
}

/** Why nothing is decided without labels. */
function unlabelledText(evidence: Evidence): string {
  const area = areaOf(evidence.shift);
  if (area === null || area.low <= 0.5) {
    return "Without labels of the shifted examples a bias cannot be looked for, and their looks alone do not decide.";
  }
  const low = percent(evidence.outOfSupport?.low ?? 0);
  const which = disagree(evidence)
    ? "two ways to look at them disagree on which are"
    : low === percent(0)
    ? "hardly any of them is surely"
    : `only ${low} of them are surely`;
  return `${
    different(evidence)
  } ${which} of a kind that the reference set lacks or hardly has, and without labels a bias cannot be looked for.`;
}

/** What is not known of a shift that is seen. */
function differentText(
  evidence: Evidence,
  { storedOtherwise }: Held,
): string {
  const { outOfSupport, drop } = evidence;
  const but = different(evidence);
  if ((outOfSupport?.low ?? 0) < BOUNDS.outOfSupport) {
    return `${but} it cannot be told whether the reference set lacks such examples or only has fewer of them.`;
  }
  if (disagree(evidence)) {
    return `${but} two ways to look at them disagree on which are of a kind that the reference set lacks or hardly has.`;
  }
  if (storedOtherwise !== "") {
    return `${but} whether that is more than how their files are stored cannot be told.`;
  }
  const little = littleLost(drop);
  return `${newPart(evidence)}, and pre-training can help with those${
    little === "" ? "" : `, though ${little}`
  }; whether there is a bias as well can be neither shown nor ruled out.`;
}

/** Which properties tell less of the label among the examples in support, or which has other values there; "" where none does, or no part is out of it. */
function withinText(
  { outOfSupport, biases }: Evidence,
  { movedWithin }: Held,
): string {
  if ((outOfSupport?.low ?? 0) < BOUNDS.outOfSupport) return "";
  const fell = biases.filter((bias) =>
    bias.inSupport?.counts === true && !isLeftAside(bias)
  );
  if (fell.length > 0) {
    return `Among the examples in support, ${namesOf(fell)} ${
      fell.length === 1 ? "tells" : "tell"
    } less of the label than in the reference set.`;
  }
  return movedWithin === undefined
    ? ""
    : `Among the examples in support, ${movedWithin.property} has other values than in the reference set: they have other proportions, or new ones are among them.`;
}

/** Of which classes labels may have been exchanged; "" where of none. */
function exchangedText({ exchanged }: Held): string {
  if (exchanged === undefined) return "";
  const { classes: [one, other], share } = exchanged;
  return `Shifted examples labelled ${one} look more like ${other} than in the reference set, and the reverse, as if ${
    percent(Math.round(100 * share.value) / 100)
  } of these labels were exchanged. So they may be, or more of them lie between the two, or something that told the two apart in the reference set no longer does.`;
}

/** Which properties tell less of the label, though perhaps not by a bias; "" where none does. */
function fellText({ falling }: Held): string {
  if (falling.length === 0) return "";
  const it = falling.length === 1;
  const why = falling.some(stayed)
    ? "new examples may be what explains it"
    : `${
      it ? "its" : "their"
    } own values may have changed too, and a change in the examples themselves cannot be ruled out`;
  return `${
    it ? "One property tells" : "Some properties tell"
  } less of the label than in the reference set (${
    namesOf(falling)
  }), but ${why}.`;
}

/** That a property has other values in sets that look alike; "" where none has. */
function movedText({ near, moved }: Held): string {
  return near !== true || moved === undefined
    ? ""
    : `The sets look alike to linear classifiers, but ${moved.property} has other values than in the reference set (a distance of ${
      percent(moved.moved.low)
    } to ${percent(moved.moved.high)}).`;
}

/** What classifiers see beside those of all features; "" where they see nothing. */
function spreadText({ spread, apart }: Held): string {
  return spread
    ? "The sets look alike on average, but features may spread, or go together, otherwise than in the reference set."
    : apart
    ? "The sets look alike over all classes together, but within single classes examples may differ, as when something that no property shows no longer goes with the label."
    : "";
}

/** That no shift was seen that could be told of, and what was not looked at. */
function nothingText({ examples, shift, drop, biases }: Evidence): string {
  const unlooked = biases.length === 0;
  const change = drop === null
    ? ""
    : drop.low > BOUNDS.noDrop
    ? "less"
    : drop.high < -BOUNDS.noDrop
    ? "more"
    : "";
  if (change !== "") {
    const often = `Models are right ${change} often on the shifted examples`;
    return shift === null
      ? `${often}; these themselves were not looked at, without features${
        unlooked
          ? ""
          : ", and no change in what goes with their labels was found that explains it"
      }.`
      : `${often}, but no change in the examples or in what goes with their labels was found that explains it.`;
  }
  return shift === null
    ? "No shift was seen, but without features a shift in the examples themselves cannot be ruled out."
    : unlooked
    ? "No shift was seen, but whether a property no longer goes with the labels could not be checked, since none was given."
    : `No shift was seen, but with so few ${
      areGrouped("test", examples) || areGrouped("shifted", examples)
        ? "groups"
        : "examples"
    } one that matters cannot be ruled out.`;
}
