/**
 * Whether pre-training brings more out of support than in support, in
 * sentences.
 *
 * @module
 */
import { listed } from "../../engine/define/listed.ts";
import { escapeMarkdown } from "../text/escape.ts";
import {
  type Claim,
  type Estimate,
  judge,
  type Rule,
  toldEstimate,
  type Verdict,
} from "../value/claim.ts";
import { formatBeside } from "../value/beside_bounds.ts";
import { formatBound } from "../value/quantity.ts";

/** The two halves of the paper's answer. */
export const HALVES = ["out of support", "in support"] as const;
/** One of them. */
export type Half = typeof HALVES[number];

/** A claim that decides a half, as the answer names it. */
export interface Answering {
  readonly claim: Claim;
  readonly half: Half;
  /** Its shift, in Markdown: "under an unseen tint". */
  readonly name: string;
  /** Title of its report. */
  readonly report: string;
}

/** A claim about the contrast itself. */
export type Contrast = Pick<Answering, "claim" | "name">;

/** A claim about the contrast with its size. */
interface Paired extends Contrast {
  readonly estimate: Estimate;
  readonly verdict: Verdict;
}

/** What claims about the contrast itself say of it, in bold; then which of them are open, what they are over several draws, and what each half contradicts. */
export function pairedSentences(
  contrasts: readonly Contrast[],
  halves: readonly Answering[],
): readonly string[] | undefined {
  const judged = contrasts.flatMap(({ claim, name }): readonly Paired[] => {
    const estimate = toldEstimate(claim);
    return estimate === undefined
      ? []
      : [{ claim, name, estimate, verdict: judgeOverDraws(claim) }];
  });
  if (judged.length === 0) return undefined;
  const of = (wanted: Verdict) =>
    judged.filter(({ verdict }) => verdict === wanted);
  const [found, open] = [of("supported"), of("inconclusive")];
  if (of("contradicted").length > 0) {
    return [
      `**At this scale the networks do not show the paper’s contrast: ${
        growth(judged)
      }.**`,
    ];
  }
  const isFound = found.length > 0;
  const besides = [
    ...isFound ? leftOpen(open) : [],
    ...overDraws([...found, ...open]),
    ...againstThePaper(halves),
  ].join(" ");
  return [
    `**${
      isFound
        ? `As in the paper, pre-training brings more out of support than in support${
          open.length === 0 ? "" : ", though not every comparison decides it"
        }`
        : "Whether pre-training brings more out of support than in support remains open"
    }: ${growth(isFound ? found : open)}.**`,
    ...besides === "" ? [] : [besides],
  ];
}

/** The verdict on a claim and on its draws together: what one draw supports and not their mean is open. */
function judgeOverDraws(claim: Claim): Verdict {
  const verdict = judge(claim);
  const { redrawn } = claim;
  return verdict === "supported" && redrawn !== undefined &&
      judge({ ...claim, ...redrawn }) !== "supported"
    ? "inconclusive"
    : verdict;
}

/** What nothing decides, then what only this run does. */
function leftOpen(open: readonly Paired[]): readonly string[] {
  const byDraws = open.filter(({ claim }) => judge(claim) === "supported");
  const byItself = open.filter((one) => !byDraws.includes(one));
  return [
    ...byItself.length === 0 ? [] : [`Undecided: ${sizesOf(byItself)}.`],
    ...byDraws.length === 0 ? [] : [
      `This run by itself supports ${
        sizesOf(byDraws)
      }, but the mean of several draws does not.`,
    ],
  ];
}

/** `**+1.1** (+0.1 to +2.2) points from a spurious tint to an unseen tint` */
function sizesOf(some: readonly Paired[]): string {
  return grown(
    some,
    ({ estimate, claim: { rule } }) =>
      `**${points(estimate.value, rule)}**${bracketed(estimate, { rule })}`,
  );
}

