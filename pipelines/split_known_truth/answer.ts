/**
 * By how much effective robustness out of support exceeds that in support, and
 * what of it difficulty alone makes, in sentences; then in the other parts, and
 * under both mixtures.
 *
 * @module
 */
import { answerTable } from "../shared/synthetic/answers.ts";
import type { Piece } from "../shared/synthetic/claims.ts";
import { ofEach, type OneOrMore } from "../shared/synthetic/one_or_more.ts";
import type { MeasuredMixture } from "./measured.ts";
import { OUT_STRENGTHS } from "./mixtures.ts";

/** The answer, the mixture with the strong tint first, with numbers to come. */
export function answerOf(
  mixtures: OneOrMore<MeasuredMixture>,
): readonly Piece[] {
  const differences = ofEach(
    mixtures,
    ({ truth, control, splits: [{ measured }] }) => ({
      found: measured.groups[0].measured.differenceWords,
      own: truth[0].measured.differenceWords,
      ownHarder: control.placebos.meanWords,
      ownOver: control.over.words,
      ownMatched: control.matched.measured.differenceWords,
      ownMatchedByBaselines: control.matchedByBaselines.measured
        .differenceWords,
      harder: measured.placebos[0].difficulty.meanWords,
      matched: measured.matched.groups[0].measured.differenceWords,
    }),
  );
  const [strong] = differences;
  const row = (title: string, part: keyof typeof differences[number]) => [
    [title],
    ...differences.map((difference) => [difference[part]]),
  ];
  return [
    `Under a tint of strength ${
      OUT_STRENGTHS[mixtures[0].name]
    } in half of the images, the effective robustness of *photo* networks out of support minus in support is **`,
    strong.own,
    "** in the true parts, and ",
    strong.found,
    " in those that the classifier finds, over lines of checkpoints. Parts that are merely as much harder as the true ones differ by ",
    strong.ownHarder,
    " on average; what the true ones have over that is **",
    strong.ownOver,
    "**; weighted to be as difficult, they differ by **",
    strong.ownMatched,
    "**.\n\nWith 95% intervals:",
    ...answerTable(
      [
        "out of support minus in support, by",
        ...mixtures.map(({ name }) =>
          `tint of strength ${OUT_STRENGTHS[name]}`
        ),
      ],
      [
        row("the true parts", "own"),
        row(
          "parts that are merely as much harder as the true ones, with images dealt at random, on average (interval of the draws alone)",
          "ownHarder",
        ),
        row("the true parts, over these", "ownOver"),
        row("the true parts, weighted to be as difficult", "ownMatched"),
        row(
          "the same, as difficult for the baselines of the line (figure C.6 of the paper)",
          "ownMatchedByBaselines",
        ),
        row("the parts that the classifier finds", "found"),
        row("parts that are merely as much harder as these", "harder"),
        row(
          "the parts that the classifier finds, weighted to be as difficult",
          "matched",
        ),
      ],
    ),
  ];
}
