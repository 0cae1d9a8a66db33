/**
 * What is found of a shift: the answer, and the evidence behind it, as it is
 * kept and read again. What a page says of a number stands here, beside it.
 *
 * All numbers are fractions at full precision; every interval covers 95%
 * unless it says otherwise.
 *
 * @module
 */
import { z } from "zod";
import { ANSWERS, TERM_NAMES } from "./ask_findings.ts";
import { askedTrialSchema } from "./found_trial.ts";
import { reliabilityBinSchema } from "../splits/reliability.ts";

const number = z.number();
const size = z.int().nonnegative();
const estimated = z.strictObject({ value: number, low: number, high: number });
const range = z.strictObject({ low: number, high: number });
const area = z.strictObject({
  /** Area under the curve (AUROC): the chance that a shifted example looks more shifted than a reference one. 0.5 is chance, 1 tells them apart. */
  auroc: number,
  /** DeLong's interval over examples, as much wider as random splits scatter more than its null says. */
  low: number,
  high: number,
  /** What 95% of random splits of the same examples stay below; no shift is seen at or below it. */
  placebo: number,
  /** Share of the random splits that reach the area, itself counted among them: 1 / (placebos + 1) at least. */
  p: number,
});
const boundedShare = z.strictObject({
  /** Best estimate of it. */
  share: number,
  /** One-sided where the share is "at least": the true one is above it in 95% of cases. */
  low: number,
  /** With `low` an interval of 95%; 1 where the share is "at least". */
  high: number,
});

/** A number with its interval. */
export type Estimated = Readonly<z.infer<typeof estimated>>;

/** How well a classifier that did not see an example tells which set it is of. */
export type ShiftArea = Readonly<z.infer<typeof area>>;

/** A share of the shifted examples. */
export type BoundedShare = Readonly<z.infer<typeof boundedShare>>;

/** Schema of {@linkcode FoundShift}. */
export const foundShiftSchema = area.extend({
  /** The same between examples of the same class, which differences of class frequencies cannot move; null without labels. */
  withinClass: area.nullable(),
  /** The same by a classifier of each class by itself, which sees what changes in opposite ways in different classes; null without labels, and of more than 100 classes, or of classes of fewer than 20 examples on average. */
  ofEachClass: area.nullable().optional(),
  /** The same by a classifier of how far features lie from their means in a class, and, of few features, of their products, which sees what spreads or goes together otherwise; null without labels. */
  ofSecondOrder: area.nullable().optional(),
  /** What is left where reference examples are drawn anew, each as often as its like is among the shifted ones; null without labels, where no shift is seen, and where all examples are of one fold; left out of older answers. */
  redrawn: z.strictObject({
    /** Share of the shifted examples whose likes the reference set seems to have less than {@linkcode FoundSupport.epsilon} times as often, too rarely to be drawn, and the upper end of it. */
    lacking: z.strictObject({ share: number, high: number }),
    /** Number of reference examples that are drawn. */
    drawn: size,
    /** Between these and shifted examples of the same class, by a classifier of features and of how they spread; null where too many are lacking, or too few drawn. */
    left: area.nullable(),
  }).nullable().optional(),
  /** By kind of features, and all of them together as "all"; `marginal` by a classifier that is told no labels. */
  bySet: z.record(
    z.string(),
    z.strictObject({
      marginal: area,
      /** Between examples of the same class; null without labels. */
      withinClass: area.nullable(),
    }),
  ),
  /** What is left among examples that are alike in a property, the least first; empty without labels. */
  remainders: z.array(z.strictObject({
    property: z.string(),
    auroc: number,
    low: number,
    high: number,
    /** Share of the shifted examples whose values of the property the reference set has for sure: at least {@linkcode FoundSupport.epsilon} times as often. */
    reached: number,
    /** Share of the shifted examples whose values of the property the reference set surely lacks or hardly has: less than {@linkcode FoundSupport.epsilon} times as often. Left out of older answers. */
    absent: number.optional(),
    /** Share of the shifted examples whose class and value the reference set surely lacks or hardly has together: less than {@linkcode FoundSupport.epsilon} times as often. */
    lacking: number.optional(),
  })).readonly(),
  /** Number of random splits behind `placebo` and `p`. */
  placebos: size,
  /** Calibrated probability of being a shifted example, and how often that is true, by bin. */
  reliability: z.array(reliabilityBinSchema).readonly(),
});

