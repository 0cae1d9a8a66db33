/**
 * Why an answer is as it is, for someone without statistics.
 *
 * @module
 */
import type { Answer } from "./ask_findings.ts";
import type { FoundBias, FoundRemainder } from "./ask_findings_schemas.ts";
import { stayed } from "./association.ts";
import { commonLoss } from "./common_fall.ts";
import { isLeftAside, namesOf, otherFiles } from "./named_properties.ts";
import {
  areGrouped,
  BOUNDS,
  type Evidence,
  fewGroupsOf,
  haveOtherLabels,
  inPercent as percent,
  isBarelyAbove,
  surelyDiffer,
} from "./rule_bounds.ts";
import { boundText, newPart, storedOtherwise } from "./new_part.ts";
import { littleLost, lossText, otherLabelsText } from "./told_drop.ts";

/** The most sentences: the page has the rest. */
const MOST_SENTENCES = 3;

/** What the rule found. */
export interface Found {
  /** Properties that lost their association with the label for sure, the most conspicuous first. */
  readonly lost: readonly FoundBias[];
  /** Properties that go with the label and did not, or more closely. */
  readonly gained: readonly FoundBias[];
  /** The property whose frequencies make the shift. */
  readonly explained: FoundRemainder | undefined;
  /** Whether classifiers, linear or fine-tuned, tell the sets apart. */
  readonly differs: boolean;
  /** Whether examples are nearly alike. */
  readonly near: boolean;
  /** Whether classifiers of each class by itself tell the sets apart. */
  readonly apart: boolean;
  /** Whether classifiers of how features spread and go together do. */
  readonly spread: boolean;
  /** A property whose own values moved. */
  readonly moved: FoundBias | undefined;
}

/** One to three sentences, the most important first; one more of what a share turns on. */
export function reasonOf(
  answer: Answer,
  evidence: Evidence,
  found: Found,
): string {
  return sentencesOf(answer, evidence, found)
    .filter((sentence) => sentence !== "")
    .slice(0, MOST_SENTENCES).join(" ");
}

function sentencesOf(
  answer: Answer,
  evidence: Evidence,
  found: Found,
): readonly string[] {
  const { drop } = evidence;
  const files = fileText(evidence, found);
  const causes = causesOf(evidence, found).join(", and ");
  switch (answer) {
    case "extrapolation":
      return [
        `${newPart(evidence)}.${boundText(evidence)}`,
        files,
        besidesText(evidence),
        lossText(drop),
      ];
    case "both":
      return [
        `${newPart(evidence)}, and ${causes}.${boundText(evidence)}`,
        files,
        lossText(drop),
      ];
    case "bias":
      return [
        `The shifted examples are of kinds that the reference set has, but ${
          biasText(evidence, found)
        }.`,
        lackText(evidence, found),
        files,
        lossText(drop),
      ];
    case "no shift":
      return [
        `The shifted examples look ${
          surelyDiffer(evidence.shift) ? "nearly " : ""
        }like the reference ones, with the same classes ${
          (evidence.labels?.p ?? 1) <= BOUNDS.labelChance ? "nearly " : ""
        }as often, and models are right on them about as often.`,
        files,
      ];
    case "undecidable": {
      const few = tooFewText(evidence);
      return few === "" ? [...openText(evidence, found), files] : [few];
    }
  }
}

/** What changed for sure in what goes with the label, and in how often classes occur. */
function causesOf(
  { labels }: Pick<Evidence, "labels">,
  { lost, gained }: Pick<Found, "lost" | "gained">,
): readonly string[] {
  // Of one that also lost its link, that is said.
  const others = gained.filter((bias) => !lost.includes(bias));
  const [more, anew] = [
    others.filter(({ linked }) => linked === true),
    others.filter(({ linked }) => linked !== true),
  ];
  const go = (some: readonly FoundBias[]) => some.length === 1 ? "goes" : "go";
  return [
    ...lost.length === 0 ? [] : [
      `${namesOf(lost)} no longer ${go(lost)} with the label as ${
        lost.length === 1 ? "it does" : "they do"
      } in the reference set`,
    ],
    ...anew.length === 0 ? [] : [
      `${namesOf(anew)} ${
        go(anew)
      } with the label in the shifted set, and did not in the reference set`,
    ],
    ...more.length === 0 ? [] : [
      `${namesOf(more)} ${
        go(more)
      } with the label more closely than in the reference set`,
    ],
    ...labels !== null && haveOtherLabels(labels)
      ? ["classes occur in other proportions"]
      : [],
  ];
}

