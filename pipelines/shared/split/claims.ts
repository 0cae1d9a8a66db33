/**
 * Claims that hold for every split or for none.
 *
 * @module
 */
import type { Lazy } from "../../../engine/define/ref.ts";
import type { Claim, Rule } from "../../../reports/value/claim.ts";
import type { MeasuredSplit } from "./measured.ts";

/** The mean difference that placebo splits make is nearer to zero than this. */
const WITHIN_ONE_POINT = {
  kind: "within",
  low: -0.01,
  high: 0.01,
} as const satisfies Rule;

/** Placebo splits, random or by difficulty alone, show no difference. */
export function placeboClaim(
  { placebos: [{ sizes, difficulty }], shift: { judges } }: MeasuredSplit,
  { id, where, figure }: {
    readonly id: string;
    /** What is split, as its statement begins: `On the typeset digits`. */
    readonly where: string;
    /** Id of the figure that shows the split itself. */
    readonly figure: string;
  },
): Lazy<Claim> {
  return {
    id,
    whose: "control",
    statement:
      `${where}, random splits of the same sizes, among all examples or among equally difficult ones, show hardly any difference between their parts.`,
    paper: "not in the paper",
    estimate: sizes.mean,
    further: [difficulty.mean],
    rule: WITHIN_ONE_POINT,
    remark:
      `The mean difference over many placebo splits; its interval is that of the draws alone, with these networks, lines and images as they are. The table of placebos shows how far single ones go. Difficulty is measured with ${
        judges === undefined
          ? "the baselines that also make the line"
          : `${judges.title}, and none of these networks makes the line`
      }, so where the second number is far from zero, a part that is merely harder shows more effective robustness, and only parts of matched difficulty can be compared.`,
    figure,
  };
}
