/**
 * What a test set that was given does to an answer: where it differs from the
 * reference set, nothing that is measured on it tells of that set.
 *
 * @module
 */
import type {
  FoundTestShift,
  Judgement,
  Need,
} from "./ask_findings_schemas.ts";
import {
  BOUNDS,
  inPercent as percent,
  isSeen,
  mayMatter,
  plain,
} from "./rule_bounds.ts";

/** Why an answer is undecidable whose test set differs in something. */
const whyOf = (what: string) =>
  `${what}, so that what is measured on it does not tell what the reference set has, nor what is new to it.`;

const NEED: Need = {
  what:
    "test set that is drawn from where the reference set is from (or none: without --test, and with another --name, a fifth of the reference images is held out)",
  number: 1,
};

/** Whether a test set surely differs from the reference set, and its examples not just a little: by the bounds of the shift. */
export function isElsewhere(
  testShift: FoundTestShift | null | undefined,
): boolean {
  return differenceOf(testShift) !== undefined;
}

/** In what a test set surely differs from the reference set, as the beginning of a sentence. */
function differenceOf(
  testShift: FoundTestShift | null | undefined,
): string | undefined {
  if (testShift === null || testShift === undefined) return undefined;
  const { lost, gained = [] } = testShift;
  return isSeen(testShift) && testShift.high > BOUNDS.alike
    ? "The examples of the test set differ from those of the reference set themselves"
    : mayMatter(testShift.labelChance, testShift.labelDistance ?? 1)
    ? "Classes occur in the test set in other proportions than in the reference set"
    : lost.length > 0
    ? `In the test set ${lost.join(", ")} ${
      lost.length === 1 ? "tells" : "tell"
    } less of the label than in the reference set`
    : gained.length > 0
    ? `In the test set ${gained.join(", ")} ${
      gained.length === 1 ? "goes" : "go"
    } with the label newly, or more closely than in the reference set`
    : undefined;
}

/**
 * A judgement with the condition that a given test set is like the reference
 * set: where it is not, the question is undecidable. A test set that was held
 * out of the reference set needs no such condition.
 *
 * @param judged by a rule whose first condition is that enough examples are left
 * @param testShift left out where no test set was given, null where it cannot be told apart
 */
export function withTestShift(
  judged: Judgement,
  testShift: FoundTestShift | null | undefined,
): Judgement {
  if (testShift === undefined) return judged;
  const difference = differenceOf(testShift);
  const changed = [
    ...new Set([...testShift?.lost ?? [], ...testShift?.gained ?? []]),
  ];
  const rule = [...judged.rule, {
    condition: testShift === null
      ? "the test images are like the reference images: too few to tell them apart"
      : `the test images are like the reference images: AUROC between those of the same class is not above 0.5 for sure, or reached by more than ${
        percent(BOUNDS.shiftChance)
      } of random splits, or its upper end is at most ${BOUNDS.alike} (${
        plain(testShift.auroc)
      }, ${plain(testShift.low)} to ${plain(testShift.high)}; reached by ${
        percent(testShift.p)
      }); their classes occur as often, by chance in more than ${
        percent(BOUNDS.labelChance)
      } of cases (${percent(testShift.labelChance)})${
        testShift.labelDistance === undefined
          ? ""
          : `, or at a distance of ${BOUNDS.fewLabels} at most for sure (up to ${
            plain(testShift.labelDistance)
          })`
      }; and no property tells less of the label, or more, for sure${
        changed.length === 0 ? "" : ` (${changed.join(", ")})`
      }`,
    holds: testShift === null ? null : difference === undefined,
  }];
  const isEnough = judged.rule[0]?.holds === true;
  return difference !== undefined && isEnough
    ? {
      answer: "undecidable",
      why: whyOf(difference),
      needs: [NEED],
      rule,
    }
    : { ...judged, rule };
}