/** What contrasts are in the mean of several draws, a sentence for those of the same draws. */
function overDraws(some: readonly Paired[]): readonly string[] {
  const drawn = some.flatMap((one) => {
    const { redrawn } = one.claim;
    return redrawn === undefined ? [] : [{ ...one, ...redrawn }];
  });
  return [...Map.groupBy(drawn, ({ draws, of }) => `${draws} draws of ${of}`)]
    .map(([draws, alike]) =>
      `On average over ${escapeMarkdown(draws)}: ${sizesOf(alike)}.`
    );
}

/** By how much the gain grows, with intervals, and over which line if all are over one: `network by network, …`. */
function growth(some: readonly Paired[]): string {
  const [first] = some;
  const line = first?.estimate.title;
  const isOne = some.every(({ estimate: { title } }) => title === line);
  return `network by network, effective robustness grows by ${
    grown(some, (one) => {
      const { value, level = 0.95 } = one.estimate;
      const { rule } = one.claim;
      const what = one === first
        ? `${formatBound({ value: level, unit: "percent" })}% interval `
        : "";
      return `${points(value, rule)}${bracketed(one.estimate, { rule, what })}`;
    })
  }${line === undefined || !isOne ? "" : `, over the ${escapeMarkdown(line)}`}`;
}

/** `+2.6 points from a spurious tint to an unseen tint and +1.3 and +0.4 points with weights of COCO`. */
function grown(
  some: readonly Paired[],
  written: (one: Paired) => string,
): string {
  return listed(
    [...Map.groupBy(some, ({ claim }) => claim.contrast).values()].map(
      (alike) => `${listed(alike.map(written))} points ${alike[0]?.name}`,
    ),
  );
}

/** ` (+2.4 to +4.4)` beside the rule that judges it; nothing where there is no interval. */
export function bracketed(
  { low, high }: Estimate,
  { rule, what = "" }: { readonly rule: Rule; readonly what?: string },
): string {
  return low === high
    ? ""
    : ` (${what}${points(low, rule)} to ${points(high, rule)})`;
}

/** `+2.6`, beside the rule that judges it if there is one. */
export function points(value: number, rule?: Rule): string {
  return formatBeside({ value, unit: "points", digits: 1 }, rule);
}

/** What pre-training brings where that contradicts a claim of a half: a sentence for each half. */
function againstThePaper(halves: readonly Answering[]): readonly string[] {
  return HALVES.flatMap((half) => {
    const sizes = halves.flatMap(({ claim, name, half: its }) => {
      const estimate = toldEstimate(claim);
      return its === half && estimate?.unit === "points" &&
          judge(claim) === "contradicted"
        ? [
          `**${points(estimate.value, claim.rule)}**${
            bracketed(estimate, claim)
          } points ${name}`,
        ]
        : [];
    });
    return sizes.length === 0
      ? []
      : [`Unlike in the paper, ${half} it brings ${listed(sizes)}.`];
  });
}

/** Whether the claims, taken together, show the contrast. */
export function contrastSentence(claims: readonly Answering[]): string {
  const judged = claims.map((answering) => ({
    ...answering,
    verdict: judge(answering.claim),
  })).filter(({ verdict }) => verdict !== "not reproduced");
  const of = (verdict: Verdict) =>
    judged.filter((one) => one.verdict === verdict);
  const missing = HALVES.filter((half) =>
    judged.every((one) => one.half !== half)
  );
  if (missing.length > 0) {
    return `The paper’s contrast was not tested: no claim ${
      missing.join(" or ")
    } has a number.`;
  }
  const against = of("contradicted");
  if (against.length > 0) {
    const names = [...new Set(against.map(({ name }) => name))];
    return `At this scale the networks do not show the paper’s contrast: it fails ${
      listed(names)
    }.`;
  }
  const n = judged.length;
  const open = of("inconclusive").length;
  return open === 0
    ? `This is the contrast that the paper finds: all ${n} claims on it hold.`
    : open === n
    ? `Whether this is the paper’s contrast remains open: none of the ${n} claims on it is decided.`
    : `Whether this is the paper’s contrast remains open: of ${n} claims on it, ${
      n - open
    } ${
      n - open === 1 ? "holds" : "hold"
    }, and the numbers do not decide the others.`;
}
