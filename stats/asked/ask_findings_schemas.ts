/**
 * Schemas of what is found of a shift, for what is kept and read again.
 *
 * @module
 */
import { z } from "zod";
import {
  ANSWERS,
  type AskFindings,
  type FoundBias,
  type FoundDrop,
  type FoundLabels,
  type FoundShift,
  type FoundSupport,
  type ShiftArea,
  TERM_NAMES,
  type WorstGroup,
} from "./ask_findings.ts";
import { askedTrialSchema } from "./found_trial.ts";
import { reliabilityBinSchema } from "../splits/reliability.ts";

const number = z.number();
const size = z.int().nonnegative();
const estimated = z.strictObject({ value: number, low: number, high: number });
const range = z.strictObject({ low: number, high: number });
const area = z.strictObject({
  auroc: number,
  low: number,
  high: number,
  placebo: number,
  p: number,
});
/** Schema of {@linkcode ShiftArea}. */
export const shiftAreaSchema: z.ZodType<ShiftArea> = area;
const boundedShare = z.strictObject({
  share: number,
  low: number,
  high: number,
});

/** Schema of {@linkcode FoundShift}. */
export const foundShiftSchema: z.ZodType<FoundShift> = area.extend({
  withinClass: area.nullable(),
  bySet: z.record(
    z.string(),
    z.strictObject({ marginal: area, withinClass: area.nullable() }),
  ),
  remainders: z.array(z.strictObject({
    property: z.string(),
    auroc: number,
    low: number,
    high: number,
    reached: number,
    lacking: number.optional(),
  })).readonly(),
  placebos: size,
  reliability: z.array(reliabilityBinSchema).readonly(),
});

/** Schema of {@linkcode FoundLabels}. */
export const foundLabelsSchema: z.ZodType<FoundLabels> = z.strictObject({
  p: number,
  distance: estimated,
  counts: z.array(
    z.strictObject({ class: z.string(), test: size, shifted: size }),
  ).readonly(),
});

/** Schema of {@linkcode FoundSupport}. */
export const foundSupportSchema: z.ZodType<FoundSupport> = boundedShare.extend({
  trained: z.boolean(),
  atLeast: z.boolean(),
  epsilon: number,
  features: z.string(),
  agreement: number.nullable(),
  beyondChance: number.nullable(),
  sweep: z.array(boundedShare.extend({ epsilon: number })).readonly(),
});

/** Schema of {@linkcode FoundDrop}. */
export const foundDropSchema: z.ZodType<FoundDrop> = z.strictObject({
  models: z.union([z.int().positive(), z.literal("probe")]),
  total: number,
  low: number,
  high: number,
  ofDrawn: number,
  terms: z.array(estimated.extend({
    name: z.enum(TERM_NAMES),
    placebo: range,
  })).readonly(),
  sharedMass: number.nullable(),
  effectiveSizes: z.strictObject({ test: number, shifted: number }),
  accuracy: z.strictObject({
    reference: estimated,
    shifted: estimated,
    inSupport: estimated.nullable(),
    outOfSupport: estimated.nullable(),
  }),
  difficultyControlled: z.strictObject({
    inSupport: number,
    outOfSupport: number,
    difference: estimated,
    covered: number,
    placebo: range,
  }).nullable(),
  placebo: range.nullable(),
});

/** Schema of {@linkcode FoundBias}. */
export const foundBiasSchema: z.ZodType<FoundBias> = z.strictObject({
  property: z.string(),
  p: number,
  z: number,
  test: number,
  shifted: number,
  fall: estimated,
  inSupport: estimated.extend({ counts: z.boolean() }).nullable(),
  moved: estimated,
  counts: z.boolean(),
  ofFile: z.literal(true).optional(),
});

/** Schema of {@linkcode WorstGroup}. */
export const worstGroupSchema: z.ZodType<WorstGroup> = z.strictObject({
  group: z.string(),
  class: z.string().nullable(),
  n: size,
  accuracy: number,
  low: number,
  high: number,
  lookedAt: size,
});

/** Schema of {@linkcode AskFindings}. */
export const askFindingsSchema: z.ZodType<AskFindings> = z.strictObject({
  answer: z.enum(ANSWERS),
  why: z.string(),
  examples: z.strictObject({
    reference: size.nullable(),
    test: size,
    shifted: size,
    given: z.strictObject({
      reference: size.nullable(),
      test: size,
      shifted: size,
    }),
    groups: z.strictObject({ test: size, shifted: size }),
    atMost: size,
  }),
  duplicates: z.strictObject({
    removed: size,
    reference: size,
    test: size,
    shifted: size,
  }),
  shift: foundShiftSchema.nullable(),
  testShift: area.nullable().optional(),
  labels: foundLabelsSchema.nullable(),
  outOfSupport: foundSupportSchema.nullable(),
  trainedSupport: foundSupportSchema.nullable().optional(),
  drop: foundDropSchema.nullable(),
  fineTunedDrop: foundDropSchema.optional(),
  biases: z.array(foundBiasSchema).readonly(),
  worstGroups: z.array(worstGroupSchema).readonly(),
  trial: askedTrialSchema.nullable(),
  mayBeLabels: z.literal(true).optional(),
  needs: z.array(z.strictObject({
    what: z.string(),
    number,
    there: size.optional(),
    or: z.string().optional(),
    to: z.string().optional(),
  })).readonly(),
  rule: z.array(
    z.strictObject({ condition: z.string(), holds: z.boolean().nullable() }),
  ).readonly(),
});
