/**
 * What pre-training brings under each shift and in other experiments, in points
 * and in sentences.
 *
 * @module
 */
import { listed } from "../../engine/define/listed.ts";
import { escapeMarkdown } from "../text/escape.ts";
import { type Estimate, judge, toldEstimate } from "../value/claim.ts";
import { toldOneByOne } from "../value/claim_groups.ts";
import {
  type Answering,
  bracketed,
  type Half,
  HALVES,
  points,
} from "./answer_contrast.ts";

/** A claim that decides a half by a size in points. */
interface Sized extends Answering {
  readonly estimate: Estimate;
}

/** What pre-training brings under each shift: a sentence for each half in which anything was measured; over which line, unless the sentences before say it. */
export function sizesSentences(
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
        const unit = one === first ? " points of effective robustness" : "";
        return `${sizeOf(one)}${unit}${
          one === firstOver ? over : ""
        } ${one.name}`;
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
  ];
}

/** `**+3.0**`, with its interval where that decides nothing: `**−1.0** (−2.2 to +0.2)`. */
function sizeOf({ claim, estimate }: Sized): string {
  const isOpen = judge(claim) === "inconclusive";
  return `**${points(estimate.value, claim.rule)}**${
    isOpen ? bracketed(estimate, claim) : ""
  }`;
}

/** Those with a size in points. */
function sizedOf(claims: readonly Answering[]): readonly Sized[] {
  return claims.flatMap((answering): readonly Sized[] => {
    const estimate = toldEstimate(answering.claim);
    return estimate?.unit === "points" ? [{ ...answering, estimate }] : [];
  });
}

/** The sizes of a half that are told one by one. */
function toldOf(all: readonly Sized[], half: Half): readonly Sized[] {
  return toldOneByOne(all.filter((one) => one.half === half));
}

/** What pre-training brings where a claim has no short name and others of its half have one, by report: `−1.8 out of support and −0.7 in support in “Digits”`. */
export function besideSentences(
  claims: readonly Answering[],
): readonly string[] {
  const all = sizedOf(claims);
  const told = HALVES.flatMap((half) => toldOf(all, half));
  const others = all.filter((one) => !told.includes(one));
  return others.length === 0
    ? []
    : [`Other experiments find ${byReport(others)}.`];
}

/** Sizes that decide neither half, with what keeps them from it, one by one beside the paper's. */
export function apartSentences(
  claims: readonly Answering[],
): readonly string[] {
  const reasons = Map.groupBy(
    sizedOf(claims),
    ({ claim }) => claim.apart?.because,
  );
  return [...reasons].map(([because, sizes]) =>
    `Deciding neither half, ${escapeMarkdown(because ?? "")}, in ${
      listed([
        ...new Set(sizes.map(({ report }) => `“${escapeMarkdown(report)}”`)),
      ])
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

/** From where to where sizes reach in each report, half by half: `**−0.8 to +3.3** out of support in “Digits”`. */
function byReport(some: readonly Sized[]): string {
  const reports = Map.groupBy(some, ({ report }) => report);
  return [...reports.values()].map((sizes) => {
    const ranges = HALVES.flatMap((half) => {
      const its = sizes.filter((one) => one.half === half)
        .sort((a, b) => a.estimate.value - b.estimate.value);
      const [least, greatest] = [its.at(0), its.at(-1)];
      if (least === undefined || greatest === undefined) return [];
      if (least === greatest) return [`${sizeOf(least)} ${half}`];
      // They may look alike.
      const ends = new Set(
        [least, greatest].map((one) => points(one.estimate.value)),
      );
      return [`**${[...ends].join(" to ")}** ${half}`];
    });
    return `${listed(ranges)} ${sizes[0]?.name}`;
  }).join("; ");
}