/** What makes a bias, as the end of a sentence. */
function biasText(
  evidence: Evidence,
  { lost, gained, explained }: Found,
): string {
  const common = commonLoss(evidence);
  if (common !== null) {
    const also = causesOf(evidence, { lost: [], gained }).join(", and ");
    return `the properties that tell most of the label tell less of it by about the same share (${
      percent(Math.round(100 * common) / 100)
    }), as when labels of the shifted set are wrong or follow another rule: check fifty of them by hand${
      also === "" ? "" : `; in addition, ${also}`
    }`;
  }
  const causes = causesOf(evidence, { lost, gained }).join(", and ");
  if (explained === undefined) return causes;
  const { property } = explained;
  if (lost.some((one) => one.property === property)) {
    return `${causes}; among examples of one class that are alike in ${property}, hardly anything else tells the sets apart`;
  }
  return `with other frequencies of ${property}: among examples of one class that are alike in it, hardly anything tells the sets apart${
    causes === "" ? "" : `; in addition, ${causes}`
  }`;
}

/** Which combinations with the class the reference set lacks, of a property that lost the label and has the same values as before; none where labels may be wrong, which would make such combinations. */
function lackText(evidence: Evidence, { lost }: Found): string {
  if (commonLoss(evidence) !== null) return "";
  const [worst] = lost.filter(stayed).flatMap((bias) =>
    (evidence.shift?.remainders ?? []).filter(({ property }) =>
      property === bias.property
    ).map(({ lacking = 0 }) => ({ lacking, names: namesOf([bias]) }))
  ).filter(({ lacking }) => lacking >= 1 - BOUNDS.reached)
    .sort((a, b) => b.lacking - a.lacking);
  return worst === undefined
    ? ""
    : `${
      percent(worst.lacking)
    } of the shifted examples combine ${worst.names} and class as the reference set never or hardly ever does: collect such ones.`;
}

/** What a bias beside new examples would be seen by. */
function besidesText({ labels, biases, examples }: Evidence): string {
  if (labels === null) {
    return "Whether there is a bias as well cannot be told without labels of the shifted examples.";
  }
  if (biases.length === 0) {
    return "Classes occur as often as before; whether the training data are biased besides was not looked at, as no properties were given.";
  }
  const fell = biases.filter((bias) => bias.counts && !isLeftAside(bias));
  const [same, moved] = [
    fell.filter(stayed),
    fell.filter((bias) => !stayed(bias)),
  ];
  const tell = (some: readonly FoundBias[]) =>
    some.length === 1 ? "tells" : "tell";
  const rose = biases.filter((bias) =>
    bias.gained?.counts === true && !bias.counts && !isLeftAside(bias)
  );
  const why = same.length > 0
    ? `New examples alone would explain that ${namesOf(same)} no longer ${
      tell(same)
    } the class as well; no other bias shows`
    : rose.length > 0
    ? `That ${namesOf(rose)} ${
      tell(rose)
    } more of the class, or something else of it, may come from new examples; no other bias shows`
    : moved.length > 0
    ? `That ${namesOf(moved)} ${tell(moved)} less of the class may come from ${
      moved.length === 1 ? "its" : "their"
    } own values, which may have changed; no bias shows`
    : "No bias shows";
  const few = Math.min(examples.test, examples.shifted) < BOUNDS.enoughForBias
    ? `, but with fewer than ${BOUNDS.enoughForBias} examples a set, a bias may go unnoticed`
    : "";
  return `${why} in how often classes occur or in the simple properties that were looked at${few}.`;
}

/** That nearly all files are stored otherwise. */
function fileText(
  { biases }: Pick<Evidence, "biases">,
  { differs }: Pick<Found, "differs">,
): string {
  const others = otherFiles(biases);
  return others === ""
    ? ""
    : `Nearly all shifted files are of another ${others} than the reference ones, ${
      differs
        ? "which alone may make them look different: make the files of both sets from originals in the same way and ask again (to store one of them anew brings back nothing that it lost)"
        : "which made no difference that was seen"
    }.`;
}

/** That too few examples, or groups of them, are left to say anything; "" where there are enough. */
function tooFewText(
  { examples, duplicates }: Pick<Evidence, "examples" | "duplicates">,
): string {
  const few = Math.min(examples.test, examples.shifted);
  const { given } = examples;
  if (examples.shifted === 0 && given.shifted > 0) {
    return `All ${given.shifted} shifted examples are in the reference or the test set as well, the same or nearly so: there are no others to ask about.`;
  }
  if (few < BOUNDS.examples) {
    return `Only ${few} examples of one of the sets are left${
      duplicates.removed > 0
        ? ` after ${duplicates.removed} were removed because another set has them as well`
        : ""
    }: too few to say anything.`;
  }
  const fewGroups = fewGroupsOf(examples);
  return fewGroups === undefined
    ? ""
    : `One of the sets has examples of only ${fewGroups} groups, and each group counts as one example: too few to say anything.`;
}

