/**
 * What is measured in the two parts of a shifted set, as estimates for claims.
 *
 * @module
 */
import {
  errorShares,
  sharesOverLine,
  type SourceCounts,
} from "../../stats/lines/error_share.ts";
import type { PairedDifference } from "../../stats/lines/paired_difference.ts";
import type { PartRobustness } from "../../stats/lines/part_robustness.ts";
import { type Estimate, formatEstimate, type TooFewExamples } from "./claim.ts";

/** Titles of what is estimated in each part, and of the difference. */
export function partTitles(
  /** What they begin with: "true parts". */
  title: string | undefined,
): Readonly<Record<"inSupport" | "outOfSupport" | "difference", string>> {
  const titled = (what: string) =>
    title === undefined ? what : `${title}, ${what}`;
  return {
    inSupport: titled("in support"),
    outOfSupport: titled("out of support"),
    difference: titled("out of support minus in support"),
  };
}

/** An estimate within a sentence, or why there is none. */
export function inWords(found: Estimate | TooFewExamples): string {
  const { title: _, ...untitled } = found;
  const text = formatEstimate(untitled);
  return "tooFew" in found ? `inconclusive (${text})` : text;
}

/** The mean effective robustness in a part; too few examples where it is null. */
export function estimateInPart(
  part: PartRobustness | null,
  { title, examples, sources }: {
    readonly title: string;
    readonly examples: number;
    /** How many there are of what makes its error. */
    readonly sources: SourceCounts;
  },
): Estimate | TooFewExamples {
  if (part === null) return { tooFew: examples, unit: "points", title };
  const { mean, low, high, level } = part.mean;
  return {
    value: mean,
    low,
    high,
    unit: "points",
    level,
    title,
    examples,
    shares: sharesOverLine(part.mean.components, sources),
  };
}

/** Out of support minus in support, network by network; too few examples where it is null. */
export function differenceOfParts(
  found: PairedDifference | null,
  { title, examples, sources }: {
    readonly title: string;
    /** Number of examples of the smaller part. */
    readonly examples: number;
    /** How many there are of what makes its error, in both parts together. */
    readonly sources: SourceCounts;
  },
): Estimate | TooFewExamples {
  if (found === null) return { tooFew: examples, unit: "points", title };
  const { difference, low, high, level, components } = found;
  const { betweenPairs, testSets, firstLine, secondLine } = components;
  return {
    value: difference,
    low,
    high,
    unit: "points",
    level,
    title,
    shares: errorShares({
      networks: [betweenPairs],
      runs: secondLine === null ? [firstLine] : [firstLine, secondLine],
      images: [testSets],
    }, sources),
  };
}
