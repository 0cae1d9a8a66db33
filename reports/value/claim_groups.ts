/**
 * Claims by whose they are, and whether they are decided.
 *
 * @module
 */
import { type Claim, judge, type Whose } from "./claim.ts";

/** Whose claims there are, in the order in which they are shown. */
export const WHOSE = [
  "paper",
  "ours",
  "control",
  "added",
] as const satisfies readonly Whose[];

/** Whose a claim is; one that does not say so is ours if the paper has no value. */
export function whoseOf(
  { whose, paper }: Pick<Claim, "whose" | "paper">,
): Whose {
  return whose ?? (paper.startsWith("not in the paper") ? "ours" : "paper");
}

/** Whether a claim is about the paper's question: that it decides a half, or is about the contrast itself. */
export function isOfQuestion(
  { answers, contrast }: Pick<Claim, "answers" | "contrast">,
): boolean {
  return (answers ?? contrast) !== undefined;
}

/** Of claims that answer one half those whose sizes the answer tells one by one: with a short name, or all if none has one. */
export function toldOneByOne<
  Item extends { readonly claim: Pick<Claim, "short"> },
>(alike: readonly Item[]): readonly Item[] {
  const named = alike.filter(({ claim }) => claim.short !== undefined);
  return named.length > 0 ? named : alike;
}

/** Whether the rule has decided: what was found supports the claim or contradicts it. */
export function isDecided(claim: Claim): boolean {
  return ["supported", "contradicted"].includes(judge(claim));
}
