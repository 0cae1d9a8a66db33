import { json } from "../../engine/define/codec.ts";
import { defineTask } from "../../engine/define/task.ts";
import type { Estimate, TooFewExamples } from "../../reports/value/claim.ts";
import { estimateSchema } from "../../reports/value/estimate_schema.ts";
import { unitsIn } from "../../shifts/measure/accuracy_in_part.ts";
import {
  type PartName,
  type Parts,
  weightsIn,
} from "../../shifts/measure/parts.ts";
import {
  type PartRobustness,
  partRobustnessSchema,
} from "../../stats/lines/part_robustness.ts";

/** What `measureSplit` measured in both parts of examples that come in units. */
export interface LeaveOutFewUnitsArgs {
  readonly parts: Parts;
  /** Name of the unit that each example belongs to. */
  readonly units: readonly string[];
  /** Fewest units of a part that counts as measured. */
  readonly fewest: number;
  readonly inSupport: PartRobustness | null;
  readonly outOfSupport: PartRobustness | null;
  readonly inEstimate: Estimate | TooFewExamples;
  readonly outEstimate: Estimate | TooFewExamples;
}

const measured = json(partRobustnessSchema.nullable());
const estimate = json(estimateSchema);

/**
 * The same, but a part of few units is not measured, however many examples it
 * has: how much units differ is hardly seen in a few, and not at all in one.
 * The number that is too small is then that of the units.
 */
export const leaveOutFewUnits = defineTask({
  module: import.meta.url,
  name: "leaveOutFewUnits",
  result: {
    inSupport: measured,
    outOfSupport: measured,
    inEstimate: estimate,
    outEstimate: estimate,
  },
  run({ parts, units, fewest, ...found }: LeaveOutFewUnitsArgs) {
    const kept = (part: PartName, { over, estimate }: MeasuredPart) => {
      const n = unitsIn({ weights: weightsIn(parts, part), units });
      if (over === null || n >= fewest) return { over, estimate };
      const { unit, title } = estimate;
      const named = title === undefined ? {} : { title };
      return { over: null, estimate: { tooFew: n, unit, ...named } };
    };
    const within = kept("in support", {
      over: found.inSupport,
      estimate: found.inEstimate,
    });
    const beyond = kept("out of support", {
      over: found.outOfSupport,
      estimate: found.outEstimate,
    });
    return {
      inSupport: within.over,
      outOfSupport: beyond.over,
      inEstimate: within.estimate,
      outEstimate: beyond.estimate,
    };
  },
});

/** What was measured in one part. */
interface MeasuredPart {
  readonly over: PartRobustness | null;
  readonly estimate: Estimate | TooFewExamples;
}
