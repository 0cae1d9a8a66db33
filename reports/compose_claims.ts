/**
 * The table of claims.
 *
 * @module
 */
import {
  type Claim,
  estimatesOf,
  formatEstimate,
  judge,
  ruleSentence,
  type Verdict,
} from "./claim.ts";
import type { Block, Inline, Line } from "./document.ts";
import { proseMarkdown } from "./prose.ts";

/** A claim and where its page is, as seen from the page that shows it. */
export interface PlacedClaim {
  readonly claim: Claim;
  /** Address of the report's page, "" for the same page. */
  readonly page: string;
  /** Title of its report, on pages that show claims of several. */
  readonly report?: string | undefined;
  /** Number of the figure that shows it. */
  readonly figure?: number | undefined;
}

/** The table of claims: sentence, the paper's value, ours, rule and verdict. */
export function claimsTable(claims: readonly PlacedClaim[]): Block {
  return {
    kind: "table",
    layout: "claims cards",
    label: "Claims, rules and verdicts",
    columns: ["claim", "paper", "here", "rule, fixed before the run", "verdict"]
      .map((title) => ({ title })),
    ids: claims.every(({ page }) => page === "")
      ? claims.map(({ claim }) => `claim-${claim.id}`)
      : undefined,
    rows: claims.map(({ claim, page, report, figure }): readonly Line[] => [
      [
        { kind: "markdown", source: proseMarkdown(claim.statement) },
        ...report === undefined
          ? figure === undefined ? [] : [
            " ",
            link(`Figure ${figure}`, `#figure-${claim.figure}`),
          ]
          : [" ", link(report, `${page}#claim-${claim.id}`)],
        ...report !== undefined || claim.remark === undefined ? [] : [
          { kind: "remark" as const, source: proseMarkdown(claim.remark) },
        ],
      ],
      claim.paper,
      estimatesOf(claim).map(formatEstimate).join("; "),
      ruleSentence(claim),
      { kind: "verdict", verdict: judge(claim) },
    ]),
  };
}

/** `2 supported, 1 inconclusive`; nothing is said of verdicts that none has. */
export function verdictCounts(claims: readonly Claim[]): string {
  const verdicts = claims.map(judge);
  const order: readonly Verdict[] = [
    "supported",
    "contradicted",
    "inconclusive",
  ];
  const counts = order.map((verdict) =>
    [verdicts.filter((one) => one === verdict).length, verdict] as const
  );
  return counts.filter(([count]) => count > 0).map(([count, verdict]) =>
    `${count} ${verdict}`
  ).join(", ") || "no claims";
}

function link(text: string, href: string): Inline {
  return { kind: "link", text, href };
}
