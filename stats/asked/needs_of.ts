/**
 * What would decide a question that is open, and what a decided one leaves open.
 *
 * @module
 */
import { FEWEST_GROUPS } from "./ask_findings.ts";
import type { Need, ShiftArea } from "./ask_findings_schemas.ts";
import {
  areGrouped,
  BOUNDS,
  type Evidence,
  fewGroupsOf,
  haveOtherLabels,
  isBarelyAbove,
  isTooFew,
  leftAtMost,
} from "./rule_bounds.ts";
import { otherFiles } from "./named_properties.ts";
import { otherLabels } from "./told_drop.ts";

/** What can still be done. */
export interface JudgeOptions {
  /** Whether networks can be trained that were not: of labelled images alone. */
  readonly canTrain: boolean;
  /** Whether the test set is a fifth of the reference set that was held out. */
  readonly isHeldOut?: boolean | undefined;
}

/** A property to look at, which a table lacks unless a column is one. */
const PROPERTY: Need = {
  what:
    'property of the examples, such as the camera or the hospital, in a column of the table (--property COLUMN with another --name, or "property" in "columns" of the file of the question)',
  number: 1,
};

/** What may no longer go with the label, though no property shows it. */
const CLASSES: Need = {
  what:
    "property that may no longer go with the label, in a column of the table or of manifests (--property COLUMN with another --name)",
  number: 1,
};

/** Networks, of images that were looked at by linear classifiers. */
const TRIAL = "trial (the same command without --quick)";

/** Something else to look at. */
const FEATURES =
  'other kind of features ("features" in the file of the question)';

/** What is left where two networks disagree. */
const LOOK =
  "look of your own at the least typical shifted images, which the page shows";

/** How many reference examples there have to be for one that is held out. */
const HELD_OUT = 5;

/** The most images that are read of a set without `--most`. */
const READ = 5000;

/** Fewer labels of shifted examples than this decide little. */
const FEWEST_LABELS = 200;

/** So many labels are enough to see whether many of them are wrong. */
const LABELS_TO_CHECK = 50;

/** What is asked for has to be so many times what is there: with a few more, chance decides as before. */
const WORTHWHILE = 1.1;

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
export function unlookedNeeds(evidence: Evidence): readonly Need[] {
  const { labels, biases } = evidence;
  const to = "to see whether the training data are biased besides";
  if (labels === null) {
    return [{ what: labelOfEach(unlabelled(evidence)), number: 1, to }];
  }
  return biases.length === 0 ? [{ ...PROPERTY, to }] : [];
}

/** How many shifted examples are left without duplicates, before any are drawn. */
function unlabelled({ examples, duplicates }: Evidence): number {
  return examples.given.shifted - duplicates.shifted;
}

const labelOfEach = (n: number) =>
  `label of each of the ${counted(n)[0]} shifted examples`;

/** What can still be done, and what the rule found. */
interface NeedsOptions extends JudgeOptions {
  /** Whether a part is out of support for sure. */
  readonly beyond: boolean;
  /** Whether examples are nearly alike. */
  readonly near?: boolean;
  /** Whether classifiers of each class by itself tell the sets apart. */
  readonly apart?: boolean;
  /** Whether those of how features spread do. */
  readonly spread?: boolean;
  /** Whether a property's own values moved, which linear ones do not see. */
  readonly moved?: boolean;
}

/** What counts as one example, and how many there are. */
interface Units {
  readonly there: number;
  /** "groups of " where these count, which are fewer than examples. */
  readonly groupsOf: string;
  /** Examples of one of them on average. */
  readonly size: number;
}

function unitsOf(
  set: "test" | "shifted",
  examples: Evidence["examples"],
): Units {
  const inGroups = areGrouped(set, examples);
  const there = inGroups ? examples.groups[set] : examples[set];
  return {
    there,
    groupsOf: inGroups ? "groups of " : "",
    size: Math.max(1, examples[set] / Math.max(1, there)),
  };
}

/**
 * How many examples make an interval as narrow as it has to be: widths fall with
 * the root. Where groups are drawn and not examples it is of groups. Of more
 * than are looked at none are asked for.
 */
