/**
 * The verdict of an experiment in a line: sizes and verdicts, before the claims
 * tell the rules.
 *
 * @module
 */
import { toldEstimate } from "./answer.ts";
import type { Block, Inline } from "../document/document.ts";
import { type Claim, judge } from "../value/claim.ts";
import { WHOSE, whoseOf } from "../value/claim_groups.ts";
import { proseMarkdown } from "../value/prose.ts";
import { formatQuantity } from "../value/quantity.ts";
import type { Report } from "../value/report.ts";

/**
 * How the claims that answer the paper's question came out, with their sizes;
 * where there is none, how the first claim did, the paper's before ours.
 */
export function verdictLine(
  { claims }: Pick<Report, "claims">,
): readonly Block[] {
  const answering = claims.filter(({ answers, short }) =>
    answers !== undefined && short !== undefined
  );
  const [first] = claims.toSorted((a, b) =>
    WHOSE.indexOf(whoseOf(a)) - WHOSE.indexOf(whoseOf(b))
  );
  if (first === undefined) return [];
  const texts = answering.length > 0
    ? answering.map(sizedText)
    : [statementText(first)];
  return [{
    kind: "line",
    text: texts.flatMap((text, i) => i === 0 ? text : [" · ", ...text]),
  }];
}

/** `+2.97 points of effective robustness under a spurious tint, in support: contradicted` */
function sizedText(claim: Claim): readonly Inline[] {
  const estimate = toldEstimate(claim);
  const size = estimate === undefined
    ? "no number"
    : formatQuantity({ ...estimate, digits: 1 });
  return [
    { kind: "strong", text: size },
    ` of effective robustness ${claim.short}, ${claim.answers}${
      estimate?.title === undefined ? "" : `, over the ${estimate.title}`
    }: `,
    { kind: "verdict", verdict: judge(claim) },
  ];
}

function statementText(claim: Claim): readonly Inline[] {
  return [
    { kind: "markdown", source: proseMarkdown(claim.statement) },
    " ",
    { kind: "verdict", verdict: judge(claim) },
  ];
}
