import { z } from "zod";
import { json } from "../../engine/define/codec.ts";
import { defineTask } from "../../engine/define/task.ts";
import { estimateSchema } from "../../reports/value/estimate_schema.ts";
import { MINIMUM_EXAMPLES } from "../../reports/value/minimum_examples.ts";
import {
  differenceOfParts,
  estimateInPart,
  inWords,
  partTitles,
} from "../../reports/value/part_estimates.ts";
import {
  countedIn,
  type PartName,
  type Parts,
  sizeOf,
  weightsIn,
} from "../../shifts/measure/parts.ts";
import type { SplitNetworks } from "../../shifts/measure/place_in_part.ts";
import { partRobustnessSchema } from "../../stats/lines/part_robustness.ts";
import { smallest } from "../../stats/intervals/extremes.ts";
import {
  areOfOneUnit,
  differenceBetween,
  robustnessInPart,
  sourcesInPart,
} from "./robustness_in_part.ts";

/** A split, and the networks that are measured in each part. */
export interface MeasureSplitArgs extends SplitNetworks {
  readonly parts: Parts;
  /** Confidence level of the intervals. */
  readonly level: number;
  /** Begins the titles of the estimates: "true parts". */
  readonly title?: string | undefined;
}

const measured = json(partRobustnessSchema.nullable());
const estimate = json(estimateSchema);

/**
 * Mean effective robustness in each part of a shifted set, over the part's own
 * line, and the difference network by network. Parts of fewer than
 * {@linkcode MINIMUM_EXAMPLES} examples, or of one unit, are not measured.
 */
export const measureSplit = defineTask({
  module: import.meta.url,
  name: "measureSplit",
  result: {
    /** What is measured in each part; null where there are too few examples. */
    inSupport: measured,
    outOfSupport: measured,
    /** Numbers of examples in each part. */
    inExamples: json(z.int()),
    outExamples: json(z.int()),
    /** Mean effective robustness in each part. */
    inEstimate: estimate,
    outEstimate: estimate,
    /** Mean effective robustness out of support minus that in support. */
    difference: estimate,
    /** The three estimates in words, as ends of a sentence. */
    inWords: json(z.string()),
    outWords: json(z.string()),
    differenceWords: json(z.string()),
  },
  run({ parts, level, title, ...networks }: MeasureSplitArgs) {
    const examples = {
      "in support": sizeOf(parts, "in support"),
      "out of support": sizeOf(parts, "out of support"),
    };
    const isOneUnit = (part: PartName) =>
      areOfOneUnit(networks, weightsIn(parts, part));
    const measure = (part: PartName) =>
      countedIn(parts, part) < MINIMUM_EXAMPLES || isOneUnit(part)
        ? null
        : robustnessInPart(networks, {
          weights: weightsIn(parts, part),
          level,
        });
    const [within, beyond] = [measure("in support"), measure("out of support")];
    const sourcesIn = (part: PartName) =>
      sourcesInPart(networks, weightsIn(parts, part));
    // Of a part that is not measured, those that would count.
    const told = (part: PartName, measured: unknown) =>
      measured !== null
        ? examples[part]
        : isOneUnit(part)
        ? 1
        : countedIn(parts, part);
    const titles = partTitles(title);
    const inSupport = within?.robustness ?? null;
    const outOfSupport = beyond?.robustness ?? null;
    const inEstimate = estimateInPart(inSupport, {
      title: titles.inSupport,
      examples: told("in support", within),
      sources: sourcesIn("in support"),
    });
    const outEstimate = estimateInPart(outOfSupport, {
      title: titles.outOfSupport,
      examples: told("out of support", beyond),
      sources: sourcesIn("out of support"),
    });
    const apart = within && beyond &&
      differenceBetween([beyond, within], { level });
    const difference = differenceOfParts(apart, {
      title: titles.difference,
      examples: smallest([
        told("in support", within),
        told("out of support", beyond),
      ]),
      sources: sourcesInPart(networks, parts.weights),
    });
    return {
      inSupport,
      outOfSupport,
      inExamples: examples["in support"],
      outExamples: examples["out of support"],
      inEstimate,
      outEstimate,
      difference,
      inWords: inWords(inEstimate),
      outWords: inWords(outEstimate),
      differenceWords: inWords(difference),
    };
  },
});
