/**
 * The answer to the paper's question: what pre-training brings, in points, and
 * whether that is the contrast that the paper finds.
 *
 * @module
 */
import { listed } from "../../engine/define/listed.ts";
import { escapeMarkdown } from "../text/escape.ts";
import {
  type Claim,
  type Estimate,
  estimatesOf,
  judge,
  type Verdict,
} from "../value/claim.ts";
import { formatNumber } from "../value/quantity.ts";
import type { Report } from "../value/report.ts";

/** The two halves of the paper's answer. */
type Half = NonNullable<Claim["answers"]>;

/** A claim that decides a half, as the answer names it. */
interface Answering {
  readonly claim: Claim;
  readonly half: Half;
  /** Its shift, in Markdown: "under an unseen tint". */
  readonly name: string;
  /** Title of its report. */
  readonly report: string;
}

/** A claim about the contrast itself. */
type Contrast = Pick<Answering, "claim" | "name">;

/** A claim that decides a half by a size in points. */
interface Sized extends Answering {
  readonly estimate: Estimate;
}

/**
 * The answer as Markdown, a sentence a paragraph: from where to where what
 * pre-training brings reaches in both halves, each size of it that has a short
 * name, from where to where the others reach, then what the verdicts say of the
 * contrast. It follows from the claims that answer, and from
 * nothing else; a smoke run gives none.
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
  const claims = reports.flatMap(({ title, claims }) =>
    claims.flatMap((claim): readonly Answering[] => {
      const { answers: half, short = `in “${title}”` } = claim;
      return half === undefined
        ? []
        : [{ claim, half, name: linked(short, claim), report: title }];
    })
  );
  const contrasts = reports.flatMap(({ claims }) => claims)
    .flatMap((claim): readonly Contrast[] => {
      const { contrast } = claim;
      return contrast === undefined
        ? []
        : [{ claim, name: linked(contrast, claim) }];
    });
  return [
    ...sizesSentences(claims),
    pairedSentence(contrasts, claims) ?? contrastSentence(claims),
  ].join("\n\n");
}

/** What pre-training brings: the whole of it in a bold sentence, then under each shift, a sentence for each half in which anything was measured, and one for what has no short name. */
function sizesSentences(claims: readonly Answering[]): readonly string[] {
  const all = claims.flatMap((answering): readonly Sized[] => {
    const estimate = toldEstimate(answering.claim);
    return estimate?.unit === "points" ? [{ ...answering, estimate }] : [];
  });
  const out = toldOf(all, "out of support");
  const within = toldOf(all, "in support");
  const told = [...out, ...within];
  const [first] = told;
  if (first === undefined) return [];
  const inShort = rangesOf(all).map(({ half, range }, i) =>
    `${half}, ${i === 0 ? "pre-training brings " : ""}${range}${
      i === 0 ? " points of effective robustness" : ""
    }`
  ).join("; ");
  const overLine = told.filter(({ estimate: { title } }) =>
    title !== undefined
  );
  const [firstOver] = overLine;
  const line = firstOver?.estimate.title;
  // Published accuracies have one line, which has no name.
  const isOne = overLine.every(({ estimate: { title } }) => title === line);
  const over = line === undefined || !isOne
    ? ""
    : firstOver === first
    ? ` over the ${escapeMarkdown(line)}`
    : ` (this and what follows over the ${escapeMarkdown(line)})`;
  const written = (sized: readonly Sized[]) =>
    listed(
      sized.map((one) => {
        const { estimate: { value, unit }, name } = one;
        const points = one === first ? " points of effective robustness" : "";
        return `**${formatNumber({ value, unit, digits: 1 })}**${points}${
          one === firstOver ? over : ""
        } ${name}`;
      }),
    );
  return [
    `**${inShort.charAt(0).toUpperCase()}${inShort.slice(1)}.**`,
    ...out.length === 0 ? [] : [
      `Where a network must extrapolate (out of support), pre-training brings ${
        written(out)
      }.`,
    ],
    ...within.length === 0 ? [] : [
      `Where the training data are merely biased (in support), ${
        out.length === 0 ? "pre-training" : "it"
      } brings ${written(within)}.`,
    ],
    ...besides(all.filter((one) => !told.includes(one))),
  ];
}

/** The sizes of a half that are told one by one: those with a short name, or all if none has one. */
function toldOf(all: readonly Sized[], half: Half): readonly Sized[] {
  const its = all.filter((one) => one.half === half);
  const named = its.filter(({ claim }) => claim.short !== undefined);
  return named.length > 0 ? named : its;
}

