/**
 * What holds of a shift, by the bounds of the rule: what its conditions say and
 * the answer is decided by.
 *
 * @module
 */
import type {
  FoundBias,
  FoundExchange,
  FoundLabels,
  FoundRemainder,
} from "./ask_findings_schemas.ts";
import { MOVED, stayed } from "./association.ts";
import { areContradicted } from "./contradicted.ts";
import { isLeftAside } from "./named_properties.ts";
import { storedOtherwise } from "./new_part.ts";
import { exceeds, isOpen, isOpenWithin, mayHaveStayed } from "./open_falls.ts";
import {
  areaOf,
  BOUNDS,
  type Evidence,
  exchangedOf,
  fewGroupsOf,
  haveOtherLabels,
  isSeen,
  isSurelyToldApart,
  isToldApart,
  leftAtMost,
} from "./rule_bounds.ts";

/** What holds of a shift; null where it cannot be told. */
export interface Held {
  /** Whether enough examples are left. */
  readonly enough: boolean;
  /** Whether linear classifiers tell the sets apart for sure. */
  readonly seen: boolean | null;
  /** Whether classifiers, linear or fine-tuned, do, and by what may be more than a tenth of the examples. */
  readonly differs: boolean;
  /** Whether examples are nearly alike, and whether they are alike. */
  readonly near: boolean | null;
  readonly alike: boolean | null;
  /** Whether classifiers of each class by itself tell the sets apart. */
  readonly apart: boolean;
  /** Whether classifiers of how features spread and go together do. */
  readonly spread: boolean;
  /** Whether one of these two surely tells them apart. */
  readonly surelyApart: boolean;
  /** A property whose own values moved. */
  readonly moved: FoundBias | undefined;
  /** The property whose frequencies make the shift. */
  readonly explained: FoundRemainder | undefined;
  /** Whether reference examples that are drawn in the proportions of the shifted ones look like them, where these surely differ in more than a tenth. */
  readonly redrawn: boolean;
  /** A property of whose values the reference set surely lacks some, whether features show them or not. */
  readonly lacked: FoundRemainder | undefined;
  /** Whether a part is out of support for sure. */
  readonly beyond: boolean | null;
  /** How files are stored otherwise where that may be all that is new; "" else. */
  readonly storedOtherwise: string;
  /** Whether class frequencies differ, and whether they are the same; beside a part out of support, among the examples in support. */
  readonly differ: boolean | null;
  readonly same: boolean | null;
  /** The comparison of those in support where frequencies of all differ and a part is out of it. */
  readonly labelsWithin: FoundLabels["inSupport"];
  /** Two classes whose labels may have been exchanged, of examples that are nearly alike. */
  readonly exchanged: FoundExchange | undefined;
  /** Properties that surely tell less of the label, the most conspicuous first; those of them that do by a bias. */
  readonly falling: readonly FoundBias[];
  readonly lost: readonly FoundBias[];
  /** Properties that surely go with the label and did not, or more closely; those of them that do by a bias. */
  readonly rising: readonly FoundBias[];
  readonly gained: readonly FoundBias[];
  /** One that may have lost the label to a bias, and one that may go with it by one. */
  readonly open: FoundBias | undefined;
  readonly openGain: FoundBias | undefined;
  /** One whose own values surely changed among the examples in support: these have other proportions, or new ones are among them. */
  readonly movedWithin: FoundBias | undefined;
  /** Whether accuracy stays. */
  readonly steady: boolean | null;
}

/** Applies the bounds of the rule. */
export function whatHolds(evidence: Evidence): Held {
  const { examples, labels, drop } = evidence;
  const looks = ofLooks(evidence);
  return {
    enough: fewGroupsOf(examples) === undefined &&
      Math.min(examples.test, examples.shifted) >= BOUNDS.examples,
    ...looks,
    ...ofClasses(evidence, looks.beyond === true),
    exchanged: looks.near === true ? exchangedOf(labels) : undefined,
    ...ofProperties(evidence, looks),
    steady: drop === null
      ? null
      : drop.low <= BOUNDS.noDrop && drop.high <= BOUNDS.openDrop &&
        drop.high >= -BOUNDS.noDrop && drop.low >= -BOUNDS.openDrop,
  };
}

/**
 * Whether class frequencies differ, and whether they are the same.
 *
 * @param beyond whether a part is out of support: that it has other classes is no bias
 */
function ofClasses({ labels }: Evidence, beyond: boolean) {
  if (labels === null) return { differ: null, same: null, labelsWithin: null };
  const { p, distance, inSupport = null } = labels;
  const differ = haveOtherLabels(labels);
  const labelsWithin = differ && beyond ? inSupport : null;
  if (labelsWithin !== null) {
    const differWithin = haveOtherLabels(labelsWithin);
    // Of new examples that nobody saw among them comes a part of the distance.
    const least = BOUNDS.otherLabelsWithin * distance.value;
    const most = Math.min(BOUNDS.sameLabels, distance.value);
    return {
      differ: differWithin && labelsWithin.distance.value >= least,
      same: !differWithin && labelsWithin.distance.high <= most,
      labelsWithin,
    };
  }
  const most = p > BOUNDS.labelChance ? BOUNDS.sameLabels : BOUNDS.fewLabels;
  return { differ, same: distance.high <= most, labelsWithin };
}