/** Schema of {@linkcode FoundTestShift}. */
export const foundTestShiftSchema = area.extend({
  /** Chance that class frequencies of the two sets differ as much. */
  labelChance: number,
  /** Upper end of their distance; left out of older answers. */
  labelDistance: number.optional(),
  /** Properties that tell less of the label in the test set, so that it counts and comes by chance in as few cases as a difference of classes may. */
  lost: z.array(z.string()).readonly(),
  /** Properties that tell more of it, or go with it newly; left out of older answers. */
  gained: z.array(z.string()).readonly().optional(),
});

/** How a test set that was given differs from the reference set: its area is that between examples of the same class. */
export type FoundTestShift = Readonly<z.infer<typeof foundTestShiftSchema>>;

/** Whether there is a shift in the examples themselves. Blind to a bias that links a property to labels: see the biases. */
export type FoundShift = Readonly<z.infer<typeof foundShiftSchema>>;

/** What tells shifted examples from reference ones that are drawn in their proportions. */
export type FoundRedrawn = NonNullable<FoundShift["redrawn"]>;

/** One kind of features. */
export type ShiftInFeatures = FoundShift["bySet"][string];

/** What is left of a shift among examples of one class that are alike in a property: their area. */
export type FoundRemainder = FoundShift["remainders"][number];

/** Schema of {@linkcode FoundLabels}. */
export const foundLabelsSchema = z.strictObject({
  /** Chance that a difference of frequencies as large as this one comes from drawing groups of examples alone. */
  p: number,
  /** Half the summed difference of class shares (total variation distance), less what chance is expected to give; 0 at least. */
  distance: estimated,
  /** The same of the shifted examples in support alone, beside the test set. Null without features, or where fewer than fifty are; left out of older answers. */
  inSupport: z.strictObject({ p: number, distance: estimated }).nullable()
    .optional(),
  /** Numbers of all examples that are left after removal of duplicates, in the order of the classes; chance and distance are of those that were drawn of them. */
  counts: z.array(
    z.strictObject({ class: z.string(), test: size, shifted: size }),
  ).readonly(),
  /** The two classes whose examples look more like those of the other than before, the most conspicuous pair. Null without features, or where no two classes have twenty examples in both sets and are told apart by a linear classifier; left out of older answers. */
  exchanged: z.strictObject({
    classes: z.tuple([z.string(), z.string()]).readonly(),
    /** Share of their labels that would have to be exchanged for that, were nothing else changed. */
    share: estimated,
    /** Chance that any two classes stand out as much in random splits of the examples of each class. */
    p: number,
  }).nullable().optional(),
});

/** Class frequencies of both sets. */
export type FoundLabels = Readonly<z.infer<typeof foundLabelsSchema>>;

/** Two classes whose labels may have been exchanged for some of the examples. */
export type FoundExchange = NonNullable<FoundLabels["exchanged"]>;

