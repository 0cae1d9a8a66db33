/**
 * What networks say that were trained for the question: effective robustness
 * over a line of baselines, as in the paper.
 *
 * @module
 */
import { z } from "zod";
import { meanEffectiveRobustnessSchema } from "../lines/mean_effective_robustness.ts";
import { pointSchema } from "../lines/point.ts";
import { lineSchema } from "../lines/regression.ts";

/** Below this share of the variance a line is said not to hold; the loosest on published ImageNet models, on Sketch and R, have 0.88. */
export const LEAST_R2 = 0.8;

const gain = z.union([
  z.strictObject({
    value: z.number(),
    low: z.number(),
    high: z.number(),
    /** {@linkcode FoundTrial.lineHolds} of the part's own line. */
    lineHolds: z.boolean(),
  }),
  z.strictObject({ tooFew: z.int() }),
]);

/** A mean effective robustness in a part, as a fraction, with its interval; or how few examples there were. */
export type FoundGain = Readonly<z.infer<typeof gain>>;

/** Schema of {@linkcode FoundTrial}. */
export const foundTrialSchema = z.strictObject({
  /** The line through networks trained from scratch on shares of the reference images. */
  line: lineSchema,
  baselines: z.array(pointSchema).readonly(),
  /** Whether shifted accuracy follows reference accuracy closely enough for effective robustness to mean anything. */
  lineHolds: z.boolean(),
  /** Confidence level of each interval: all pre-trainings together have 95%. */
  level: z.number(),
  groups: z.array(z.strictObject({
    /** What they were pre-trained on; or the name of the file of weights that they begin with. */
    name: z.string(),
    /** Whether that is a file of one's own; left out where not. */
    isFile: z.literal(true).optional(),
    /** One a network. */
    points: z.array(pointSchema).readonly(),
    all: meanEffectiveRobustnessSchema,
    inSupport: gain,
    outOfSupport: gain,
  })).readonly(),
});

/** What the trial found. */
export type FoundTrial = Readonly<z.infer<typeof foundTrialSchema>>;

/** Networks of one pre-training, fine-tuned on the reference images. */
export type TrialGroup = FoundTrial["groups"][number];

/** Schema of {@linkcode AskedTrial}. */
export const askedTrialSchema = z.union([
  foundTrialSchema,
  z.strictObject({
    /** Why there is no line, in one, where networks are trained, but baselines lie on none: "Cannot fit a line …". */
    noLine: z.string(),
  }),
]);

/** What a trial gives. */
export type AskedTrial = Readonly<z.infer<typeof askedTrialSchema>>;
