/**
 * The tables of claims.
 *
 * @module
 */
import {
  type Claim,
  estimatesOf,
  formatInterval,
  formatSensitivity,
  foundTexts,
  isTooWide,
  judge,
  ruleSentence,
  type Whose,
} from "../value/claim.ts";
import {
  isDecided,
  toldOneByOne,
  WHOSE,
  whoseOf,
} from "../value/claim_groups.ts";
import { bracketed, HALVES, points } from "./answer_contrast.ts";
import type { Block, Inline, Line } from "../document/document.ts";
import { heading, inlineProse, link, table } from "../document/pieces.ts";
import { proseMarkdown } from "../value/prose.ts";
import { verdictCounts } from "../value/verdict_counts.ts";
import { whatWouldDecide } from "../value/what_would_decide.ts";
import { escapeMarkdown } from "../text/escape.ts";

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

/** What the verdicts mean. */
export const VERDICTS_IN_WORDS =
  "A claim is *supported* when all of its intervals lie within the rule that was fixed before the run (its remark says where it was changed or added later), *contradicted* when one of them lies wholly outside it, and *inconclusive* otherwise. A rule about the estimate alone does not consider the interval. *Not reproduced* means that there is no number, because a source was unavailable or a stage failed. Of two lines, the *line of finished networks* goes through networks trained on fewer and on more images, the *line of checkpoints* through moments of a few trainings.";

/** How many claims the front page shows, unless more decide the answer. */
const MOST_CLAIMS = 12;

/** What added claims are. */
export const ADDED_IN_WORDS =
  "Of experiments that were added to this reproduction. They count by themselves: the answer and the counts of the other claims say nothing of them.";

/** What stands above the claims of each kind. */
const HEADS: Readonly<Record<Whose, string>> = {
  paper: "The paper’s claims",
  ours: "Our own claims",
  control: "Controls",
  added: "Added claims",
};

/** Claims under the heads of the paper, of our own, of controls and of what was added; under each those that are decided first, else in their order. */
export function claimsBlocks(
  claims: readonly PlacedClaim[],
): readonly Block[] {
  return WHOSE.flatMap((whose): readonly Block[] => {
    const some = claims.filter(({ claim }) => whoseOf(claim) === whose)
      .sort((a, b) => Number(isDecided(b.claim)) - Number(isDecided(a.claim)));
    const counts = verdictCounts(some.map(({ claim }) => claim));
    return some.length === 0 ? [] : [
      heading(`claims-${whose}`, `${HEADS[whose]}: ${counts}`, 3),
      claimsTable(some, { label: `${HEADS[whose]}, rules and verdicts` }),
    ];
  });
}

/** The main claims about the contrast, those that answer each half, and the others: what stands above them, and their address. */
const PARTS = [
  { part: "contrast", title: "The contrast", id: "contrast" },
  { part: "out of support", title: "Out of support", id: "out-of-support" },
  { part: "in support", title: "In support", id: "in-support" },
  { part: undefined, title: "Other claims", id: "other" },
] as const;

/** Which of them a claim belongs to. */
function partOf({ answers, contrast }: Claim): typeof PARTS[number]["part"] {
  return answers ?? (contrast === undefined ? undefined : "contrast");
}

/**
 * The claims that matter most, without what would decide them: all that are
 * about the contrast, and of those that answer the paper's question the ones
 * whose sizes the answer tells one by one, under the half that they answer,
 * whatever their verdict, for a choice by that would tell one half of it; then,
 * up to a dozen in all, its others, ours and controls. Decided ones first.
 */
export function mainClaimsBlocks(
  claims: readonly PlacedClaim[],
): readonly Block[] {
  const told = new Set(
    HALVES.flatMap((half) =>
      toldOneByOne(claims.filter(({ claim }) => claim.answers === half))
    ),
  );
  const isTold = (placed: PlacedClaim) =>
    placed.claim.contrast !== undefined || told.has(placed);
  const rank = (placed: PlacedClaim) =>
    2 * (isTold(placed) ? 0 : 1 + WHOSE.indexOf(whoseOf(placed.claim))) +
    (isDecided(placed.claim) ? 0 : 1);
  const main = claims.toSorted((a, b) => rank(a) - rank(b))
    .filter((placed, i) => isTold(placed) || i < MOST_CLAIMS);
  const parts = PARTS.map(({ part, ...head }) => ({
    ...head,
    claims: main.filter(({ claim }) => partOf(claim) === part),
  })).filter(({ claims }) => claims.length > 0);
  const label = "The claims that matter most, rules and verdicts";
  return parts.flatMap(({ title, id, claims }): readonly Block[] => {
    if (parts.length === 1) {
      return [claimsTable(claims, { label, brief: true })];
    }
    return [
      heading(`claims-${id}`, title, 3),
      claimsTable(claims, { label: `${label}: ${title}`, brief: true }),
    ];
  });
}

