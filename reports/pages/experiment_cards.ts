/**
 * Every experiment on the front page, as a card.
 *
 * @module
 */
import { addressFrom, pathOf } from "../document/address.ts";
import {
  type Block,
  type Line,
  type PictureLink,
  textColumns,
} from "../document/document.ts";
import type { RunRecord } from "../runs/run_record.ts";
import { type Claim, judge, toldEstimate } from "../value/claim.ts";
import { formatNumber } from "../value/quantity.ts";
import type { Report } from "../value/report.ts";
import { verdictCounts } from "../value/verdict_counts.ts";
import { sheetPair } from "./sheet_pair.ts";

/** The shifts that the answer is about, with a picture of each, what pre-training brings under it and the verdicts; then the other experiments in reading order; and what each asks. */
export function experimentCards(
  reports: readonly Report[],
  { earlier }: Pick<RunRecord, "earlier">,
): readonly Block[] {
  if (reports.length === 0) {
    return [{ kind: "prose", markdown: "No experiment has finished yet." }];
  }
  const cards = reports.map((report) => {
    const { id, title, claims } = report;
    const picture = pictureOf(report);
    return {
      title,
      href: addressFrom("", pathOf(`${id}/`)),
      picture,
      lines: [
        ...picture === undefined
          ? [verdictCounts(claims)]
          : outcomes(answeringOf(report)),
        ...earlier?.[id] === undefined
          ? []
          : [`as it was on ${earlier[id].slice(0, 10)}`],
      ],
    };
  });
  const isPictured = ({ picture }: PictureLink) => picture !== undefined;
  return [
    {
      kind: "pictures",
      label: "All experiments and how their claims came out",
      items: [
        ...cards.filter(isPictured),
        ...cards.filter((card) => !isPictured(card)),
      ],
    },
    {
      kind: "folded",
      summary: "What each of them asks",
      blocks: [{
        kind: "table",
        layout: "cards",
        label: "Questions of the experiments, in reading order",
        columns: textColumns("experiment", "question"),
        rows: reports.map(({ id, title, question }) => [
          { kind: "link", text: title, href: `./${id}/index.html` },
          question,
        ]),
      }],
    },
  ];
}

/** The claims of a report that decide a half of the answer. */
function answeringOf({ claims }: Report): readonly Claim[] {
  return claims.filter(({ answers }) => answers !== undefined);
}

/** The first picture of a shift that the answer is about. */
function pictureOf(report: Report): PictureLink["picture"] {
  const { id, pictures: [picture] = [] } = report;
  if (picture === undefined || answeringOf(report).length === 0) {
    return undefined;
  }
  return {
    src: addressFrom("", `${id}/${picture.id}.png`),
    alt: picture.alt,
    cuts: sheetPair(picture.png),
  };
}

/** What was found in each half, below its name. */
function outcomes(claims: readonly Claim[]): readonly Line[] {
  return [...Map.groupBy(claims, ({ answers }) => `${answers}`)].flatMap(
    ([half, some]) => [half, ...some.map(outcome)],
  );
}

/** What was found for a claim, and its verdict. */
function outcome(claim: Claim): Line {
  const estimate = toldEstimate(claim);
  return [
    ...estimate === undefined
      ? []
      : [`${formatNumber({ ...estimate, digits: 1 })} `],
    { kind: "verdict", verdict: judge(claim) },
  ];
}
