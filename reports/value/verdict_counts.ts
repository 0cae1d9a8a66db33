/**
 * How many claims came out which way.
 *
 * @module
 */
import { type Claim, judge, type Verdict } from "./claim.ts";

/** The verdicts, in the order in which they are shown. */
export const VERDICTS = [
  "supported",
  "contradicted",
  "inconclusive",
  "not reproduced",
] as const satisfies readonly Verdict[];

/** How often each verdict is among some: `2 supported`, `1 inconclusive`; nothing is said of those that never are. */
export function countVerdicts(verdicts: readonly Verdict[]): readonly string[] {
  return VERDICTS.flatMap((verdict) => {
    const n = verdicts.filter((one) => one === verdict).length;
    return n === 0 ? [] : [`${n} ${verdict}`];
  });
}

/** The verdicts on some claims in words: `2 supported, 1 inconclusive`. */
export function verdictCounts(claims: readonly Claim[]): string {
  return countVerdicts(claims.map(judge)).join(", ") || "no claims";
}
