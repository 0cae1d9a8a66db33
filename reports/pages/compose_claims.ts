/**
 * The table of claims.
 *
 * @module
 */
import {
  type Claim,
  formatEstimate,
  formatSensitivity,
  foundBy,
  judge,
  ruleSentence,
} from "../value/claim.ts";
import {
  type Block,
  type Inline,
  inlineProse,
  type Line,
  textColumns,
} from "../document/document.ts";
import { proseMarkdown } from "../value/prose.ts";

/** A claim and where its page is, as seen from the page that shows it. */
export interface PlacedClaim {
  readonly claim: Claim;
  /** Address of the report's page, "" for the same page. */
  readonly page: string;
  /** Title of its report, on pages that show claims of several. */
  readonly report?: string | undefined;
  /** The figure that shows it, and where that is. */
  readonly figure?:
    | { readonly number: number; readonly href: string }
    | undefined;
}

/** The table of claims: sentence, the paper's value, ours, rule and verdict. */
export function claimsTable(claims: readonly PlacedClaim[]): Block {
  return {
    kind: "table",
    layout: "claims cards",
    label: "Claims, rules and verdicts",
    columns: textColumns(
      "claim",
      "paper",
      "here",
      "rule, fixed before the run",
      "verdict",
    ),
    ids: claims.every(({ page }) => page === "")
      ? claims.map(({ claim }) => `claim-${claim.id}`)
      : undefined,
    rows: claims.map(({ claim, page, report, figure }): readonly Line[] => [
      [
        inlineProse(claim.statement),
        ...report === undefined
          ? figure === undefined ? [] : [
            " ",
            link(`Figure ${figure.number}`, figure.href),
          ]
          : [" ", link(report, `${page}#claim-${claim.id}`)],
        ...report !== undefined || claim.remark === undefined ? [] : [
          { kind: "remark" as const, source: proseMarkdown(claim.remark) },
        ],
      ],
      claim.paper,
      foundLine(claim),
      ruleSentence(claim),
      verdictLine(claim),
    ]),
  };
}

/** What was found, or why nothing was. */
function foundLine(claim: Claim): Line {
  return "notReproduced" in claim
    ? inlineProse(claim.notReproduced)
    // The lowest and the highest of one setting are the same.
    : [...new Set(foundBy(claim).map(formatEstimate))].map((
      text,
      i,
      { length },
    ) => ({
      kind: "estimate",
      text: i < length - 1 ? `${text};` : text,
    }));
}

function verdictLine(claim: Claim): Line {
  const sensitivity = formatSensitivity(claim);
  const verdict: Inline = { kind: "verdict", verdict: judge(claim) };
  return sensitivity === undefined
    ? verdict
    : [verdict, { kind: "remark", source: `Sensitivity: ${sensitivity}` }];
}

function link(text: string, href: string): Inline {
  return { kind: "link", text, href };
}
