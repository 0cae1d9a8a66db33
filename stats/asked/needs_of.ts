/**
 * What would decide a question that is open.
 *
 * @module
 */
import { FEWEST_GROUPS, type Need } from "./ask_findings.ts";
import {
  BOUNDS,
  type Evidence,
  fewGroupsOf,
  leftAtMost,
} from "./rule_bounds.ts";

/** What can still be done. */
export interface JudgeOptions {
  /** Whether networks can be trained that were not: of labelled images alone. */
  readonly canTrain: boolean;
}

/** How many examples make an interval as narrow as it has to be: widths fall with the root. */
export function needsOf(
  { examples, shift, labels, outOfSupport, drop, biases }: Evidence,
  { beyond, canTrain }: JudgeOptions & {
    /** Whether a part is out of support for sure. */
    readonly beyond: boolean;
  },
): readonly Need[] {
  const few = Math.min(examples.test, examples.shifted);
  const needs = new Map<string, number>();
  const ask = (what: string, number: number) => {
    if (!Number.isFinite(number)) return;
    // Two digits, rounded up: it is an estimate, and fewer would not do.
    const unit = 10 ** Math.max(0, Math.ceil(number).toFixed(0).length - 2);
    const rounded = Math.ceil(number / unit) * unit;
    needs.set(what, Math.max(needs.get(what) ?? 0, rounded));
  };
  const both = (number: number) => {
    if (number > examples.test) ask("test examples", number);
    if (number > examples.shifted) ask("shifted examples", number);
  };
  if (few < BOUNDS.examples) both(4 * BOUNDS.examples);
  if (fewGroupsOf(examples) !== undefined) {
    ask("groups of examples in each set", 4 * FEWEST_GROUPS);
  } else if (labels === null) {
    ask("labels of shifted examples", Math.max(examples.shifted, 200));
  }
  const area = shift === null ? null : shift.withinClass ?? shift;
  if (area === null && needs.size === 0) {
    ask(
      'rows of features (--features FILE FILE with another --name, or "features" in the file of the question)',
      examples.test + examples.shifted,
    );
  }
  if (area !== null && area.low <= 0.5 && !beyond) {
    const room = BOUNDS.alike - Math.max(0.5, Math.min(area.auroc, 0.54));
    both(few * Math.max(1, (area.high - area.auroc) / room) ** 2);
  }
  // How much narrower the interval of what a property leaves has to be.
  const [closest] = area === null ? [] : (shift?.remainders ?? [])
    .filter(({ reached }) => reached >= BOUNDS.reached)
    .map(({ auroc, high }) =>
      (high - auroc) / (leftAtMost(area.auroc) - Math.max(0.5, auroc))
    )
    .filter((factor) => factor > 0)
    .sort((a, b) => a - b);
  if (
    area !== null && area.low > 0.5 && outOfSupport !== null &&
    outOfSupport.low < BOUNDS.outOfSupport
  ) {
    const gap = outOfSupport.share - BOUNDS.outOfSupport;
    if (gap > 0) {
      both(
        few * Math.max(2, ((outOfSupport.share - outOfSupport.low) / gap) ** 2),
      );
    } else if (closest !== undefined) {
      both(few * Math.max(1, closest) ** 2);
    } else if (canTrain) {
      ask("trial (the same command without --quick)", 1);
    } else if (labels !== null && !outOfSupport.trained) {
      ask('other kind of features ("features" in the file of the question)', 1);
    }
  }
  if (labels !== null && labels.p > BOUNDS.labelChance) {
    const width = labels.distance.high - labels.distance.value;
    both(few * Math.max(1, width / (BOUNDS.sameLabels * 0.75)) ** 2);
  }
  if (
    drop !== null &&
    (drop.high > BOUNDS.openDrop || drop.low < -BOUNDS.openDrop) &&
    drop.low <= BOUNDS.noDrop && drop.high >= -BOUNDS.noDrop
  ) {
    both(few * ((drop.high - drop.low) / 2 / (BOUNDS.openDrop * 0.75)) ** 2);
  }
  if (
    labels !== null && labels.p > BOUNDS.labelChance && biases.length === 0 &&
    !beyond
  ) {
    ask("column of groups that both sets have, 10 to 20 of them", 1);
  }
  if (needs.size === 0) both(4 * few);
  return [...needs].map(([what, number]) => ({ what, number }));
}