/** Schema of {@linkcode FoundSupport}. */
export const foundSupportSchema = boundedShare.extend({
  /** Whether networks were fine-tuned as classifiers, in a trial; linear ones on frozen features told the sets apart otherwise. */
  trained: z.boolean(),
  /** Whether `share` is only what these features tell apart, so that more may be out of support: always, where no network was fine-tuned as classifier, and where what looks in support to one is not like the reference set either. */
  atLeast: z.boolean(),
  /** The density ratio, reference over shifted, below which an example is out of support: that of `share`. */
  epsilon: number,
  /** The kind of features that isolates the part. */
  features: z.string(),
  /** Of the examples that one of two kinds of features puts out of support, the one which sees fewer, the share that the other does as well (overlap coefficient), of several kinds the least. Null where fewer than two see any. */
  agreement: number.nullable(),
  /** The share by each other kind of features alone, or by each other network: `share` is by that which isolates most. Left out where nothing else looked. */
  others: z.array(
    boundedShare.extend({ features: z.string(), atLeast: z.boolean() }),
  ).readonly().optional(),
  /** The same share for stricter and looser bounds, ascending in epsilon. */
  sweep: z.array(boundedShare.extend({ epsilon: number })).readonly(),
});

/** Which part of the shifted set lies outside the reference support. */
export type FoundSupport = Readonly<z.infer<typeof foundSupportSchema>>;

/** Schema of {@linkcode FoundDrop}. */
export const foundDropSchema = z.strictObject({
  /** Whose: the mean of this many models of the user's, or networks of a trial, or of a linear classifier on the features ("probe"). */
  models: z.union([z.int().positive(), z.literal("probe")]),
  /** Of a probe: whether its intervals hold that another reference set would give another one. They do not where the set is of fewer than four groups. */
  taughtAnew: z.boolean().optional(),
  /** Accuracy on the test set less that on the shifted set; the interval is a bootstrap over groups of examples of both, models of the user's and networks as they are. Of the user's models over all examples that are left after removal of duplicates; of a probe and of networks over those that were drawn of them. */
  total: number,
  low: number,
  high: number,
  /** The same of the examples that were drawn, which terms, placebos and parts are of: `total` where all were. */
  ofDrawn: number,
  /** Three terms, whose values add up to `ofDrawn`, or none where less than `LEAST_SHARED` is shared, or as few shifted examples are in support, because then nearly all is booked as other labels, wrongly. */
  terms: z.array(estimated.extend({
    name: z.enum(TERM_NAMES),
    /** What 95% of random splits of the same examples give for this term. */
    placebo: range,
  })).readonly(),
  /** Overlap of the two distributions as the classifier sees them: 1 where it cannot tell them apart, 0 where it always can; null without features. */
  sharedMass: number.nullable(),
  /** Numbers of unweighted examples that are worth as much as the weighted ones of the shared part (Kish). */
  effectiveSizes: z.strictObject({ test: number, shifted: number }),
  /** How often models are right, as a fraction of examples; a part that has none, or too few, has no accuracy. */
  accuracy: z.strictObject({
    reference: estimated,
    shifted: estimated,
    inSupport: estimated.nullable(),
    outOfSupport: estimated.nullable(),
  }),
  /** Null where there are fewer than `MODELS_FOR_DIFFICULTY` models that say what is difficult, or nothing is out of support. */
  difficultyControlled: z.strictObject({
    /** Accuracy in support, of models that did not decide which examples are difficult. */
    inSupport: number,
    /** Accuracy out of support, examples weighted to the difficulties of those in support. */
    outOfSupport: number,
    /** The first less the second. */
    difference: estimated,
    /** Share of the in-support part whose difficulty occurs out of support; below 1 the match is imperfect. */
    covered: number,
    /** What 95% of random parts give for the difference that are as large as these and as difficult: what control leaves of difficulty alone. */
    placebo: range,
  }).nullable(),
  /** What 95% of random splits of the same examples give for the whole drop; null without features. */
  placebo: range.nullable(),
});

/** Where accuracy is lost. */
export type FoundDrop = Readonly<z.infer<typeof foundDropSchema>>;

/** One part of a drop, as far as linear classifiers tell the sets apart: what they miss is booked as other labels. */
export type DropTerm = FoundDrop["terms"][number];

/** Out-of-support examples beside in-support ones of the same difficulty. */
export type ControlledForDifficulty = NonNullable<
  FoundDrop["difficultyControlled"]
