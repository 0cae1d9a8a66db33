/**
 * What is found of a shift: the answer, and the evidence behind it. What a
 * page says of a number stands here, beside it.
 *
 * All numbers are fractions at full precision; every interval covers 95%
 * unless it says otherwise.
 *
 * @module
 */
import type { AskedTrial } from "./found_trial.ts";
import type { ReliabilityBin } from "../splits/reliability.ts";

/**
 * Whether pre-training can help: it can where shifted examples lie outside the
 * reference support (extrapolation), it cannot where the reference set has
 * them too, with other frequencies (bias).
 */
export type Answer =
  | "extrapolation"
  | "bias"
  | "both"
  | "no shift"
  | "undecidable";

/** All answers. */
export const ANSWERS = [
  "extrapolation",
  "bias",
  "both",
  "no shift",
  "undecidable",
] as const satisfies readonly Answer[];

/** A number with its interval. */
export interface Estimated {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

/** How well a classifier that did not see an example tells which set it is of. */
export interface ShiftArea {
  /** Area under the curve (AUROC): the chance that a shifted example looks more shifted than a reference one. 0.5 is chance, 1 tells them apart. */
  readonly auroc: number;
  /** DeLong's interval over examples, as much wider as random splits scatter more than its null says. */
  readonly low: number;
  readonly high: number;
  /** What 95% of random splits of the same examples stay below; no shift is seen at or below it. */
  readonly placebo: number;
  /** Share of the random splits that reach the area, itself counted among them: 1 / (placebos + 1) at least. */
  readonly p: number;
}

/** One kind of features. */
export interface ShiftInFeatures {
  /** By a classifier that is told no labels. */
  readonly marginal: ShiftArea;
  /** Between examples of the same class; null without labels. */
  readonly withinClass: ShiftArea | null;
}

/** What is left of a shift among examples of one class that are alike in a property: their area. */
export interface FoundRemainder {
  readonly property: string;
  /** Share of the shifted examples whose class and value the reference set surely lacks or hardly has together: less than {@linkcode FoundSupport.epsilon} times as often. */
  readonly lacking?: number | undefined;
  readonly auroc: number;
  readonly low: number;
  readonly high: number;
  /** Share of the shifted examples whose values of the property the reference set has for sure: at least {@linkcode FoundSupport.epsilon} times as often. */
  readonly reached: number;
}

/** Whether there is a shift in the examples themselves. Blind to a bias that links a property to labels: see the biases. */
export interface FoundShift extends ShiftArea {
  /** The same between examples of the same class, which differences of class frequencies cannot move; null without labels. */
  readonly withinClass: ShiftArea | null;
  /** By kind of features, and all of them together as "all". */
  readonly bySet: Readonly<Record<string, ShiftInFeatures>>;
  /** What is left among examples that are alike in a property, the least first; empty without labels. */
  readonly remainders: readonly FoundRemainder[];
  /** Number of random splits behind `placebo` and `p`. */
  readonly placebos: number;
  /** Calibrated probability of being a shifted example, and how often that is true, by bin. */
  readonly reliability: readonly ReliabilityBin[];
}

/** Class frequencies of both sets. */
export interface FoundLabels {
  /** Chance that a difference of frequencies as large as this one comes from drawing groups of examples alone. */
  readonly p: number;
  /** Half the summed difference of class shares (total variation distance), less what chance is expected to give; 0 at least. */
  readonly distance: Estimated;
  /** Numbers of all examples that are left after removal of duplicates, in the order of the classes; chance and distance are of those that were drawn of them. */
  readonly counts: readonly {
    readonly class: string;
    readonly test: number;
    readonly shifted: number;
  }[];
}

/** A share of the shifted examples. */
export interface BoundedShare {
  /** Best estimate of it. */
  readonly share: number;
  /** One-sided where the share is "at least": the true one is above it in 95% of cases. */
  readonly low: number;
  /** With `low` an interval of 95%; 1 where the share is "at least". */
  readonly high: number;
}

/** Which part of the shifted set lies outside the reference support. */
export interface FoundSupport extends BoundedShare {
  /** Whether networks were fine-tuned as classifiers, in a trial; linear ones on frozen features told the sets apart otherwise. */
  readonly trained: boolean;
  /** Whether `share` is only what these features tell apart, so that more may be out of support: always, where no network was fine-tuned as classifier, and where what looks in support to one is not like the reference set either. */
  readonly atLeast: boolean;
  /** The density ratio, reference over shifted, below which an example is out of support: that of `share`. */
  readonly epsilon: number;
  /** The kind of features that isolates the part. */
  readonly features: string;
  /** Share of the shifted examples that two kinds of features put on the same side, in support or out of it: parts of 20% and 25% without an example in common agree on 55%. Null where there is one kind. */
  readonly agreement: number | null;
  /** How far that is above what parts of these sizes agree on by chance, as a share of what there is room for (Cohen's kappa): 0 by chance, 1 on all. Shown beside, and no part of the rule; null where there is one kind, or nothing is out. */
  readonly beyondChance: number | null;
  /** The same share for stricter and looser bounds, ascending in epsilon. */
  readonly sweep: readonly (BoundedShare & { readonly epsilon: number })[];
}

/** How often models are right, as a fraction of examples; null where there are none. */
export interface FoundAccuracy {
  readonly reference: Estimated;
  readonly shifted: Estimated;
  readonly inSupport: Estimated | null;
  readonly outOfSupport: Estimated | null;
}

/** Names of DISDE's terms (Cai, Namkoong, Yadlowsky, arXiv:2303.02011), in the order of the sum. */
export const TERM_NAMES = [
  "harder examples that both sets have",
  "other labels for the same examples",
  "examples that the reference lacks",
] as const;

/** One part of a drop, as far as linear classifiers tell the sets apart: what they miss is booked as other labels. */
export interface DropTerm extends Estimated {
  /** One of {@linkcode TERM_NAMES}. The values of the three add up to {@linkcode FoundDrop.ofDrawn}. */
  readonly name: typeof TERM_NAMES[number];
  /** What 95% of random splits of the same examples give for this term. */
  readonly placebo: { readonly low: number; readonly high: number };
}

/** Out-of-support examples beside in-support ones of the same difficulty. */
export interface ControlledForDifficulty {
  /** Accuracy in support, of models that did not decide which examples are difficult. */
  readonly inSupport: number;
  /** Accuracy out of support, examples weighted to the difficulties of those in support. */
  readonly outOfSupport: number;
  /** The first less the second. */
  readonly difference: Estimated;
  /** Share of the in-support part whose difficulty occurs out of support; below 1 the match is imperfect. */
  readonly covered: number;
  /** What 95% of random parts give for the difference that are as large as these and as difficult: what control leaves of difficulty alone. */
  readonly placebo: { readonly low: number; readonly high: number };
}

/** Where accuracy is lost. */
export interface FoundDrop {
  /** Whose: the mean of this many models of the user's, or networks of a trial, or of a linear classifier on the features ("probe"). */
  readonly models: number | "probe";
  /** Accuracy on the test set less that on the shifted set; the interval is a bootstrap over groups of examples of both, the models as they are. Of the user's models over all examples that are left after removal of duplicates; of a probe and of networks over those that were drawn of them. */
  readonly total: number;
  readonly low: number;
  readonly high: number;
  /** The same of the examples that were drawn, which terms, placebos and parts are of: `total` where all were. */
  readonly ofDrawn: number;
  /** Three terms, or none where less than {@linkcode LEAST_SHARED} is shared, because then nearly all is booked as other labels, wrongly. */
  readonly terms: readonly DropTerm[];
  /** Overlap of the two distributions as the classifier sees them: 1 where it cannot tell them apart, 0 where it always can; null without features. */
  readonly sharedMass: number | null;
  /** Numbers of unweighted examples that are worth as much as the weighted ones of the shared part (Kish). */
  readonly effectiveSizes: { readonly test: number; readonly shifted: number };
  readonly accuracy: FoundAccuracy;
  /** Null where there are fewer than {@linkcode MODELS_FOR_DIFFICULTY} models that say what is difficult, or nothing is out of support. */
  readonly difficultyControlled: ControlledForDifficulty | null;
  /** What 95% of random splits of the same examples give for the whole drop; null without features. */
  readonly placebo: { readonly low: number; readonly high: number } | null;
}

/** Fewest models by whose mistakes examples can be called difficult for other models. */
export const MODELS_FOR_DIFFICULTY = 4;

/** Fewest groups of examples of each set with which anything is computed: those of one group count as one. */
export const FEWEST_GROUPS = 10;

/** The least overlap at which DISDE's terms are given; fixed before any was looked at. */
export const LEAST_SHARED = 0.3;

/** A property that tells the label in the reference set, and less so in the shifted one. */
export interface FoundBias {
  readonly property: string;
  /** Chance that the largest z over all properties reaches this one's, were sets drawn at random (permutations of the maximum). */
  readonly p: number;
  /** Fall of the association, in its standard errors. */
  readonly z: number;
  /** Mean information about the label, in nats an example, that the property gives on the test set. */
  readonly test: number;
  /** The same on the shifted set, classes weighted alike: below 0 where it misleads. */
  readonly shifted: number;
  /** Test less shifted. */
  readonly fall: Estimated;
  /** The same of the shifted examples in support alone, and whether it counts as that of all does: a fall that nothing new explains. Null where they are too few. */
  readonly inSupport: (Estimated & { readonly counts: boolean }) | null;
  /** Distance of its own values between the sets, whatever the label (total variation over bins, chance taken off): where it moved itself, a fall of its association proves no bias. */
  readonly moved: Estimated;
  /** Whether it is a fall to speak of: p at most 0.01, and 0.02 nats and three tenths of what the property tells on the test set at the least. Whether it proves a bias depends on what else was found: see the rule. */
  readonly counts: boolean;
  /** Whether it is of the file and not of what it shows, as its type and its size are: no classifier sees that. */
  readonly ofFile?: true | undefined;
}

/** A group of shifted examples on which models are right least often. */
export interface WorstGroup {
  /** "brightness 0.1 to 0.2", "file type png", "group ward 3"; "class cat" where no property is given. */
  readonly group: string;
  /** Class of its examples; null for all classes. */
  readonly class: string | null;
  readonly n: number;
  /** Accuracy, with an interval that holds together with those of all groups that were looked at: the worst were searched for. */
  readonly accuracy: number;
  readonly low: number;
  readonly high: number;
  /** How many groups were looked at. */
  readonly lookedAt: number;
}

/** Where networks of a trial lose accuracy. */
export interface TrialDrops {
  /** Of the mean network from scratch. */
  readonly drop: FoundDrop | null;
  readonly worstGroups: readonly WorstGroup[];
  /** Of the mean fine-tuned network; null where there is none. */
  readonly fineTunedDrop: FoundDrop | null;
}

/** What would decide an undecidable question, or what a decided one leaves open. */
export interface Need {
  /** "shifted examples", "labels of shifted examples", "test examples", "baselines" … */
  readonly what: string;
  /** How many in all, as the widths of intervals suggest: they fall with the root of the number. */
  readonly number: number;
  /** How many there are; left out where none are, or they were not counted. */
  readonly there?: number | undefined;
  /** What would do in its place. */
  readonly or?: string | undefined;
  /** What it would tell, beside the answer: "to tell what pre-training brings". */
  readonly to?: string | undefined;
}

/** A condition of the rule, as it was applied. */
export interface RuleCondition {
  /** In words, with its bound and the number that was found. */
  readonly condition: string;
  /** Null where it cannot be told. */
  readonly holds: boolean | null;
}

/** The answer and what it rests on. `ask --json` prints it. */
export interface AskFindings {
  readonly answer: Answer;
  /** One to three sentences for someone without statistics; one more of a trial. */
  readonly why: string;
  /** Numbers of examples that classifiers, placebos and properties are of: of those left after removal of duplicates all, or as many as are drawn. `reference` is null where there is no such set. */
  readonly examples: {
    readonly reference: number | null;
    readonly test: number;
    readonly shifted: number;
    /** How many there were before that, with duplicates. */
    readonly given: {
      readonly reference: number | null;
      readonly test: number;
      readonly shifted: number;
    };
    /** Numbers of groups that these examples belong to: of examples, where each is its own. */
    readonly groups: { readonly test: number; readonly shifted: number };
    /** The most that are drawn of a set, at random. Accuracies of the user's models, their drop and numbers of each class are of all; so are groups with the lowest accuracy where there is no property. */
    readonly atMost: number;
  };
  /** Examples that were removed before anything else, as equal or nearly equal to one of another set. */
  readonly duplicates: {
    readonly removed: number;
    readonly reference: number;
    readonly test: number;
    readonly shifted: number;
  };
  readonly shift: FoundShift | null;
  /** How well a test set that was given is told from the reference set, between examples of the same class: where that is for sure and more than a little, the question is undecidable. Left out where a part of the reference set was held out, and where there is no such set; null where there is too little to tell. */
  readonly testShift?: ShiftArea | null | undefined;
  readonly labels: FoundLabels | null;
  readonly outOfSupport: FoundSupport | null;
  /** The same by fine-tuned networks, where the shifted images have no labels: the rule does not read it, since how often it would err was not tried. Left out where none looked, and where {@linkcode AskFindings.outOfSupport} is by them. */
  readonly trainedSupport?: FoundSupport | null | undefined;
  /** With a trial that of its mean network from scratch; the rule read that of a linear classifier all the same. */
  readonly drop: FoundDrop | null;
  /** Of the mean fine-tuned network of a trial; left out where none was fine-tuned. */
  readonly fineTunedDrop?: FoundDrop | undefined;
  /** The largest z first. */
  readonly biases: readonly FoundBias[];
  /** The lowest first, of whom {@linkcode AskFindings.drop} is; empty without predictions and labels. */
  readonly worstGroups: readonly WorstGroup[];
  /** What fine-tuned networks add; null where none was trained. */
  readonly trial: AskedTrial | null;
  /** Empty where the question is decided, bias was looked for, and a trial, if there is one, tells what pre-training brings. */
  readonly needs: readonly Need[];
  /** Given where a bias looks as wrong labels of the shifted set do. */
  readonly mayBeLabels?: true | undefined;
  /** The rule, condition by condition. */
  readonly rule: readonly RuleCondition[];
}

/** What the rule makes of all else. */
export type Judgement = Pick<
  AskFindings,
  "answer" | "why" | "needs" | "mayBeLabels" | "rule"
>;