/** What pre-training brings in other experiments, by report: `−1.8 out of support and −0.7 in support in “Digits”`. */
function besides(others: readonly Sized[]): readonly string[] {
  if (others.length === 0) return [];
  const reports = Map.groupBy(others, ({ report }) => report);
  const written = [...reports.values()].map((sizes) => {
    const ranges = rangesOf(sizes)
      .map(({ half, range }) => `**${range}** ${half}`);
    return `${listed(ranges)} ${sizes[0]?.name}`;
  });
  return [`Other experiments find ${written.join("; ")}.`];
}

/** From where to where sizes reach, for each half that has any. */
function rangesOf(
  sizes: readonly Sized[],
): readonly { readonly half: Half; readonly range: string }[] {
  return (["out of support", "in support"] as const).flatMap((half) => {
    const its = sizes.filter((one) => one.half === half);
    return its.length === 0 ? [] : [{ half, range: rangeOf(its) }];
  });
}

/** From the least size to the greatest: `−0.8 to +3.3`, or `+3.4` where all are alike. */
function rangeOf(sizes: readonly Sized[]): string {
  const texts = sizes.map(({ estimate: { value } }) => value)
    .sort((a, b) => a - b)
    .map((value) => formatNumber({ value, unit: "points", digits: 1 }));
  const [least, greatest] = [texts.at(0), texts.at(-1)];
  return least === greatest ? `${least}` : `${least} to ${greatest}`;
}

/** The estimate of a claim that the answer tells, if there is one. */
export function toldEstimate(claim: Claim): Estimate | undefined {
  return estimatesOf(claim).at(-1);
}

/** What claims about the contrast itself say of it, and how many claims of the halves hold besides. */
function pairedSentence(
  contrasts: readonly Contrast[],
  halves: readonly Answering[],
): string | undefined {
  const judged = contrasts.flatMap(({ claim, name }) => {
    const estimate = toldEstimate(claim);
    return estimate === undefined
      ? []
      : [{ claim, name, estimate, verdict: judge(claim) }];
  });
  if (judged.length === 0) return undefined;
  const told = (some: typeof judged) =>
    listed(
      [...Map.groupBy(some, ({ claim }) => claim.contrast).values()].map(
        (alike) => {
          const sizes = alike.map(({ estimate: { value, unit } }) =>
            `**${formatNumber({ value, unit, digits: 1 })}**`
          );
          return `${listed(sizes)} points ${alike[0]?.name}`;
        },
      ),
    );
  const of = (wanted: Verdict) =>
    judged.filter(({ verdict }) => verdict === wanted);
  const [found, open] = [of("supported"), of("inconclusive")];
  const but = besideContrasts(halves);
  if (of("contradicted").length > 0) {
    return `At this scale the networks do not show the paper’s contrast: network by network, the gain grows by ${
      told(judged)
    }.`;
  }
  return found.length === 0
    ? `Whether this is the paper’s contrast remains open: network by network, the gain grows by ${
      told(open)
    }, and the numbers do not decide it${but}`
    : `This is the contrast that the paper finds${
      open.length === 0 ? "" : ", wherever the numbers decide it"
    }: network by network, the gain grows by ${told(found)}${
      open.length === 0
        ? ""
        : `; ${told(open)} ${open.length === 1 ? "remains" : "remain"} open`
    }${but}`;
}

/** How many claims of each half hold by themselves; a full stop where all do. */
function besideContrasts(halves: readonly Answering[]): string {
  const judged = halves.map(({ half, claim }) => ({
    half,
    verdict: judge(claim),
  })).filter(({ verdict }) => verdict !== "not reproduced");
  if (judged.every(({ verdict }) => verdict === "supported")) return ".";
  const counts = [...Map.groupBy(judged, ({ half }) => half)].map(
    ([half, some]) => {
      const [held, against] = (["supported", "contradicted"] as const).map(
        (wanted) => some.filter(({ verdict }) => verdict === wanted).length,
      );
      const all = `${held === 0 ? "none" : held} of ${some.length} ${half}`;
      return against === 0 ? all : `${all} (${against} contradicted)`;
    },
  );
  return `. Of the claims taken one by one, ${listed(counts)} hold.`;
}

/** Whether the claims, taken together, show the contrast. */
function contrastSentence(claims: readonly Answering[]): string {
  const judged = claims.map((answering) => ({
    ...answering,
    verdict: judge(answering.claim),
  })).filter(({ verdict }) => verdict !== "not reproduced");
  const of = (verdict: Verdict) =>
    judged.filter((one) => one.verdict === verdict);
  const missing = (["out of support", "in support"] as const).filter((half) =>
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