>;

/** What a property tells where one half of the shifted set teaches and of the other and of the test set is asked. */
const gainedSchema = z.strictObject({
  /** Chance that the largest z over all properties reaches this one's; random splits teach, too. */
  p: number,
  /** Rise of the association, in its standard errors. */
  z: number,
  /** Mean information about the label, in nats an example, on the shifted set. */
  shifted: number,
  /** The same on the test set: about 0 where the link is new. */
  test: number,
  /** Shifted less test. */
  rise: estimated,
  /** The same of the shifted examples in support alone; null where they are too few. */
  inSupport: estimated.extend({
    counts: z.boolean(),
    moved: estimated.optional(),
  }).nullable(),
  /** Whether it is a rise to speak of, by the bounds of a fall. */
  counts: z.boolean(),
});

/** Schema of {@linkcode FoundBias}. */
export const foundBiasSchema = z.strictObject({
  property: z.string(),
  /** Chance that the largest z over all properties reaches this one's, were sets drawn at random (permutations of the maximum). */
  p: number,
  /** Fall of the association, in its standard errors. */
  z: number,
  /** Mean information about the label, in nats an example, that the property gives on the test set. */
  test: number,
  /** The same on the shifted set, classes weighted alike: below 0 where it misleads. */
  shifted: number,
  /** Test less shifted. */
  fall: estimated,
  /** The same of the shifted examples in support alone, whether it counts as that of all does, a fall that nothing new explains, and how far the property's own values moved there, which new examples may move. Null where they are too few. */
  inSupport: estimated.extend({
    counts: z.boolean(),
    moved: estimated.optional(),
  }).nullable(),
  /** Distance of its own values between the sets, whatever the label (total variation over bins, chance taken off): where it moved itself, a fall of its association proves no bias. */
  moved: estimated,
  /** Whether it is a fall to speak of: the property is linked to the label in the test set, p is at most 0.01, and the fall 0.02 nats and three tenths of what the property tells on the test set at the least. Whether it proves a bias depends on what else was found: see the rule. */
  counts: z.boolean(),
  /** Whether the property tells something of the label in the test set, by chance in 1% of cases at most; left out of older answers. */
  linked: z.boolean().optional(),
  /** The same the other way round, where the shifted set teaches: a link that the reference set lacks, or has less of. Left out of older answers, and where nothing was compared so. */
  gained: gainedSchema.optional(),
  /** Whether it is of the file and not of what it shows, as its type and its size are: no classifier sees that. */
  ofFile: z.literal(true).optional(),
});

/** A property that may tell the label in the reference set, and less so in the shifted one, or more. */
export type FoundBias = Readonly<z.infer<typeof foundBiasSchema>>;

/** Schema of {@linkcode WorstGroup}. */
export const worstGroupSchema = z.strictObject({
  /** "brightness 0.1 to 0.2", "file type png", "group ward 3"; "class cat" where no property is given. */
  group: z.string(),
  /** Class of its examples; null for all classes. */
  class: z.string().nullable(),
  n: size,
  /** Accuracy, with an interval that holds together with those of all groups that were looked at: the worst were searched for. */
  accuracy: number,
  low: number,
  high: number,
  /** How many groups were looked at. */
  lookedAt: size,
});

/** A group of shifted examples on which models are right least often. */
export type WorstGroup = Readonly<z.infer<typeof worstGroupSchema>>;

/** Where networks of a trial lose accuracy. */
export interface TrialDrops {
  /** Of the mean network from scratch. */
  readonly drop: FoundDrop | null;
  readonly worstGroups: readonly WorstGroup[];
  /** Of the mean fine-tuned network; null where there is none. */
  readonly fineTunedDrop: FoundDrop | null;
}