/** Which properties tell less of the label among the examples in support; "" where no part is out of it. */
function withinText(
  { outOfSupport, biases }: Pick<Evidence, "outOfSupport" | "biases">,
): string {
  const fell = biases.filter((bias) =>
    bias.inSupport?.counts === true && !isLeftAside(bias)
  );
  return fell.length === 0 ||
      (outOfSupport?.low ?? 0) < BOUNDS.outOfSupport
    ? ""
    : `Among the examples in support, ${namesOf(fell)} ${
      fell.length === 1 ? "tells" : "tell"
    } less of the label than in the reference set.`;
}

/** Why nothing is decided, where there are enough examples. */
function openText(evidence: Evidence, found: Found): readonly string[] {
  const { examples, shift, labels, outOfSupport, drop, biases } = evidence;
  const area = shift === null ? null : shift.withinClass ?? shift;
  const disagree = (outOfSupport?.agreement ?? 1) < BOUNDS.agreement;
  const different = `The shifted examples look ${
    isBarelyAbove(area) ? "slightly " : ""
  }different from the reference ones, but`;
  if (labels === null) {
    return [
      area === null || area.low <= 0.5
        ? "Without labels of the shifted examples a bias cannot be looked for, and their looks alone do not decide."
        : disagree
        ? `${different} two ways to look at them disagree on which are of a kind that the reference set lacks or hardly has, and without labels a bias cannot be looked for.`
        : `${different} only ${
          percent(outOfSupport?.low ?? 0)
        } of them are surely of a kind that the reference set lacks or hardly has, and without labels a bias cannot be looked for.`,
    ];
  }
  const causes = causesOf(evidence, found).join(", and ");
  const little = littleLost(drop);
  const relabelled = found.near && drop !== null ? otherLabelsText(drop) : "";
  if (found.differs) {
    return [
      (outOfSupport?.low ?? 0) < BOUNDS.outOfSupport
        ? `${different} it cannot be told whether the reference set lacks such examples or only has fewer of them.`
        : disagree
        ? `${different} two ways to look at them disagree on which are of a kind that the reference set lacks or hardly has.`
        : storedOtherwise(evidence) !== ""
        ? `${different} whether that is more than how their files are stored cannot be told.`
        : `${newPart(evidence)}, and pre-training can help with those${
          little === "" ? "" : `, though ${little}`
        }; whether there is a bias as well can be neither shown nor ruled out.`,
      causes === ""
        ? ""
        : `One thing is sure: ${causes}; whether something is new besides is open.`,
      disagree ? "" : withinText(evidence),
    ];
  }
  if (causes !== "") {
    return [
      `One thing is sure: ${causes}, but a change in the examples themselves cannot be ruled out${
        area === null ? " without features of them" : ""
      }.`,
    ];
  }
  const fell = biases.filter((bias) => bias.counts && !isLeftAside(bias));
  if (fell.length > 0) {
    const it = fell.length === 1;
    const why = fell.some(stayed)
      ? "new examples may be what explains it"
      : `${
        it ? "its" : "their"
      } own values may have changed too, and a change in the examples themselves cannot be ruled out`;
    return [
      `${
        it ? "One property tells" : "Some properties tell"
      } less of the label than in the reference set (${
        namesOf(fell)
      }), but ${why}.`,
      relabelled,
    ];
  }
  const unlooked = biases.length === 0;
  if (found.near && found.moved !== undefined) {
    const { property, moved: { low, high } } = found.moved;
    return [
      `The sets look alike to linear classifiers, but ${property} has other values than in the reference set (a distance of ${
        percent(low)
      } to ${percent(high)}).`,
      relabelled,
    ];
  }
  if (found.spread) {
    return [
      "The sets look alike on average, but features may spread, or go together, otherwise than in the reference set.",
      relabelled,
    ];
  }
  if (found.apart) {
    return [
      "The sets look alike over all classes together, but within single classes examples may differ, as when something that no property shows no longer goes with the label.",
      relabelled,
    ];
  }
  if (relabelled !== "") {
    return [
      relabelled,
      unlooked
        ? "Whether a property goes with these labels could not be checked, since none was given."
        : "",
    ];
  }
  const change = drop === null
    ? ""
    : drop.low > BOUNDS.noDrop
    ? "less"
    : drop.high < -BOUNDS.noDrop
    ? "more"
    : "";
  return [
    change !== "" && area === null
      ? `Models are right ${change} often on the shifted examples; these themselves were not looked at, without features${
        unlooked
          ? ""
          : ", and no change in what goes with their labels was found that explains it"
      }.`
      : change !== ""
      ? `Models are right ${change} often on the shifted examples, but no change in the examples or in what goes with their labels was found that explains it.`
      : area === null
      ? "No shift was seen, but without features a shift in the examples themselves cannot be ruled out."
      : unlooked
      ? "No shift was seen, but whether a property no longer goes with the labels could not be checked, since none was given."
      : `No shift was seen, but with so few ${
        areGrouped("test", examples) || areGrouped("shifted", examples)
          ? "groups"
          : "examples"
      } one that matters cannot be ruled out.`,
  ];
}