function ofLooks(evidence: Evidence) {
  const { shift, outOfSupport: found, biases } = evidence;
  const area = areaOf(shift);
  const seen = area === null ? null : isSeen(area);
  const little = area !== null && area.high <= BOUNDS.fewExamples;
  const isNew = found !== null && found.low >= BOUNDS.outOfSupport;
  const trained = found?.trained === true;
  const beyond = found === null
    ? null
    : (seen === true || trained) && isNew && !areContradicted(found);
  const lacked = shift?.remainders.find(({ property, absent = 0 }) =>
    absent >= BOUNDS.outOfSupport &&
    biases.find((one) => one.property === property)?.ofFile !== true
  );
  // What is new of a single class hardly shows over all of them, and networks may see what linear classifiers do not.
  const near = area === null
    ? null
    : area.high <= BOUNDS.alike && (found?.share ?? 0) < BOUNDS.outOfSupport &&
      lacked === undefined;
  const apart = isToldApart(shift?.ofEachClass);
  const spread = isToldApart(shift?.ofSecondOrder);
  const moved = biases.find(({ ofFile, moved }) =>
    ofFile !== true && moved.low > BOUNDS.moved
  );
  const alike = area === null
    ? null
    : near === true && (little || !seen && area.auroc <= area.placebo) &&
      !apart && !spread && moved === undefined;
  // Nor may a part be out of support, whoever disagrees on which it is.
  const isWithin = found !== null &&
    (found.atLeast ? found.low : found.share) < BOUNDS.outOfSupport;
  const mayBeProportions = seen === true && !little && isWithin &&
    lacked === undefined;
  const auroc = area?.auroc ?? 0.5;
  return {
    seen,
    differs: seen === true && !little || trained && isNew,
    near,
    alike,
    apart,
    spread,
    surelyApart: [shift?.ofEachClass, shift?.ofSecondOrder]
      .some(isSurelyToldApart),
    moved,
    explained: mayBeProportions
      ? shift?.remainders.find((one) => explains(one, auroc))
      : undefined,
    redrawn: mayBeProportions && (area?.low ?? 0) > BOUNDS.fewExamples &&
      (shift?.redrawn?.left?.high ?? 1) <= leftAtMost(auroc),
    lacked,
    beyond,
    storedOtherwise: storedOtherwise(evidence),
  };
}

/** Whether a shift of this area is one of a property's frequencies. */
function explains({ high, reached }: FoundRemainder, area: number): boolean {
  return reached >= BOUNDS.reached && high <= leftAtMost(area);
}

/**
 * Which links were lost and gained.
 *
 * @param looks.near whether examples are nearly alike, so that new ones explain nothing
 */
function ofProperties(
  { outOfSupport, biases }: Evidence,
  { near, beyond }: Pick<Held, "near" | "beyond">,
) {
  const weighed = biases.filter((bias) => !isLeftAside(bias));
  const falling = weighed.filter(({ counts }) => counts);
  const rising = weighed.filter(({ gained }) => gained?.counts === true);
  // Where nearly all are new, those left are mostly new ones that nobody saw.
  const share = outOfSupport?.share ?? 0;
  const isPart = share < BOUNDS.nearlyAll;
  // A property of new values that still tells less of the label in support: new examples are among those, and explain more than their share.
  const missed = isPart &&
    weighed.some(({ moved, inSupport }) =>
      moved.low > MOVED && inSupport?.counts === true
    );
  // New examples may have a link the other way round, which makes more of it than their share.
  const isLostWithin = ({ inSupport }: FoundBias) =>
    beyond !== true || !isPart || inSupport === null || inSupport.counts;
  return {
    falling,
    // Other values go with the label in their own way, which the reference set may lack.
    lost: falling.filter((bias) =>
      near === true
        ? bias.moved.low <= MOVED
        : stayed(bias) && !missed && exceeds(bias, share) && isLostWithin(bias)
    ),
    rising,
    // What the reference set has in other proportions is in support only where it has the values, and what new ones bring is not there among those in support.
    gained: near === true
      ? rising.filter(({ moved, gained }) =>
        moved.low <= MOVED && gained?.inSupport?.counts === true
      )
      : [],
    open: weighed.find((bias) =>
      (near === true || mayHaveStayed(bias)) && isOpen(bias, outOfSupport) ||
      isOpenWithin(bias, outOfSupport)
    ),
    openGain: weighed.find(({ gained }) =>
      gained?.inSupport?.counts === true && isOpenWithin(gained, outOfSupport)
    ),
    movedWithin: biases.find(({ ofFile, inSupport }) =>
      isPart && ofFile !== true && (inSupport?.moved?.low ?? 0) > MOVED
    ),
  };
}