/** Schema of {@linkcode AskFindings}. */
export const askFindingsSchema = z.strictObject({
  answer: z.enum(ANSWERS),
  /** One to four sentences for someone without statistics; one more of a trial. */
  why: z.string(),
  /** Numbers of examples that classifiers, placebos and properties are of: of those left after removal of duplicates all, or as many as are drawn. `reference` is null where there is no such set. */
  examples: z.strictObject({
    reference: size.nullable(),
    test: size,
    shifted: size,
    /** How many there were before that, with duplicates. */
    given: z.strictObject({
      reference: size.nullable(),
      test: size,
      shifted: size,
    }),
    /** Numbers of groups that these examples belong to: of examples, where each is its own. */
    groups: z.strictObject({ test: size, shifted: size }),
    /** The most that are drawn of a set, at random. Accuracies of the user's models, their drop and numbers of each class are of all; so are groups with the lowest accuracy where there is no property. */
    atMost: size,
  }),
  /** Examples that were removed before anything else, as equal or nearly equal to one of another set. */
  duplicates: z.strictObject({
    removed: size,
    reference: size,
    test: size,
    shifted: size,
  }),
  shift: foundShiftSchema.nullable(),
  /** How a test set that was given differs from the reference set: where it does for sure, the question is undecidable. Left out where a part of the reference set was held out, and where there is no such set; null where there is too little to tell. */
  testShift: foundTestShiftSchema.nullable().optional(),
  labels: foundLabelsSchema.nullable(),
  outOfSupport: foundSupportSchema.nullable(),
  /** The same by fine-tuned networks, where the shifted images have no labels: the rule does not read it, since how often it would err was not tried. Left out where none looked, and where `outOfSupport` is by them. */
  trainedSupport: foundSupportSchema.nullable().optional(),
  /** With a trial that of its mean network from scratch; the rule read that of a linear classifier all the same. */
  drop: foundDropSchema.nullable(),
  /** Of the mean fine-tuned network of a trial; left out where none was fine-tuned. */
  fineTunedDrop: foundDropSchema.optional(),
  /** The largest z first. */
  biases: z.array(foundBiasSchema).readonly(),
  /** The lowest first, of whom `drop` is; empty without predictions and labels. */
  worstGroups: z.array(worstGroupSchema).readonly(),
  /** What fine-tuned networks add; null where none was trained. */
  trial: askedTrialSchema.nullable(),
  /** Given where a bias looks as wrong labels of the shifted set do. */
  mayBeLabels: z.literal(true).optional(),
  /** Empty where the question is decided, bias was looked for, and a trial, if there is one, tells what pre-training brings, or nothing that can be had would make it. */
  needs: z.array(z.strictObject({
    /** "shifted examples", "labels, one for each shifted example", "test examples", "baselines" … */
    what: z.string(),
    /** How many in all, as the widths of intervals suggest: they fall with the root of the number. */
    number,
    /** Given where the number is no such estimate, but counted. */
    exact: z.literal(true).optional(),
    /** How many there are; left out where none are, or they were not counted. */
    there: size.optional(),
    /** What would do in its place. */
    or: z.string().optional(),
    /** What it would tell, beside the answer: "to tell what pre-training brings". */
    to: z.string().optional(),
  })).readonly(),
  /** The rule, condition by condition: in words, with its bound and the number that was found; `holds` is null where it cannot be told. */
  rule: z.array(
    z.strictObject({ condition: z.string(), holds: z.boolean().nullable() }),
  ).readonly(),
});

/** The answer and what it rests on. `ask --json` prints it. */
export type AskFindings = Readonly<z.infer<typeof askFindingsSchema>>;

/** What would decide an undecidable question, or what a decided one leaves open. */
export type Need = AskFindings["needs"][number];

/** A condition of the rule, as it was applied. */
export type RuleCondition = AskFindings["rule"][number];

/** What the rule makes of all else. */
export type Judgement = Pick<
  AskFindings,
  "answer" | "why" | "needs" | "mayBeLabels" | "rule"
>;
