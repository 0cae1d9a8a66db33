import { z } from "zod";
import { json } from "../../engine/define/codec.ts";
import {
  type Evaluation,
  rightOnShifted,
} from "../../shifts/measure/evaluation.ts";
import { stream } from "../../engine/define/random.ts";
import { defineTask } from "../../engine/define/task.ts";
import {
  type Estimate,
  formatEstimate,
  type TooFewExamples,
} from "../../reports/value/claim.ts";
import { estimateSchema } from "../../reports/value/estimate_schema.ts";
import { MINIMUM_EXAMPLES } from "../../reports/value/minimum_examples.ts";
import {
  PART_NAMES,
  type Parts,
  sizeOf,
  weightsIn,
} from "../../shifts/measure/parts.ts";
import {
  pointsInPart,
  type SplitNetworks,
} from "../../shifts/measure/place_in_part.ts";
import { placebo } from "../../shifts/measure/placebo.ts";
import { difficultyOf } from "../../stats/splits/difficulty.ts";
import { meanWithInterval } from "../../stats/intervals/mean.ts";
import { meanInPart } from "../../stats/lines/part_robustness.ts";
import { percentileInterval } from "../../stats/intervals/percentile.ts";
import { smallest } from "../../stats/intervals/extremes.ts";

/** A split, what placebos keep of it, and the networks that are measured in each part. */
export interface PlacePlacebosArgs extends SplitNetworks {
  readonly parts: Parts;
  /** What a placebo has in common with the split: the sizes of its parts, or their difficulty too. */
  readonly keeps: "sizes" | "difficulty";
  /** Networks that decide what is difficult; the baselines where left out. */
  readonly judges?: readonly Evaluation[];
  /** Number of placebos. */
  readonly draws: number;
  readonly seed: number;
  /** Confidence level of the intervals. */
  readonly level: number;
}

/**
 * Effective robustness out of support minus in support, in the split and in
 * splits that deal its membership anew among all examples, or among those that
 * equally many networks get wrong.
 */
export const placePlacebos = defineTask({
  module: import.meta.url,
  name: "placePlacebos",
  result: {
    /** Mean difference of the placebos, with the interval of a mean of so many. */
    mean: json(estimateSchema),
    /** The mean in words, as the end of a sentence. */
    meanWords: json(z.string()),
    /** The range that holds the share `level` of the placebos' differences; null where examples come in units, which single examples that are dealt leave apart. */
    range: json(z.tuple([z.number(), z.number()]).readonly().nullable()),
    /** Difference in the split itself; null where a part has too few examples. */
    observed: json(z.number().nullable()),
    /**
     * Share of placebos, the split itself among them, whose difference is as
     * far from zero as its (a permutation test); null where there is none, or
     * where examples come in units.
     */
    p: json(z.number().nullable()),
  },
  run(args: PlacePlacebosArgs, context) {
    const { parts, keeps, judges, draws, seed, level, ...networks } = args;
    const title = keeps === "sizes"
      ? "parts of the same sizes"
      : "parts of the same sizes and difficulty";
    const fewest = smallest(PART_NAMES.map((part) => sizeOf(parts, part)));
    if (fewest < MINIMUM_EXAMPLES) {
      const none: TooFewExamples = { tooFew: fewest, unit: "points", title };
      return {
        mean: none,
        meanWords: formatEstimate({ ...none, title: undefined }),
        range: null,
        observed: null,
        p: null,
      };
    }
    const difference = (dealt: Parts) => {
      const [within, beyond] = PART_NAMES.map((part) =>
        meanInPart(pointsInPart(networks, weightsIn(dealt, part)))
      ) as [number, number];
      return beyond - within;
    };
    const strata = keeps === "sizes" ? undefined : difficultyOf(
      (judges ?? args.baselines.map(({ hits }) => hits)).flatMap((hits) =>
        hits.networks.map(rightOnShifted)
      ),
    );
    const differences = Array.from({ length: draws }, (_, k) => {
      const random = stream(seed, "placebo", keeps, k);
      if (k % 20 === 0) {
        context.progress({ unit: "placebo", done: k, total: draws });
      }
      return difference({
        ...parts,
        inSupport: placebo(parts.inSupport, { strata, random }),
      });
    });
    const observed = difference(parts);
    const { mean, low, high } = meanWithInterval(differences, { level });
    const range = percentileInterval(differences, { level });
    const asFar = differences.filter((value) =>
      Math.abs(value) >= Math.abs(observed)
    ).length;
    const isOfUnits = networks.units !== undefined;
    const found: Estimate = {
      value: mean,
      low,
      high,
      unit: "points",
      level,
      title,
    };
    return {
      mean: found,
      meanWords: formatEstimate({ ...found, title: undefined }),
      range: isOfUnits ? null : [range.low, range.high] as const,
      observed,
      p: isOfUnits ? null : (asFar + 1) / (draws + 1),
    };
  },
});
