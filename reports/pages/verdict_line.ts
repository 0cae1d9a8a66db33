/**
 * The verdict of an experiment, before the answer tells sizes and the claims
 * tell rules.
 *
 * @module
 */
import type { Block, Inline } from "../document/document.ts";
import { line } from "../document/pieces.ts";
import { type Claim, judge } from "../value/claim.ts";
import { WHOSE, whoseOf } from "../value/claim_groups.ts";
import { proseMarkdown } from "../value/prose.ts";
import type { Report } from "../value/report.ts";

/**
 * How the claims that answer the paper's question came out, a line each; where
 * there is none, how the first claim did, the paper's before ours.
 */
export function verdictLine(
  { claims }: Pick<Report, "claims">,
): readonly Block[] {
  const answering = claims.filter(({ answers }) => answers !== undefined);
  const [first] = claims.toSorted((a, b) =>
    WHOSE.indexOf(whoseOf(a)) - WHOSE.indexOf(whoseOf(b))
  );
  if (first === undefined) return [];
  const [told = first, ...others] = answering;
  return others.length === 0 ? [line(judged(told))] : [{
    kind: "list",
    items: answering.map((claim) => ({ text: judged(claim) })),
  }];
}

/** `In support (spurious tint), pre-training brings little effective robustness. contradicted` */
function judged(claim: Claim): readonly Inline[] {
  return [
    { kind: "markdown", source: proseMarkdown(claim.statement) },
    " ",
    { kind: "verdict", verdict: judge(claim) },
  ];
}
