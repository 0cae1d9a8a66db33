/**
 * What would decide an open question, and the rule that it has to meet.
 *
 * @module
 */
import type {
  AskFindings,
  Need,
} from "../../stats/asked/ask_findings_schemas.ts";
import type { Block } from "../document/document.ts";
import { folded, notice, table } from "../document/pieces.ts";
import { formatCounts } from "../value/quantity.ts";

/** What would decide an open question, beside what there is: `about 1,200 test examples instead of 300` */
export function needsText({ needs }: AskFindings): string {
  return needs.map(({ or, to, ...need }) =>
    `${needText(need)}${or === undefined ? "" : `, or ${or}`}${
      to === undefined ? "" : `, ${to}`
    }`
  ).join("; and ");
}

function needText(
  { what, number, exact, there }: Omit<Need, "or" | "to">,
): string {
  // "other" is the one that begins with a vowel.
  if (number === 1) {
    return what.startsWith("other ") ? `an${what}` : `a ${what}`;
  }
  const [then, now] = formatCounts([Math.ceil(number), there ?? 0]);
  // Before a comma: "instead of" belongs to the number.
  const [first = what, ...rest] = what.split(/(?=, )/);
  return `${exact ? "" : "about "}${then} ${first}${
    there === undefined ? "" : ` instead of ${now}`
  }${rest.join("")}`;
}

/** What the needs of an answer are for. */
export function needsTitle(
  { answer, trial }: AskFindings,
): string {
  if (answer !== "undecidable") return "What would tell more";
  return trial === null
    ? "What would decide it"
    : "The trial did not decide it; what would";
}

/** What would decide an open question, or tell what a decided one leaves open. */
export function needBlocks(findings: AskFindings): readonly Block[] {
  return findings.needs.length === 0
    ? []
    : [notice(`${needsTitle(findings)}:`, ` ${needsText(findings)}.`)];
}

/** Every condition of the rule, and whether it holds. */
export function ruleBlocks({ rule }: AskFindings): readonly Block[] {
  const summary =
    "The rule, fixed beforehand, and whether each condition holds";
  return [folded(summary, [table(
    summary,
    ["condition", "holds"],
    rule.map(({ condition, holds }) => [
      condition,
      holds === null ? "cannot be told" : holds ? "yes" : "no",
    ]),
  )])];
}
