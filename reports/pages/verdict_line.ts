/**
 * The verdict of an experiment, before the answer tells sizes and the claims
 * tell rules.
 *
 * @module
 */
import type { Block, Inline } from "../document/document.ts";
import { line } from "../document/pieces.ts";
import { type Claim, judge } from "../value/claim.ts";
import { isOfQuestion, WHOSE, whoseOf } from "../value/claim_groups.ts";
import { proseMarkdown } from "../value/prose.ts";
import type { Report } from "../value/report.ts";

/** How the claims that decide what a report asks came out, a line each. */
export function verdictLine(
  report: Pick<Report, "claims">,
): readonly Block[] {
  const claims = decidingClaims(report);
  const [first, ...others] = claims;
  if (first === undefined) return [];
  return others.length === 0 ? [line(judged(first))] : [{
    kind: "list",
    items: claims.map((claim) => ({ text: judged(claim) })),
  }];
}

/**
 * The claims that decide what a report asks: those that say so; else those
 * about the contrast, and those that answer the paper's question; where there
 * is none, the first, the paper's before ours.
 */
export function decidingClaims(
  { claims }: Pick<Report, "claims">,
): readonly Claim[] {
  const asked = claims.filter(({ asked }) => asked);
  if (asked.length > 0) return asked;
  const isHalf = ({ contrast }: Claim) => Number(contrast === undefined);
  const answering = claims.filter(isOfQuestion)
    .sort((a, b) => isHalf(a) - isHalf(b));
  return answering.length > 0
    ? answering
    : claims.toSorted((a, b) =>
      WHOSE.indexOf(whoseOf(a)) - WHOSE.indexOf(whoseOf(b))
    ).slice(0, 1);
}

/** `In support (spurious tint), pre-training brings little effective robustness. contradicted` */
function judged(claim: Claim): readonly Inline[] {
  return [
    { kind: "markdown", source: proseMarkdown(claim.statement) },
    " ",
    { kind: "verdict", verdict: judge(claim) },
  ];
}
