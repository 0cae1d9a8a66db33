/**
 * What networks say that were trained for the question: effective robustness
 * over a line of baselines, as in the paper.
 *
 * @module
 */
import { z } from "zod";
import {
  type MeanEffectiveRobustness,
  meanEffectiveRobustnessSchema,
} from "../lines/mean_effective_robustness.ts";
import { type Point, pointSchema } from "../lines/point.ts";
import { type Line, lineSchema } from "../lines/regression.ts";

/** Below this share of the variance a line is said not to hold; the loosest on published ImageNet models, on Sketch and R, have 0.88. */
export const LEAST_R2 = 0.8;

/** A mean effective robustness in a part, as a fraction, with its interval; or how few examples there were. */
export type FoundGain =
  | {
    readonly value: number;
    readonly low: number;
    readonly high: number;
    /** {@linkcode FoundTrial.lineHolds} of the part's own line. */
    readonly lineHolds: boolean;
  }
  | { readonly tooFew: number };

/** Networks of one pre-training, fine-tuned on the reference images. */
export interface TrialGroup {
  /** What they were pre-trained on; or the name of the file of weights that they begin with. */
  readonly name: string;
  /** Whether that is a file of one's own; left out where not. */
  readonly isFile?: true | undefined;
  /** One a network. */
  readonly points: readonly Point[];
  readonly all: MeanEffectiveRobustness;
  readonly inSupport: FoundGain;
  readonly outOfSupport: FoundGain;
}

/** What the trial found. */
export interface FoundTrial {
  /** The line through networks trained from scratch on shares of the reference images. */
  readonly line: Line;
  readonly baselines: readonly Point[];
  /** Whether shifted accuracy follows reference accuracy closely enough for effective robustness to mean anything. */
  readonly lineHolds: boolean;
  /** Confidence level of each interval: all pre-trainings together have 95%. */
  readonly level: number;
  readonly groups: readonly TrialGroup[];
}

/** A trial whose networks are trained, but whose baselines lie on no line, so that nothing is measured over one. */
export interface TrialWithoutLine {
  /** Why there is no line, in one: "Cannot fit a line …". */
  readonly noLine: string;
}

/** What a trial gives. */
export type AskedTrial = FoundTrial | TrialWithoutLine;

const gain = z.union([
  z.strictObject({
    value: z.number(),
    low: z.number(),
    high: z.number(),
    lineHolds: z.boolean(),
  }),
  z.strictObject({ tooFew: z.int() }),
]);

/** Schema of {@linkcode FoundTrial}. */
export const foundTrialSchema: z.ZodType<FoundTrial> = z.strictObject({
  line: lineSchema,
  baselines: z.array(pointSchema).readonly(),
  lineHolds: z.boolean(),
  level: z.number(),
  groups: z.array(z.strictObject({
    name: z.string(),
    isFile: z.literal(true).optional(),
    points: z.array(pointSchema).readonly(),
    all: meanEffectiveRobustnessSchema,
    inSupport: gain,
    outOfSupport: gain,
  })).readonly(),
});

/** Schema of {@linkcode AskedTrial}. */
export const askedTrialSchema: z.ZodType<AskedTrial> = z.union([
  foundTrialSchema,
  z.strictObject({ noLine: z.string() }),
]);
