/**
 * What would decide a question that is open, and what a decided one leaves open.
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
  /** Whether the test set is a fifth of the reference set that was held out. */
  readonly isHeldOut?: boolean | undefined;
}

/** A property to look at, which a table lacks without groups. */
const PROPERTY: Need = {
  what: "property (a column of groups that both sets have, 10 to 20 of them)",
  number: 1,
};

/** How many reference examples there have to be for one that is held out. */
const HELD_OUT = 5;

/** The most images that are read of a set without `--most`. */
const READ = 5000;

/** Numbers of one sentence, with commas if one of them has five digits. */
function counted<N extends readonly number[]>(...numbers: N) {
  const isLong = numbers.some((number) => number >= 10_000);
  return numbers.map((number) =>
    isLong ? number.toLocaleString("en-US") : `${number}`
  ) as { [K in keyof N]: string };
}

/** Two digits, rounded up: it is an estimate, and fewer would not do. */
function roundedUp(number: number): number {
  const unit = 10 ** Math.max(0, Math.ceil(number).toFixed(0).length - 2);
  return Math.ceil(number / unit) * unit;
}

/** What is to be looked for beside new examples, where the answer is extrapolation and nothing was looked at for it. */
export function unlookedNeeds(
  { examples, labels, biases }: Pick<
    Evidence,
    "examples" | "labels" | "biases"
  >,
): readonly Need[] {
  const to = "to see whether the training data are biased besides";
  if (labels === null) {
    return [{
      what: "labels of shifted examples",
      number: examples.given.shifted,
      to,
    }];
  }
  return biases.length === 0 ? [{ ...PROPERTY, to }] : [];
}

/**
 * How many examples make an interval as narrow as it has to be: widths fall with
 * the root. Of more than are looked at none are asked for.
 */
export function needsOf(
  { examples, shift, labels, outOfSupport, drop, biases }: Evidence,
  { beyond, canTrain, isHeldOut = false }: JudgeOptions & {
    /** Whether a part is out of support for sure. */
    readonly beyond: boolean;
  },
): readonly Need[] {
  const few = Math.min(examples.test, examples.shifted);
  const needs = new Map<string, Need>();
  const ask = (what: string, number: number, more: Partial<Need> = {}) => {
    if (!Number.isFinite(number)) return;
    const rounded = roundedUp(number);
    if (rounded <= (needs.get(what)?.number ?? 0)) return;
    needs.set(what, { what, number: rounded, ...more });
  };
  let beyondMost = 0;
  const both = (number: number) => {
    for (const set of ["test", "shifted"] as const) {
      const there = examples[set];
      if (number <= there || !Number.isFinite(number)) continue;
      if (number > examples.atMost) beyondMost = Math.max(beyondMost, number);
      else if (set === "test" && isHeldOut) {
        const own = roundedUp(number);
        const all = roundedUp(HELD_OUT * own);
        ask("reference examples, of which a fifth is tested on", all, {
          there: there + (examples.reference ?? 0),
          or: `${own} test examples of their own (--test)${
            all > READ ? `; so many are read with --most ${all}` : ""
          }`,
        });
      } else ask(`${set} examples`, number, { there });
    }
  };
  if (few < BOUNDS.examples) both(4 * BOUNDS.examples);
  if (fewGroupsOf(examples) !== undefined) {
    ask("groups of examples in each set", 4 * FEWEST_GROUPS);
  } else if (labels === null) {
    ask("labels of shifted examples", Math.max(examples.given.shifted, 200));
  }
  const area = shift === null ? null : shift.withinClass ?? shift;
  if (area === null && needs.size === 0) {
    ask(
      'rows of features (--features FILE FILE with another --name, or "features" in the file of the question)',
      examples.given.test + examples.given.shifted,
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
    const times = ((drop.high - drop.low) / 2 / (BOUNDS.openDrop * 0.75)) ** 2;
    if (drop.total === drop.ofDrawn) both(few * times);
    else {
      // It is of all that were given, however few are drawn.
      const { given } = examples;
      const number = Math.min(given.test, given.shifted) * times;
      for (const set of ["test", "shifted"] as const) {
        if (number <= given[set]) continue;
        ask(`${set} examples`, number, { there: given[set] });
      }
    }
  }
  if (
    labels !== null && labels.p > BOUNDS.labelChance && biases.length === 0
  ) {
    ask(PROPERTY.what, PROPERTY.number);
  }
  if (needs.size === 0 && beyondMost === 0) both(4 * few);
  if (beyondMost > 0) {
    const [most, some] = counted(examples.atMost, roundedUp(beyondMost));
    ask(
      `way to look at more than ${most} examples of a set (some ${some} would do), since of more that are given ${most} are drawn`,
      1,
    );
  }
  return [...needs.values()];
}
