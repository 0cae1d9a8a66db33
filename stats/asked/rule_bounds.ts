/**
 * What the rule is applied to, and its bounds: fixed here.
 *
 * @module
 */
import { FEWEST_GROUPS } from "./ask_findings.ts";
import type {
  AskFindings,
  FoundExchange,
  FoundSupport,
  ShiftArea,
} from "./ask_findings_schemas.ts";
import type { LabelDistance } from "./label_distance.ts";

/** What the rule is applied to. */
export type Evidence = Pick<
  AskFindings,
  | "examples"
  | "duplicates"
  | "shift"
  | "testShift"
  | "labels"
  | "outOfSupport"
  | "drop"
  | "biases"
>;

/** The bounds of the rule. */
export const BOUNDS = {
  /** Fewest examples of each set. */
  examples: 50,
  /** Largest chance at which an AUROC of random splits still reaches that of the sets, for a shift to be seen; or two classes stand out as much, for their labels to count as exchanged. */
  shiftChance: 0.02,
  /** Upper end of the AUROC up to which examples count as nearly alike. */
  alike: 0.58,
  /** Upper end of the AUROC up to which examples count as alike, however sure that they are not: where sets differ in a tenth of their examples, as much as is left open of class frequencies ({@linkcode BOUNDS.fewLabels}), the classifier that tells most has 0.5 and half a tenth at least. */
  fewExamples: 0.55,
  /** Largest share of a shift, AUROC less 0.5, that may be left for sure among examples that are alike in a property, for it to be one of that property's frequencies. */
  left: 0.4,
  /** Least share of the shifted examples whose values of that property the reference set has for sure. */
  reached: 0.95,
  /** Largest distance of a property's own values, for sure, between sets that are alike. */
  moved: 0.05,
  /** Largest chance at which class frequencies count as different: that of none of 199 random splits reaching what is found. */
  labelChance: 0.005,
  /** Upper end of their distance up to which they do not count as different, however sure: no accuracy changes by more for their sake, and an answer leaves as much of it open ({@linkcode BOUNDS.openDrop}). */
  fewLabels: 0.1,
  /** Upper end of their distance up to which they count as the same: that of nineteen of twenty pairs of sets of 200 examples in ten classes that are. */
  sameLabels: 0.25,
  /** Least share of their distance that is left among the examples in support, for it not to come of new ones among those. */
  otherLabelsWithin: 0.7,
  /** Share of the shifted examples that has to be out of support for sure. */
  outOfSupport: 0.05,
  /** The same where there are no labels, so that bias cannot be looked for. */
  outOfSupportUnlabelled: 0.5,
  /** Of the examples that one of two ways to look puts out of support, the one which sees fewer, the least share that the other does as well. */
  agreement: 0.5,
  /** Largest fall of a property's association, in nats, that may be left open in an answer without bias. */
  openFall: 0.2,
  /** Share out of support from which on it cannot be told how much of a fall it explains; then this share of what a property told must be gone, and so many nats. */
  nearlyAll: 0.9,
  goneShare: 0.6,
  goneNats: 0.1,
  /** Largest change of accuracy that may be left open in "no shift", and the least that its interval has to hold. */
  openDrop: 0.1,
  noDrop: 0.01,
  /** Examples of each set from which on no planted bias that goes with labels was answered as extrapolation beside new examples (docs/guide/planted.md). */
  enoughForBias: 500,
} as const;

/** How well the sets are told apart, by what the rule reads: within classes where there are labels. */
export function areaOf(shift: Evidence["shift"]): ShiftArea | null {
  return shift?.withinClass ?? shift;
}

/** Whether class frequencies surely differ, and perhaps by more than may be left open: by the chance of it, and the upper end of their distance. */
export function mayMatter(p: number, high: number): boolean {
  return p <= BOUNDS.labelChance && high > BOUNDS.fewLabels;
}

/** Whether classes of the shifted set count as otherwise frequent. */
export function haveOtherLabels(
  { p, distance }: LabelDistance,
): boolean {
  return distance.value > 0 && mayMatter(p, distance.high);
}

