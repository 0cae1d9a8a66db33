/**
 * What a test set that was given does to an answer: where it differs from the
 * reference set, nothing that is measured on it tells of that set.
 *
 * @module
 */
import type { Judgement, Need, ShiftArea } from "./ask_findings_schemas.ts";
import { BOUNDS, inPercent as percent, plain } from "./rule_bounds.ts";

const WHY =
  "The test images differ from the reference images themselves, so that what is measured on them does not tell what the reference set has, nor what is new to it.";

const NEED: Need = {
  what:
    "test set that is drawn from where the reference set is from (or none: without --test, and with another --name, a fifth of the reference images is held out)",
  number: 1,
};

/** Whether a test set surely differs from the reference set, and not just a little: by the bounds of the shift. */
export function isElsewhere(testShift: ShiftArea | null | undefined): boolean {
  if (testShift === null || testShift === undefined) return false;
  const { p, low, high } = testShift;
  return p <= BOUNDS.shiftChance && low > 0.5 && high > BOUNDS.alike;
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
  testShift: ShiftArea | null | undefined,
): Judgement {
  if (testShift === undefined) return judged;
  const elsewhere = testShift === null ? null : isElsewhere(testShift);
  const rule = [...judged.rule, {
    condition: testShift === null
      ? "the test images are like the reference images: too few to tell them apart"
      : `the test images are like the reference images: AUROC between those of the same class is not above 0.5 for sure, or reached by more than ${
        percent(BOUNDS.shiftChance)
      } of random splits, or its upper end is at most ${BOUNDS.alike} (${
        plain(testShift.auroc)
      }, ${plain(testShift.low)} to ${plain(testShift.high)}; reached by ${
        percent(testShift.p)
      })`,
    holds: elsewhere === null ? null : !elsewhere,
  }];
  const isEnough = judged.rule[0]?.holds === true;
  return elsewhere === true && isEnough
    ? { answer: "undecidable", why: WHY, needs: [NEED], rule }
    : { ...judged, rule };
}