export function needsOf(
  evidence: Evidence,
  {
    beyond,
    canTrain,
    near = false,
    apart = false,
    spread = false,
    moved = false,
    isHeldOut = false,
  }: NeedsOptions,
): readonly Need[] {
  const { examples, duplicates, shift, labels, outOfSupport, drop, biases } =
    evidence;
  const units = {
    test: unitsOf("test", examples),
    shifted: unitsOf("shifted", examples),
  };
  const few = Math.min(units.test.there, units.shifted.there);
  const needs = new Map<string, Need>();
  const ask = (what: string, number: number, more: Partial<Need> = {}) => {
    if (!Number.isFinite(number)) return;
    const rounded = roundedUp(number);
    if (rounded <= (needs.get(what)?.number ?? 0)) return;
    needs.set(what, { what, number: rounded, ...more });
  };
  let beyondMost = 0;
  // Copies were removed of those that are there.
  const nameOf = (set: "test" | "shifted") =>
    `${units[set].groupsOf}${set} examples${
      duplicates[set] > 0 ? " that no other set has" : ""
    }`;
  const both = (number: number) => {
    if (!Number.isFinite(number)) return;
    for (const set of ["test", "shifted"] as const) {
      const { there, groupsOf, size } = units[set];
      if (number < WORTHWHILE * there) continue;
      if (number * size > examples.atMost) {
        beyondMost = Math.max(beyondMost, number * size);
      } else if (set === "test" && isHeldOut) {
        const own = roundedUp(number);
        const all = roundedUp(HELD_OUT * own);
        ask(
          `${groupsOf}reference examples, of which a fifth is tested on`,
          all,
          {
            // Of more that were given fewer are drawn.
            ...groupsOf === "" && examples.given.test === examples.test
              ? { there: there + (examples.reference ?? 0) }
              : {},
            or: `${own} ${groupsOf}test examples of their own (--test)${
              all * size > READ
                ? `; so many are read with --most ${roundedUp(all * size)}`
                : ""
            }`,
          },
        );
      } else ask(nameOf(set), number, { there });
    }
  };
  const most = examples.atMost /
    Math.max(units.test.size, units.shifted.size);
  const canGrow = most >= WORTHWHILE * few;
  /** Where nothing says how many it takes. */
  const bothLarger = () => both(canGrow ? Math.min(4 * few, most) : 4 * few);
  /** An area that is barely above chance may be gone with more examples. */
  const mayBeChance = (one: ShiftArea | null | undefined) =>
    canGrow && isBarelyAbove(one);
  if (Math.min(examples.test, examples.shifted) < BOUNDS.examples) {
    both(4 * BOUNDS.examples / Math.min(units.test.size, units.shifted.size));
  }
  if (fewGroupsOf(examples) !== undefined) {
    ask("groups of examples in each set", 4 * FEWEST_GROUPS);
  } else if (labels === null && !isTooFew(examples)) {
    const n = unlabelled(evidence);
    if (n < FEWEST_LABELS) ask("labelled shifted examples", FEWEST_LABELS);
    else ask(labelOfEach(n), 1);
  }
  if (near && otherLabels(drop) !== undefined) {
    ask(
      "shifted examples whose labels are checked by hand",
      LABELS_TO_CHECK,
      { to: "to see whether they are wrong or follow another rule" },
    );
  }
  const area = shift === null ? null : shift.withinClass ?? shift;
  if (area === null && needs.size === 0) {
    ask(
      'rows of features (--features FILE FILE with another --name, or "features" in the file of the question)',
      examples.given.test + examples.given.shifted,
    );
  }
  const isSeen = area !== null && area.low > 0.5 &&
    area.high > BOUNDS.fewExamples && outOfSupport !== null;
  const trains = canTrain && outOfSupport?.trained !== true;
  const others = otherFiles(biases);
  if (isSeen && others !== "") {
    ask(
      `question with files of the same ${others} in both sets, made from originals in the same way`,
      1,
    );
  }
  if (isSeen && trains && !beyond) ask(TRIAL, 1);
  if (
    isSeen && labels !== null &&
    (outOfSupport.agreement ?? 1) < BOUNDS.agreement
  ) {
    // More examples would not make two ways to look agree.
    if (!trains) ask(examples.reference === null ? FEATURES : LOOK, 1);
    return [...needs.values()];
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
  if (isSeen && outOfSupport.low < BOUNDS.outOfSupport) {
    const gap = outOfSupport.share - BOUNDS.outOfSupport;
    if (gap > 0) {
      // Networks may see what more images would have to show linear classifiers.
      if (!trains) {
        both(
          few *
            Math.max(2, ((outOfSupport.share - outOfSupport.low) / gap) ** 2),
        );
      }
    } else if (closest !== undefined) {
      both(few * Math.max(1, closest) ** 2);
    } else if (!trains && labels !== null && !outOfSupport.trained) {
      if (mayBeChance(area)) bothLarger();
      else ask(FEATURES, 1);
    }
  }
  if (labels !== null && !haveOtherLabels(labels)) {
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
        if (number < WORTHWHILE * given[set]) continue;
        const { groupsOf, size } = units[set];
        ask(
          nameOf(set),
          number / size,
          groupsOf === "" ? { there: given[set] } : {},
        );
      }
    }
  }
  if (
    labels !== null && !haveOtherLabels(labels) && biases.length === 0
  ) {
    ask(PROPERTY.what, PROPERTY.number);
  }
  if (needs.size === 0 && beyondMost === 0 && !isSeen && !beyond) {
    if (apart) ask(CLASSES.what, CLASSES.number);
    else if (spread || moved) {
      if (trains) ask(TRIAL, 1);
      else if (!moved && mayBeChance(shift?.ofSecondOrder)) bothLarger();
      // More examples would show the same.
      else ask(FEATURES, 1);
    }
  }
  if (needs.size === 0 && beyondMost === 0) bothLarger();
  if (beyondMost > 0) {
    const [most, some] = counted(examples.atMost, roundedUp(beyondMost));
    ask(
      `way to look at more than ${most} examples of a set, which no option gives (some ${some} would do; of more that are given ${most} are drawn)`,
      1,
    );
  }
  return [...needs.values()];
}
