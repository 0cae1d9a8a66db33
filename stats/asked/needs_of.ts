/**
 * What would decide a question that is open, and what a decided one leaves open.
 *
 * @module
 */
import { FEWEST_GROUPS } from "./ask_findings.ts";
import type {
  FoundDrop,
  FoundSupport,
  Need,
  ShiftArea,
} from "./ask_findings_schemas.ts";
import { areContradicted } from "./contradicted.ts";
import { otherFiles } from "./named_properties.ts";
import { NeedsList } from "./needs_list.ts";
import {
  areaOf,
  BOUNDS,
  type Evidence,
  fewGroupsOf,
  haveOtherLabels,
  isBarelyAbove,
  isTooFew,
  leftAtMost,
} from "./rule_bounds.ts";
import { otherLabels } from "./told_drop.ts";
import type { Held } from "./what_holds.ts";

/** What can still be done. */
export interface JudgeOptions {
  /** Whether networks can be trained that were not: of labelled images alone. */
  readonly canTrain: boolean;
  /** Whether the test set is a fifth of the reference set that was held out. */
  readonly isHeldOut?: boolean | undefined;
}

/** A property to look at, which a table lacks unless a column is one. */
const PROPERTY =
  'property of the examples, such as the camera or the hospital, in a column of the table (--property COLUMN with another --name, or "property" in "columns" of the file of the question)';

/** What may no longer go with the label, though no property shows it. */
const CLASSES =
  "property that may no longer go with the label, in a column of the table or of manifests (--property COLUMN with another --name)";

/** Networks, of images that were looked at by linear classifiers. */
const TRIAL = "trial (the same command without --quick)";

/** Something else to look at. */
const FEATURES =
  'other kind of features ("features" in the file of the question)';

/** What is left where two networks disagree. */
const LOOK =
  "look of your own at the least typical shifted images, which the page shows";

/** What is missing where shifted examples have no labels. */
const LABELS = "labels, one for each shifted example";

/** Fewer labels of shifted examples than this decide little. */
const FEWEST_LABELS = 200;

/** So many labels are enough to see whether many of them are wrong. */
const LABELS_TO_CHECK = 50;

/** What is to be looked for beside new examples, where the answer is extrapolation and nothing was looked at for it. */
export function unlookedNeeds(evidence: Evidence): readonly Need[] {
  const { labels, biases } = evidence;
  const to = "to see whether the training data are biased besides";
  if (labels === null) {
    return [{ what: LABELS, number: unlabelled(evidence), exact: true, to }];
  }
  return biases.length === 0 ? [{ what: PROPERTY, number: 1, to }] : [];
}

/** How many shifted examples are left without duplicates, before any are drawn. */
function unlabelled({ examples, duplicates }: Evidence): number {
  return examples.given.shifted - duplicates.shifted;
}

/** What can still be done, and what holds. */
type NeedsOptions =
  & JudgeOptions
  & Pick<Held, "beyond">
  & Partial<
    Pick<
      Held,
      | "near"
      | "apart"
      | "spread"
      | "moved"
      | "lacked"
      | "movedWithin"
      | "exchanged"
      | "labelsWithin"
      | "storedOtherwise"
    >
  >;

/**
 * How many examples make an interval as narrow as it has to be: widths fall with
 * the root. Where groups are drawn and not examples it is of groups. Of more
 * than are looked at none are asked for.
 */