/** Two classes whose examples surely look more like those of the other than before, and perhaps by more than may be left open: as where their labels were exchanged. */
export function exchangedOf(
  labels: Evidence["labels"],
): FoundExchange | undefined {
  const found = labels?.exchanged ?? undefined;
  return found !== undefined && found.p <= BOUNDS.shiftChance &&
      found.share.high > BOUNDS.fewLabels
    ? found
    : undefined;
}

/** Largest AUROC among examples that are alike in a property, where that of all is `auroc`, for the shift to be one of the property's frequencies. */
export function leftAtMost(auroc: number): number {
  return Math.min(BOUNDS.alike, 0.5 + BOUNDS.left * (auroc - 0.5));
}

/** So many of the random splits tell how far classifiers of single classes scatter, and those of how features spread. */
export const CLASS_SPLITS = 39;

/** Whether a shift is seen in an area: as the rule asks it. */
export function isSeen({ p, low }: Pick<ShiftArea, "p" | "low">): boolean {
  return p <= BOUNDS.shiftChance && low > 0.5;
}

/** Whether examples surely differ in looks, however little; by classifiers of all, of each class, or of how features spread. */
export function surelyDiffer(shift: Evidence["shift"]): boolean {
  const area = areaOf(shift);
  return area !== null && isSeen(area) ||
    [shift?.ofEachClass, shift?.ofSecondOrder].some(isSurelyAbove);
}

/** Whether an area is above what 95% of random splits stay below. */
function isAbovePlacebo(area: ShiftArea | null | undefined): boolean {
  return area !== null && area !== undefined && area.auroc > area.placebo;
}

/** Whether it is, and examples may differ by more than may be left open. */
export function isToldApart(area: ShiftArea | null | undefined): boolean {
  return isAbovePlacebo(area) && (area?.high ?? 1) > BOUNDS.fewExamples;
}

/** Whether both are so, the first for sure. */
export function isSurelyToldApart(area: ShiftArea | null | undefined): boolean {
  return isToldApart(area) && isSurelyAbove(area);
}

/** Whether an area is above what 95% of random splits stay below for sure. */
function isSurelyAbove(area: ShiftArea | null | undefined): boolean {
  return isAbovePlacebo(area) && !isBarelyAbove(area);
}

/** Whether an area may as well be what 95% of random splits stay below. */
export function isBarelyAbove(area: ShiftArea | null | undefined): boolean {
  return isAbovePlacebo(area) && (area?.low ?? 0) <= (area?.placebo ?? 0);
}

/** Whether a set has too few examples, or groups of them, for anything to be computed. */
export function isTooFew({ groups }: Evidence["examples"]): boolean {
  return Math.min(groups.test, groups.shifted) < FEWEST_GROUPS;
}

/** The smaller number of groups, where it is too small, of examples that come in groups. */
export function fewGroupsOf(
  examples: Evidence["examples"],
): number | undefined {
  const { test, shifted } = examples.groups;
  return isTooFew(examples) &&
      (areGrouped("test", examples) || areGrouped("shifted", examples))
    ? Math.min(test, shifted)
    : undefined;
}

/** Whether groups of a set are what counts, of which there are fewer than examples; a few examples that are copies of each other make no groups. */
export function areGrouped(
  set: "test" | "shifted",
  { groups, ...examples }: Evidence["examples"],
): boolean {
  return groups[set] < 0.9 * examples[set];
}

/** A number for people, of three digits. */
export const plain = (value: number): string =>
  `${Number(value.toPrecision(3))}`;

/** A share for people, in percent. */
export const inPercent = (share: number): string =>
  `${Number((100 * share).toFixed(1))}%`.replace("-", "−");

/** The share by the other of two fine-tuned networks, as the end of a clause; "" where none looked, or one. */
export function byOtherNetwork(
  { trained, others: [other] = [] }: FoundSupport,
): string {
  return !trained || other === undefined
    ? ""
    : `by the other of two networks ${
      other.atLeast
        ? `at least ${inPercent(other.low)}`
        : inPercent(other.share)
    }`;
}
