import { z } from "zod";
import { json } from "../../engine/define/codec.ts";
import { stream } from "../../engine/define/random.ts";
import { defineTask } from "../../engine/define/task.ts";
import type { Estimate, TooFewExamples } from "../../reports/value/claim.ts";
import { estimateSchema } from "../../reports/value/estimate_schema.ts";
import { MINIMUM_EXAMPLES } from "../../reports/value/minimum_examples.ts";
import { partTitles } from "../../reports/value/part_estimates.ts";
import {
  PART_NAMES,
  type PartName,
  type Parts,
  partsOf,
  sizeOf,
  weightsIn,
} from "../../shifts/measure/parts.ts";
import {
  pointsInPart,
  type SplitNetworks,
} from "../../shifts/measure/place_in_part.ts";
import type { SupportSplit } from "../../shifts/measure/support_split.ts";
import { auroc, aurocInterval } from "../../stats/intervals/auroc.ts";
import { bootstrapExamples } from "../../stats/splits/bootstrap_examples.ts";
import { isInSupport } from "../../stats/splits/density_ratio.ts";
import { meanInPart } from "../../stats/lines/part_robustness.ts";
import { clopperPearson } from "../../stats/intervals/proportion.ts";
import { smallest } from "../../stats/intervals/extremes.ts";

/** A split, the truth, and the networks that are measured in each part. */
export interface CompareToTruthArgs extends SplitNetworks {
  readonly split: SupportSplit;
  /** What is in support by construction. */
  readonly truth: Parts;
  /** The least density ratio of an example in support. */
  readonly epsilon: number;
  /** How often the examples are drawn anew for the intervals. */
  readonly resamples: number;
  readonly seed: number;
  /** Confidence level of the intervals. */
  readonly level: number;
  /** Begins the titles of the errors: "finished networks". */
  readonly title?: string;
}

const estimate = json(estimateSchema);

/**
 * How far a split is from the truth: which examples it puts into the wrong
 * part, and by how much it misses the mean effective robustness in each. The
 * intervals of the latter hold the sampling of the examples, the same for all
 * networks.
 */
export const compareToTruth = defineTask({
  module: import.meta.url,
  name: "compareToTruth",
  result: {
    /** How well the density ratio tells the parts apart, with DeLong's interval. */
    auroc: estimate,
    /** Share of examples in the wrong part, with Clopper and Pearson's interval. */
    misassigned: estimate,
    /** Shares of each true part that are put into the other one. */
    lost: json(z.strictObject({
      inSupport: z.number(),
      outOfSupport: z.number(),
    })),
    /** Effective robustness in the estimated part minus that in the true one. */
    inError: estimate,
    outError: estimate,
    /** The difference between the estimated parts minus that between the true ones. */
    differenceError: estimate,
  },
  run(args: CompareToTruthArgs) {
    const { split: { ratio }, truth, epsilon, level } = args;
    const n = ratio.length;
    const found = partsOf(
      Array.from(ratio, (value) => isInSupport(value, epsilon)),
    );
    const ratios = (part: 0 | 1) =>
      ratio.filter((_, i) => truth.inSupport[i] === part);
    const lost = (part: 0 | 1) =>
      found.inSupport.filter((value, i) =>
        truth.inSupport[i] === part && value !== part
      ).length;
    const wrong = lost(0) + lost(1);
    return {
      auroc: {
        value: auroc(ratios(1), ratios(0)),
        ...aurocInterval(ratios(1), ratios(0), { level }),
        unit: "plain" as const,
        level,
        examples: n,
      },
      misassigned: {
        value: wrong / n,
        ...clopperPearson({ successes: wrong, n }, { level }),
        unit: "percent" as const,
        level,
        examples: n,
      },
      lost: {
        inSupport: lost(1) / sizeOf(truth, "in support"),
        outOfSupport: lost(0) / sizeOf(truth, "out of support"),
      },
      ...errorsOf([found, truth], args),
    };
  },
});

function errorsOf(
  [found, truth]: readonly [Parts, Parts],
  args: CompareToTruthArgs,
): Readonly<
  Record<"inError" | "outError" | "differenceError", Estimate | TooFewExamples>
> {
  const { resamples, seed, level } = args;
  const n = found.inSupport.length;
  const fewest = smallest(
    [found, truth].flatMap((parts) =>
      PART_NAMES.map((part) => sizeOf(parts, part))
    ),
  );
  const named = partTitles(args.title);
  const titles = {
    inError: named.inSupport,
    outError: named.outOfSupport,
    differenceError: named.difference,
  };
  const each = <T>(of: (name: keyof typeof titles) => T) => ({
    inError: of("inError"),
    outError: of("outError"),
    differenceError: of("differenceError"),
  });
  if (fewest < MINIMUM_EXAMPLES) {
    return each((name) => ({
      tooFew: fewest,
      unit: "points",
      title: titles[name],
    }));
  }
  /** Errors where example i is there counts[i] times. */
  const errors = (counts: Float64Array) => {
    const errorIn = (part: PartName) => {
      const mean = (parts: Parts) =>
        meanInPart(pointsInPart(
          args,
          weightsIn(parts, part).map((weight, i) =>
            weight * (counts[i] as number)
          ),
        ));
      return mean(found) - mean(truth);
    };
    const [inError, outError] = [
      errorIn("in support"),
      errorIn("out of support"),
    ];
    return { inError, outError, differenceError: outError - inError };
  };
  const estimates = bootstrapExamples(errors, {
    n,
    resamples,
    level,
    drawOf(resample) {
      const random = stream(seed, "bootstrap", resample);
      return (bound) => random.integer(bound);
    },
  });
  return each((name) => ({
    ...estimates[name],
    unit: "points",
    level,
    title: titles[name],
  }));
}
