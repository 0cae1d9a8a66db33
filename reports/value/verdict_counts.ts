/**
 * How many claims came out which way.
 *
 * @module
 */
import { type Claim, judge, type Verdict, type Whose } from "./claim.ts";

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

/** How many claims there are and how they came out, as {@linkcode claimCounts} says it. */
export function claimsInWords(claims: readonly Claim[]): string {
  return claimCounts(
    claims.map((claim) => ({ whose: claim.whose, verdict: judge(claim) })),
  );
}

/** What counts of a claim. */
export interface Counted {
  readonly whose?: Whose | undefined;
  readonly verdict: Verdict;
}

/**
 * How many claims there are and how they came out, added ones by themselves:
 * `3 claims: 2 supported, 1 inconclusive; 1 added claim: 1 supported`.
 *
 * @param of what stands after the number of some claims: ` of a pipeline`
 */
export function claimCounts<C extends Counted>(
  claims: readonly C[],
  of: (some: readonly C[]) => string = () => "",
): string {
  const isAdded = ({ whose }: C) => whose === "added";
  return [
    { kind: "", some: claims.filter((claim) => !isAdded(claim)) },
    { kind: "added ", some: claims.filter(isAdded) },
  ].flatMap(({ kind, some }) => {
    const counts = countVerdicts(some.map(({ verdict }) => verdict));
    const noun = some.length === 1 ? "claim" : "claims";
    return some.length === 0
      ? []
      : [`${some.length} ${kind}${noun}${of(some)}: ${counts.join(", ")}`];
  }).join("; ") || "no claims";
}