/** How the claims of each kind came out, each line a link to them on the page of all claims. */
export function claimsLinks(
  claims: readonly Claim[],
  { page }: { readonly page: string },
): Block {
  const items = WHOSE.flatMap((whose) => {
    const some = claims.filter((claim) => whoseOf(claim) === whose);
    const id = `claims-${whose}`;
    return some.length === 0 ? [] : [{
      id,
      text: [
        link(`${HEADS[whose]}`, `${page}#${id}`),
        `: ${verdictCounts(some)}`,
      ],
    }];
  });
  return { kind: "list", items };
}

/** A table of claims: sentence, the paper's value, ours, rule and verdict. */
function claimsTable(
  claims: readonly PlacedClaim[],
  { label, brief = false }: {
    readonly label: string;
    /** Whether the half that a claim answers, what would decide it and its sensitivity are left out. */
    readonly brief?: boolean;
  },
): Block {
  return {
    ...table(
      label,
      [
        "claim",
        "paper",
        "here",
        claims.every(({ claim }) => claim.whose === "added")
          ? "rule"
          : "rule, fixed before the run",
        "verdict",
      ],
      claims.map(({ claim, page, report, figure }) => [
        [
          inlineProse(claim.statement),
          ...report === undefined
            ? figure === undefined ? [] : [
              " ",
              link(`Figure ${figure.number}`, figure.href),
            ]
            : [" ", link(report, `${page}#claim-${claim.id}`)],
        ],
        claim.paper,
        foundLine(claim),
        ruleSentence(claim),
        { kind: "verdict", verdict: judge(claim) },
      ]),
    ),
    layout: "claims cards",
    ids: claims.every(({ page }) => page === "")
      ? claims.map(({ claim }) => `claim-${claim.id}`)
      : undefined,
    remarks: claims.map((placed) => remarksOn(placed, { brief })),
  };
}

/**
 * What is said below a claim: its remark on the page of its report, elsewhere
 * the half of the answer for which it counts; what it is in the mean over several
 * draws, what would decide it if it is open, how far the number moves with other choices, intervals too wide to be
 * told.
 */
function remarksOn(
  { claim, report }: PlacedClaim,
  { brief }: { readonly brief: boolean },
): readonly Inline[] {
  const { remark, answers } = claim;
  const counts = brief || answers === undefined
    ? undefined
    : `Counts towards the answer for shifts ${answers}.`;
  const own = report === undefined ? remark : counts;
  const [drawn, decides, sensitivity] = brief
    ? []
    : [overDraws(claim), whatWouldDecide(claim), formatSensitivity(claim)];
  const intervals = [
    ...new Set(estimatesOf(claim).filter(isTooWide).map(formatInterval)),
  ];
  return [
    ...own === undefined ? [] : [remarkOf(proseMarkdown(own))],
    ...drawn === undefined ? [] : [remarkOf(escapeMarkdown(drawn))],
    ...decides === undefined ? [] : [remarkOf(escapeMarkdown(decides))],
    ...sensitivity === undefined
      ? []
      : [remarkOf(`Sensitivity: ${sensitivity}.`)],
    ...intervals.length === 0 ? [] : [{
      kind: "more" as const,
      summary: intervals.length === 1 ? "Its interval" : "Its intervals",
      text: `${intervals.join("; ")}.`,
    }],
  ];
}

/** What a claim comes to in the mean over several draws; nothing of one that has a single draw, or no number. */
function overDraws(claim: Claim): string | undefined {
  if ("notReproduced" in claim || claim.redrawn === undefined) {
    return undefined;
  }
  const { rule, redrawn: { draws, of, estimate, further } } = claim;
  return `Mean over ${draws} draws of ${of}, in points, with intervals by what they differ: ${
    [estimate, ...further].map((mean) =>
      [mean.title, `${points(mean.value, rule)}${bracketed(mean, { rule })}`]
        .filter(Boolean).join(" ")
    ).join("; ")
  }.`;
}

function remarkOf(source: string): Inline {
  return { kind: "remark", source };
}

/** What was found, or why nothing was. */
function foundLine(claim: Claim): Line {
  if ("notReproduced" in claim) return inlineProse(claim.notReproduced);
  const texts = foundTexts(claim);
  return texts.map((text, i): Inline => ({
    kind: "estimate",
    text: i < texts.length - 1 ? `${text};` : text,
  }));
}
