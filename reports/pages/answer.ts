/**
 * The answer to the paper's question: whether pre-training brings more out of
 * support than in support, and what it brings, in points.
 *
 * @module
 */
import { escapeMarkdown } from "../text/escape.ts";
import type { Claim } from "../value/claim.ts";
import type { Report } from "../value/report.ts";
import {
  type Answering,
  type Contrast,
  contrastSentence,
  type Half,
  pairedSentences,
} from "./answer_contrast.ts";
import {
  apartSentences,
  besideSentences,
  sizesSentences,
} from "./answer_sizes.ts";

/** How an answer is given. */
export interface AnswerOptions {
  readonly profile: string;
  /** Where claims are, for links from what is told of them. */
  readonly addresses?: ReadonlyMap<Claim, string>;
}

/** The answer in two parts, each Markdown. */
export interface AnswerInParts {
  /** What a reader of ten seconds needs. */
  readonly first: string;
  /** What one opens for more, and what says that it is there. */
  readonly more?: { readonly summary: string; readonly markdown: string };
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
  options: AnswerOptions,
): string {
  const { first, more } = answerInParts(reports, options);
  return more === undefined ? first : `${first}\n\n${more.markdown}`;
}

/**
 * The same in parts: where there are claims about the contrast itself, what
 * they say is the answer, and all sizes are more; elsewhere the sizes are the
 * answer, and those of other experiments are more.
 */
export function answerInParts(
  reports: readonly Pick<Report, "title" | "claims">[],
  { profile, addresses }: AnswerOptions,
): AnswerInParts {
  if (profile === "smoke") {
    return {
      first:
        "This run trained its networks for seconds, to check that everything works. It answers nothing.",
    };
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
  const paired = pairedSentences(contrasts, claims);
  const contrast = paired ?? [`**${contrastSentence(claims)}**`];
  const sizes = sizesSentences(claims, contrast);
  const others = [
    ...besideSentences(claims),
    ...apartSentences(about(({ apart }) => apart?.half)),
  ];
  const [first, more] = paired === undefined
    ? [[...contrast, ...sizes], others]
    : [contrast, [...sizes, ...others]];
  const where = [
    ...more.length > others.length ? ["under each shift"] : [],
    ...others.length > 0 ? ["in other experiments"] : [],
  ].join(", and ");
  return {
    first: first.join("\n\n"),
    ...more.length === 0 ? {} : {
      more: {
        summary: `What pre-training brings ${where}`,
        markdown: more.join("\n\n"),
      },
    },
  };
}
