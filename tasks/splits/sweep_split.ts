import { z } from "zod";
import { json } from "../../engine/define/codec.ts";
import { defineTask } from "../../engine/define/task.ts";
import { MINIMUM_EXAMPLES } from "../../reports/value/minimum_examples.ts";
import type { SweepEstimate } from "../../reports/value/sweep_figure.ts";
import { sweepTable } from "../../reports/value/sweep_table.ts";
import { tableResult } from "../../reports/value/table_cells.ts";
import {
  PART_NAMES,
  partsOf,
  sizeOf,
  weightsIn,
} from "../../shifts/measure/parts.ts";
import type { SplitNetworks } from "../../shifts/measure/place_in_part.ts";
import type { SupportSplit } from "../../shifts/measure/support_split.ts";
import { isInSupport } from "../../stats/splits/density_ratio.ts";
import { partRobustnessSchema } from "../../stats/lines/part_robustness.ts";
import { areOfOneUnit, robustnessInPart } from "./robustness_in_part.ts";

/** Density ratios, the thresholds to try, and the networks that are measured in each part. */
export interface SweepSplitArgs extends SplitNetworks {
  readonly split: SupportSplit;
  /** The least density ratio of an example in support. */
  readonly epsilons: readonly number[];
  /** Confidence level of the intervals. */
  readonly level: number;
  /** What the lines go through, in the plural; "baselines" where left out. */
  readonly baselineTitle?: string;
}

const stepSchema = z.strictObject({
  epsilon: z.number(),
  part: z.enum(PART_NAMES),
  examples: z.int().nonnegative(),
  robustness: partRobustnessSchema.nullable(),
});

/** One part at one threshold; not measured where it has too few examples. */
export type SplitStep = z.infer<typeof stepSchema>;

/** Effective robustness in each part as the threshold moves. */
export const sweepSplit = defineTask({
  module: import.meta.url,
  name: "sweepSplit",
  result: {
    steps: json(z.array(stepSchema).readonly()),
    /** Estimates in the parts with enough examples, as a figure takes them. */
    estimates: json(z.custom<readonly SweepEstimate[]>(Array.isArray)),
    /** The share of the examples in each part. */
    shares: json(
      z.array(z.strictObject({
        at: z.number(),
        group: z.string(),
        value: z.number(),
      })).readonly(),
    ),
    ...tableResult,
  },
  run(args: SweepSplitArgs) {
    const { split, epsilons, level, baselineTitle = "baselines" } = args;
    const steps = epsilons.flatMap((epsilon): readonly SplitStep[] => {
      const parts = partsOf(
        Array.from(split.ratio, (ratio) => isInSupport(ratio, epsilon)),
      );
      return PART_NAMES.map((part) => {
        const examples = sizeOf(parts, part);
        const weights = weightsIn(parts, part);
        const isMeasured = examples >= MINIMUM_EXAMPLES &&
          !areOfOneUnit(args, weights);
        return {
          epsilon,
          part,
          examples,
          robustness: isMeasured
            ? robustnessInPart(args, { weights, level }).robustness
            : null,
        };
      });
    });
    const n = split.ratio.length;
    return {
      steps,
      estimates: steps.flatMap((step) => {
        const { epsilon, part, examples, robustness } = step;
        if (robustness === null) return [];
        const { line, mean, networks } = robustness;
        return [{
          at: epsilon,
          group: part,
          baselines: baselineTitle,
          line,
          mean,
          examples,
          points: networks,
        }];
      }),
      shares: steps.map(({ epsilon, part, examples }) => ({
        at: epsilon,
        group: part,
        value: examples / n,
      })),
      ...sweepTable(steps, { n }),
    };
  },
});