export function needsOf(
  evidence: Evidence,
  options: NeedsOptions,
): readonly Need[] {
  const { examples, shift, labels, outOfSupport, drop, biases } = evidence;
  const {
    canTrain,
    near,
    beyond,
    apart,
    spread,
    lacked,
    movedWithin,
    exchanged,
    labelsWithin,
    storedOtherwise = "",
  } = options;
  const moved = options.moved ?? lacked;
  const needs = new NeedsList(evidence, options);
  askEnough(needs, evidence);
  if (
    near === true &&
    (exchanged !== undefined || otherLabels(drop) !== undefined)
  ) {
    const labelled = exchanged === undefined
      ? ""
      : ` labelled ${exchanged.classes.join(" or ")}`;
    needs.ask(
      `shifted examples${labelled} whose labels are checked by hand`,
      LABELS_TO_CHECK,
      { to: "to see whether they are wrong or follow another rule" },
    );
  }
  if (shift === null && needs.isEmpty) {
    needs.ask(
      'rows of features (--features FILE FILE with another --name, or "features" in the file of the question)',
      examples.given.test + examples.given.shifted,
      { exact: true },
    );
  }
  const area = areaOf(shift);
  // What is known of the part out of support, of sets that look different in more than little.
  const seen = area !== null && area.low > 0.5 &&
      area.high > BOUNDS.fewExamples
    ? outOfSupport
    : null;
  const trains = canTrain && outOfSupport?.trained !== true;
  if (seen !== null) {
    const others = otherFiles(biases) || storedOtherwise;
    if (others !== "") {
      needs.ask(
        `question with files of the same ${others} in both sets, made from originals in the same way`,
      );
    }
    if (trains && beyond !== true) needs.ask(TRIAL);
    if (labels !== null && areContradicted(seen)) {
      // More examples would not make two ways to look agree.
      if (!trains) needs.ask(examples.reference === null ? FEATURES : LOOK);
      return needs.list();
    }
  }
  if (area !== null && area.low <= 0.5 && beyond !== true) {
    const room = BOUNDS.alike - Math.max(0.5, Math.min(area.auroc, 0.54));
    needs.askTimes(Math.max(1, (area.high - area.auroc) / room) ** 2);
  }
  if (seen !== null && seen.low < BOUNDS.outOfSupport) {
    askSupport(needs, { evidence, seen, trains });
  }
  if (labels !== null && !haveOtherLabels(labels)) {
    const width = labels.distance.high - labels.distance.value;
    needs.askTimes(Math.max(1, width / (BOUNDS.sameLabels * 0.75)) ** 2);
  }
  const differWithin = labelsWithin && haveOtherLabels(labelsWithin);
  if (labels !== null && labelsWithin && !differWithin) {
    const { high } = labelsWithin.distance;
    needs.askTimes(Math.max(1, high / labels.distance.value) ** 2);
  }
  if (drop !== null) askDrop(needs, drop);
  if (labels !== null && !haveOtherLabels(labels) && biases.length === 0) {
    needs.ask(PROPERTY);
  }
  if (needs.isEmpty && seen === null && beyond !== true) {
    if (apart) needs.ask(CLASSES);
    else if (trains && (spread || moved !== undefined)) needs.ask(TRIAL);
    else if (moved !== undefined) needs.ask(FEATURES);
    else if (spread) askMoreOrOther(needs, shift?.ofSecondOrder);
  }
  // More examples would show the same; networks may see which of them are new.
  if (
    beyond === true && (movedWithin !== undefined || differWithin) &&
    needs.isEmpty
  ) {
    needs.ask(trains ? TRIAL : FEATURES);
  }
  if (needs.isEmpty) needs.askMany();
  needs.askBeyondMost();
  return needs.list();
}

/** Enough examples, and labels of the shifted ones. */
function askEnough(needs: NeedsList, evidence: Evidence): void {
  const { examples, labels } = evidence;
  if (labels === null && !isTooFew(examples)) {
    const n = unlabelled(evidence);
    if (n < FEWEST_LABELS) needs.askLabelled(FEWEST_LABELS);
    else needs.ask(LABELS, n, { exact: true });
  }
  const isFew = Math.min(examples.test, examples.shifted) < BOUNDS.examples;
  const enough = isFew ? 4 * BOUNDS.examples : 0;
  if (fewGroupsOf(examples) !== undefined) {
    needs.askGroups(4 * FEWEST_GROUPS, { examples: enough });
  } else if (isFew) needs.askExamples(enough);
}

/** What tells whether a part is out of support or a property's frequencies changed, where neither is sure. */
function askSupport(
  needs: NeedsList,
  { evidence, seen, trains }: {
    readonly evidence: Evidence;
    readonly seen: FoundSupport;
    readonly trains: boolean;
  },
): void {
  const gap = seen.share - BOUNDS.outOfSupport;
  if (gap > 0) {
    // Networks may see what more images would have to show linear classifiers.
    if (trains) return;
    needs.askTimes(Math.max(2, ((seen.share - seen.low) / gap) ** 2));
    return;
  }
  const closest = narrowerRemainder(evidence);
  if (closest !== undefined) needs.askTimes(Math.max(1, closest) ** 2);
  else if (!trains && evidence.labels !== null && !seen.trained) {
    askMoreOrOther(needs, areaOf(evidence.shift));
  }
}

/** How many times narrower the interval of what a property leaves has to be, of the property that comes closest, or of what examples leave that are drawn in the same proportions. */
function narrowerRemainder({ shift }: Evidence): number | undefined {
  const area = areaOf(shift);
  if (shift === null || area === null) return undefined;
  const left = shift.redrawn?.left ?? null;
  return [
    ...shift.remainders.filter(({ reached }) => reached >= BOUNDS.reached),
    ...left === null ? [] : [left],
  ]
    .map(({ auroc, high }) =>
      (high - auroc) / (leftAtMost(area.auroc) - Math.max(0.5, auroc))
    )
    .filter((factor) => factor > 0)
    .sort((a, b) => a - b)[0];
}

/** More examples for a change of accuracy that may be too large, and may be none. */
function askDrop(needs: NeedsList, { low, high, total, ofDrawn }: FoundDrop) {
  const isWide = high > BOUNDS.openDrop || low < -BOUNDS.openDrop;
  const mayBeNone = low <= BOUNDS.noDrop && high >= -BOUNDS.noDrop;
  if (!isWide || !mayBeNone) return;
  const times = ((high - low) / 2 / (BOUNDS.openDrop * 0.75)) ** 2;
  if (total === ofDrawn) needs.askTimes(times);
  else needs.askTimesGiven(times);
}

/** An area that is barely above chance may be gone with more examples; of another these would show the same. */
function askMoreOrOther(
  needs: NeedsList,
  area: ShiftArea | null | undefined,
): void {
  if (needs.canGrow && isBarelyAbove(area)) needs.askMany();
  else needs.ask(FEATURES);
}
