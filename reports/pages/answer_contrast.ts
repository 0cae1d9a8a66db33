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
  toldEstimate,
  type Verdict,
} from "../value/claim.ts";
import { formatBound, formatNumber } from "../value/quantity.ts";

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

/** What claims about the contrast itself say of it, in bold; then which of them are open, and how many claims of the halves hold. */
export function pairedSentences(
  contrasts: readonly Contrast[],
  halves: readonly Answering[],
): readonly string[] | undefined {
  const judged = contrasts.flatMap(({ claim, name }): readonly Paired[] => {
    const estimate = toldEstimate(claim);
    return estimate === undefined
      ? []
      : [{ claim, name, estimate, verdict: judge(claim) }];
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
  const besides = besideContrasts(halves);
  if (found.length === 0) {
    return [
      `**Whether pre-training brings more out of support than in support remains open: ${
        growth(open)
      }.**`,
      ...besides === undefined ? [] : [besides],
    ];
  }
  const others = [
    ...new Set(
      found.flatMap(({ claim: { redrawn } }) =>
        redrawn === undefined ? [] : [escapeMarkdown(redrawn)]
      ),
    ),
    ...open.length === 0 ? [] : [
      `${
        grown(open, (one) => `**${points(one.estimate.value)}**${within(one)}`)
      } ${open.length === 1 ? "remains" : "remain"} open.`,
    ],
    ...besides === undefined ? [] : [besides],
  ];
  return [
    `**Pre-training brings more out of support than in support, as the paper finds${
      open.length === 0
        ? ""
        : `, in ${found.length} of ${judged.length} contrasts`
    }: ${growth(found)}.**`,
    ...others.length === 0 ? [] : [others.join(" ")],
  ];
}

/** By how much the gain grows, with intervals, and over which line if all are over one: `network by network, …`. */
function growth(some: readonly Paired[]): string {
  const [first] = some;
  const line = first?.estimate.title;
  const isOne = some.every(({ estimate: { title } }) => title === line);
  return `network by network, effective robustness grows by ${
    grown(some, (one) => {
      const { value, level = 0.95 } = one.estimate;
      const interval = one === first
        ? `${formatBound({ value: level, unit: "percent" })}% interval `
        : "";
      return `${points(value)}${within(one, interval)}`;
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

/** ` (+2.4 to +4.4)`; nothing where there is no interval. */
function within({ estimate: { low, high } }: Paired, what = ""): string {
  return low === high ? "" : ` (${what}${points(low)} to ${points(high)})`;
}

/** `+2.6` */
export function points(value: number): string {
  return formatNumber({ value, unit: "points", digits: 1 });
}

/** What claims on each half say that pre-training brings. */
const AS_CLAIMED = {
  "out of support": "much",
  "in support": "little",
} as const;

/** How many claims of each half hold by themselves; nothing where all do. */
function besideContrasts(halves: readonly Answering[]): string | undefined {
  const judged = halves.map(({ half, claim }) => ({
    half,
    verdict: judge(claim),
  })).filter(({ verdict }) => verdict !== "not reproduced");
  if (judged.every(({ verdict }) => verdict === "supported")) return undefined;
  const counts = [...Map.groupBy(judged, ({ half }) => half)].map(
    ([half, some]) => {
      const [held, against] = (["supported", "contradicted"] as const).map(
        (wanted) => some.filter(({ verdict }) => verdict === wanted).length,
      );
      const all = `${
        held === 0 ? "none" : held
      } of ${some.length} that it brings ${AS_CLAIMED[half]} ${half}`;
      return against === 0 ? all : `${all} (${against} contradicted)`;
    },
  );
  return `Of claims taken one by one, ${listed(counts)} hold.`;
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
