/**
 * What is measured in the two parts of a shifted set, as estimates for claims.
 *
 * @module
 */
import { pairedDifference } from "../../stats/lines/paired_difference.ts";
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
  { title, examples }: { readonly title: string; readonly examples: number },
): Estimate | TooFewExamples {
  if (part === null) return { tooFew: examples, unit: "points", title };
  const { mean, low, high, level } = part.mean;
  return { value: mean, low, high, unit: "points", level, title, examples };
}

/** The second part minus the first, network by network; too few examples where either is null. */
export function differenceOfParts(
  [within, beyond]: readonly [PartRobustness | null, PartRobustness | null],
  { title, examples, level }: {
    readonly title: string;
    /** Number of examples of the smaller part. */
    readonly examples: number;
    readonly level: number;
  },
): Estimate | TooFewExamples {
  if (within === null || beyond === null) {
    return { tooFew: examples, unit: "points", title };
  }
  const { difference, low, high } = pairedDifference([
    { line: beyond.line, points: beyond.networks },
    { line: within.line, points: within.networks },
  ], { level });
  return { value: difference, low, high, unit: "points", level, title };
}
