/**
 * Why an answer is as it is, for someone without statistics.
 *
 * @module
 */
import type { Answer } from "./ask_findings.ts";
import type { FoundBias } from "./ask_findings_schemas.ts";
import { stayed } from "./association.ts";
import { causesText } from "./causes_text.ts";
import { commonLoss } from "./common_fall.ts";
import { namesOf, otherFiles } from "./named_properties.ts";
import { boundText, newPart } from "./new_part.ts";
import { openSentences, tooFewText } from "./open_sentences.ts";
import {
  BOUNDS,
  type Evidence,
  inPercent as percent,
  surelyDiffer,
} from "./rule_bounds.ts";
import { lossText } from "./told_drop.ts";
import type { Held } from "./what_holds.ts";

/** The most sentences: the page has the rest. */
const MOST_SENTENCES = 3;

/** One to three sentences, the most important first; one more of what a share turns on. */
export function reasonOf(
  answer: Answer,
  evidence: Evidence,
  held: Held,
): string {
  return sentencesOf(answer, evidence, held)
    .filter((sentence) => sentence !== "")
    .slice(0, MOST_SENTENCES).join(" ");
}

function sentencesOf(
  answer: Answer,
  evidence: Evidence,
  held: Held,
): readonly string[] {
  const { drop } = evidence;
  const files = fileText(evidence, held);
  switch (answer) {
    case "extrapolation":
      return [
        `${newPart(evidence)}.${boundText(evidence)}`,
        files,
        besidesText(evidence, held),
        lossText(drop),
      ];
    case "both":
      return [
        `${newPart(evidence)}, and ${causesText(held)}.${boundText(evidence)}`,
        files,
        lossText(drop),
      ];
    case "bias":
      return [
        `The shifted examples are of kinds that the reference set has, but ${
          biasText(evidence, held)
        }.`,
        lackText(evidence, held),
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
      return few === "" ? [...openSentences(evidence, held), files] : [few];
    }
  }
}

/** What makes a bias, as the end of a sentence. */
function biasText(
  evidence: Evidence,
  { lost, gained, differ, near, explained, redrawn }: Held,
): string {
  const common = commonLoss(evidence);
  if (common !== null) {
    const also = causesText({ lost: [], gained, differ });
    return `the properties that tell most of the label tell less of it by about the same share (${
      percent(Math.round(100 * common) / 100)
    }), as when labels of the shifted set are wrong or follow another rule: check fifty of them by hand${
      also === "" ? "" : `; in addition, ${also}`
    }`;
  }
  const causes = causesText({ lost, gained, differ });
  const addition = causes === "" ? "" : `; in addition, ${causes}`;
  if (explained === undefined) {
    return redrawn && (near !== true || causes === "")
      ? `in other proportions, or all of them are a little otherwise, which comes to the same: reference examples that are drawn as often as their likes are among these can hardly be told from them${addition}`
      : causes;
  }
  const { property } = explained;
  if (lost.some((one) => one.property === property)) {
    return `${causes}; among examples of one class that are alike in ${property}, hardly anything else tells the sets apart`;
  }
  return `with other frequencies of ${property}: among examples of one class that are alike in it, hardly anything tells the sets apart${addition}`;
}

/** Which combinations with the class the reference set lacks, of a property that lost the label and has the same values as before; none where labels may be wrong, which would make such combinations. */
function lackText(evidence: Evidence, { lost }: Held): string {
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
function besidesText(
  { labels, biases, examples, outOfSupport }: Evidence,
  { falling, rising, labelsWithin }: Held,
): string {
  if (labels === null) {
    return "Whether there is a bias as well cannot be told without labels of the shifted examples.";
  }
  if (biases.length === 0) {
    return `${
      labelsWithin
        ? "Classes occur in other proportions among the new examples, and about as often as before among the others"
        : "Classes occur as often as before"
    }; whether the training data are biased besides was not looked at, as no properties were given.`;
  }
  const [same, moved] = [
    falling.filter(stayed),
    falling.filter((bias) => !stayed(bias)),
  ];
  const tell = (some: readonly FoundBias[]) =>
    some.length === 1 ? "tells" : "tell";
  const go = (some: readonly FoundBias[]) => some.length === 1 ? "goes" : "go";
  const rose = rising.filter(({ counts }) => !counts);
  const why = same.length > 0
    ? `New examples alone would explain that ${namesOf(same)} no longer ${
      tell(same)
    } the class as well; no other bias shows`
    : rose.length > 0
    ? `New examples alone would explain that ${namesOf(rose)} ${
      go(rose)
    } with the class more closely than before, or in another way; no other bias shows`
    : moved.length > 0
    ? `In the shifted set ${namesOf(moved)} ${
      moved.length === 1 ? "has" : "have"
    } other values, which alone may be why ${
      moved.length === 1 ? "it tells" : "they tell"
    } less of the class; no bias shows`
    : "No bias shows";
  const few = Math.min(examples.test, examples.shifted) < BOUNDS.enoughForBias
    ? `, but with fewer than ${BOUNDS.enoughForBias} examples a set, a bias may go unnoticed`
    : (outOfSupport?.share ?? 0) >= BOUNDS.nearlyAll
    ? ", but where nearly all is new, wrong labels, and a bias that none of them shows, go unnoticed"
    : "";
  return `${
    labelsWithin
      ? `Among the new examples classes occur in other proportions, among the others about as often as before. ${why}`
      : `${why} in how often classes occur or`
  } in the simple properties that were looked at${few}.`;
}

/** What to do about files that are stored otherwise. */
const STORE_ALIKE =
  "make the files of both sets from originals in the same way and ask again (to store one of them anew brings back nothing that it lost)";

/** That nearly all files are stored otherwise, or all of which a shift is seen. */
function fileText(
  { biases }: Pick<Evidence, "biases">,
  { differs, storedOtherwise }: Pick<Held, "differs" | "storedOtherwise">,
): string {
  const others = otherFiles(biases);
  if (others !== "") {
    return `Nearly all shifted files are of another ${others} than the reference ones, ${
      differs
        ? `which alone may make them look different: ${STORE_ALIKE}`
        : "which made no difference that was seen"
    }.`;
  }
  return storedOtherwise === ""
    ? ""
    : `As many shifted files as are new are of a ${storedOtherwise} that the reference ones hardly have, and among the others no shift is seen: ${STORE_ALIKE}.`;
}
