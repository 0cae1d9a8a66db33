/**
 * The answer to the paper's question: whether pre-training brings more out of
 * support than in support, and what it brings, in points.
 *
 * @module
 */
import { listed } from "../../engine/define/listed.ts";
import { escapeMarkdown } from "../text/escape.ts";
import { type Claim, type Estimate, toldEstimate } from "../value/claim.ts";
import type { Report } from "../value/report.ts";
import {
  type Answering,
  type Contrast,
  contrastSentence,
  type Half,
  HALVES,
  pairedSentences,
  points,
} from "./answer_contrast.ts";

/** A claim that decides a half by a size in points. */
interface Sized extends Answering {
  readonly estimate: Estimate;
}

/**
 * The answer as Markdown, a sentence a paragraph: in bold what the verdicts say
 * of the contrast, with its sizes; then each size of what pre-training brings
 * that has a short name, half by half, and from where to where the others
 * reach. It follows from the claims that answer, and from nothing else; a smoke
 * run gives none.
 */
export function answerOf(
  reports: readonly Pick<Report, "title" | "claims">[],
  { profile, addresses }: {
    readonly profile: string;
    /** Where claims are, for links from what is told of them. */
    readonly addresses?: ReadonlyMap<Claim, string>;
  },
): string {
  if (profile === "smoke") {
    return "This run trained its networks for seconds, to check that everything works. It answers nothing.";
  }
  const linked = (text: string, claim: Claim) => {
    const href = addresses?.get(claim);
    return href === undefined
      ? escapeMarkdown(text)
      : `[${escapeMarkdown(text)}](${href})`;
  };
  const about = (halfOf: (claim: Claim) => Half | undefined) =>
    reports.flatMap(({ title, claims }) =>
      claims.flatMap((claim): readonly Answering[] => {
        const [half, { short = `in “${title}”` }] = [halfOf(claim), claim];
        return half === undefined
          ? []
          : [{ claim, half, name: linked(short, claim), report: title }];
      })
    );
  const claims = about(({ answers }) => answers);
  const contrasts = reports.flatMap(({ claims }) => claims)
    .flatMap((claim): readonly Contrast[] => {
      const { contrast } = claim;
      return contrast === undefined
        ? []
        : [{ claim, name: linked(contrast, claim) }];
    });
  const contrast = pairedSentences(contrasts, claims) ??
    [`**${contrastSentence(claims)}**`];
  return [
    ...contrast,
    ...sizesSentences(claims, contrast),
    ...apartSentences(about(({ apart }) => apart?.half)),
  ].join("\n\n");
}

/** What pre-training brings under each shift: a sentence for each half in which anything was measured, and one for what has no short name; over which line, unless the sentences before say it. */
function sizesSentences(
  claims: readonly Answering[],
  before: readonly string[],
): readonly string[] {
  const all = sizedOf(claims);
  const out = toldOf(all, "out of support");
  const within = toldOf(all, "in support");
  const told = [...out, ...within];
  const [first] = told;
  if (first === undefined) return [];
  const overLine = told.filter(({ estimate: { title } }) =>
    title !== undefined
  );
  const [firstOver] = overLine;
  const line = firstOver?.estimate.title;
  // Published accuracies have one line, which has no name.
  const isOne = overLine.every(({ estimate: { title } }) => title === line);
  const isOver = line === undefined ? "" : `over the ${escapeMarkdown(line)}`;
  const isTold = before.some((sentence) => sentence.includes(isOver));
  const over = isTold || !isOne || firstOver !== first ? "" : ` ${isOver}`;
  const others = isTold || !isOne || firstOver === first
    ? ""
    : ` Networks trained here are measured ${isOver}.`;
  const written = (sized: readonly Sized[]) =>
    listed(
      sized.map((one) => {
        const { estimate: { value }, name } = one;
        const unit = one === first ? " points of effective robustness" : "";
        return `**${points(value)}**${unit}${
          one === firstOver ? over : ""
        } ${name}`;
      }),
    );
  return [
    ...out.length === 0 ? [] : [
      `Where a network must extrapolate (out of support), pre-training brings ${
        written(out)
      }.${within.length === 0 ? others : ""}`,
    ],
    ...within.length === 0 ? [] : [
      `Where the training data are merely biased (in support), ${
        out.length === 0 ? "pre-training" : "it"
      } brings ${written(within)}.${others}`,
    ],
    ...besides(all.filter((one) => !told.includes(one))),
  ];
}

/** Those with a size in points. */
function sizedOf(claims: readonly Answering[]): readonly Sized[] {
  return claims.flatMap((answering): readonly Sized[] => {
    const estimate = toldEstimate(answering.claim);
    return estimate?.unit === "points" ? [{ ...answering, estimate }] : [];
  });
}

/** The sizes of a half that are told one by one: those with a short name, or all if none has one. */
function toldOf(all: readonly Sized[], half: Half): readonly Sized[] {
  const its = all.filter((one) => one.half === half);
  const named = its.filter(({ claim }) => claim.short !== undefined);
  return named.length > 0 ? named : its;
}

/** What pre-training brings in other experiments, by report: `−1.8 out of support and −0.7 in support in “Digits”`. */
function besides(others: readonly Sized[]): readonly string[] {
  return others.length === 0
    ? []
    : [`Other experiments find ${byReport(others)}.`];
}

/** Sizes that decide neither half, with what keeps them from it, one by one beside the paper's. */
function apartSentences(claims: readonly Answering[]): readonly string[] {
  const reasons = Map.groupBy(
    sizedOf(claims),
    ({ claim }) => claim.apart?.because,
  );
  return [...reasons].map(([because, sizes]) =>
    `Deciding neither half, ${because}, in ${
      listed([...new Set(sizes.map(({ report }) => `“${report}”`))])
    } (in brackets what the paper finds): ${
      HALVES.flatMap((half) => {
        const its = sizes.filter((one) => one.half === half)
          .map(({ estimate: { value }, name, claim: { paper } }) =>
            `**${points(value)}** ${name} (${escapeMarkdown(paper)})`
          );
        return its.length === 0 ? [] : [`${half} ${listed(its)}`];
      }).join("; ")
    }.`
  );
}

function byReport(some: readonly Sized[]): string {
  const reports = Map.groupBy(some, ({ report }) => report);
  return [...reports.values()].map((sizes) => {
    const ranges = rangesOf(sizes)
      .map(({ half, range }) => `**${range}** ${half}`);
    return `${listed(ranges)} ${sizes[0]?.name}`;
  }).join("; ");
}

/** From where to where sizes reach, for each half that has any. */
function rangesOf(
  sizes: readonly Sized[],
): readonly { readonly half: Half; readonly range: string }[] {
  return HALVES.flatMap((half) => {
    const its = sizes.filter((one) => one.half === half);
    return its.length === 0 ? [] : [{ half, range: rangeOf(its) }];
  });
}

/** From the least size to the greatest: `−0.8 to +3.3`, or `+3.4` where all are alike. */
function rangeOf(sizes: readonly Sized[]): string {
  const texts = sizes.map(({ estimate: { value } }) => value)
    .sort((a, b) => a - b)
    .map(points);
  const [least, greatest] = [texts.at(0), texts.at(-1)];
  return least === greatest ? `${least}` : `${least} to ${greatest}`;
}
