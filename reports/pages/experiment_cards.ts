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
} from "../document/document.ts";
import { cards, folded, line, link, prose } from "../document/pieces.ts";
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
    return [prose("No experiment has finished yet.")];
  }
  const experiments = reports.map((report) => {
    const { id, title, claims } = report;
    const picture = pictureOf(report);
    return {
      title,
      href: addressFrom("", pathOf(`${id}/`)),
      picture,
      lines: [
        ...picture === undefined
          ? [verdictCounts(claims)]
          : outcomes(answeringOf(report), title),
        ...earlier?.[id] === undefined
          ? []
          : [`as it was on ${earlier[id].slice(0, 10)}`],
      ],
    };
  });
  const isPictured = ({ picture }: PictureLink) => picture !== undefined;
  return [
    ...experiments.some(isPictured)
      ? [
        line(
          "Below each picture: what pre-training brings, in points of effective robustness, and the verdict on the claim.",
        ),
      ]
      : [],
    {
      kind: "pictures",
      label: "All experiments and how their claims came out",
      items: [
        ...experiments.filter(isPictured),
        ...experiments.filter((one) => !isPictured(one)),
      ],
    },
    folded("What each of them asks", [
      cards(
        "Questions of the experiments, in reading order",
        ["experiment", "question"],
        reports.map(({ id, title, question }) => [
          link(title, `./${id}/index.html`),
          question,
        ]),
      ),
    ]),
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
function outcomes(claims: readonly Claim[], title: string): readonly Line[] {
  return [...Map.groupBy(claims, ({ answers }) => `${answers}`)].flatMap(
    ([half, some]) => [half, ...some.flatMap((claim) => outcome(claim, title))],
  );
}

/** Which claim of its report it is, if several; what was found, and the verdict. */
function outcome(claim: Claim, title: string): readonly Line[] {
  const estimate = toldEstimate(claim);
  const which = beyond(title, claim.short ?? "");
  return [
    ...which === "" ? [] : [which],
    [
      ...estimate === undefined
        ? []
        : [`${formatNumber({ ...estimate, digits: 1 })} `],
      { kind: "verdict", verdict: judge(claim) },
    ],
  ];
}

/** What the short name of a claim says beyond the title of its report: `strength 0.25` of "under an unseen tint of strength 0.25". */
function beyond(title: string, short: string): string {
  const at = short.toLowerCase().indexOf(title.toLowerCase());
  return at < 0 ? "" : short.slice(at + title.length).replace(/^ of /, "");
}
