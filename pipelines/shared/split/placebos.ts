/**
 * Placebo splits, as a claim and a table have them: the same for every shift.
 *
 * @module
 */
import type { Lazy } from "../../../engine/define/ref.ts";
import type { Claim, Rule } from "../../../reports/value/claim.ts";
import type { Table } from "../../../reports/value/report.ts";
import { tabulatePlacebos } from "../../../tasks/splits/tabulate_placebos.ts";
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

/** What placebo splits give, beside the split itself. */
export function placeboTable(
  { placebos, shift: { judges, units } }: MeasuredSplit,
  { id, title }: { readonly id: string; readonly title: string },
): Lazy<Table> {
  return {
    id,
    caption:
      `${title}: effective robustness out of support minus in support, in points, in the split and in placebo splits, which assign examples to the parts at random: among all examples, or among those that equally many ${
        judges?.title ?? "baselines"
      } get wrong. ${
        units === undefined
          ? "p is the share of placebos, counting the split itself, whose difference is at least as far from zero as that of the split."
          : "Examples come in units that are alike, and single ones are assigned, so that there is no range of chance and no p."
      }`,
    ...tabulatePlacebos({
      titles: ["networks", "placebo keeps"],
      rows: placebos.flatMap(({ name, sizes, difficulty, ownDifficulty }) => [
        { cells: [name, "sizes"], ...sizes },
        { cells: [name, "sizes and difficulty"], ...difficulty },
        ...(ownDifficulty === undefined ? [] : [{
          cells: [name, "sizes and difficulty for the line’s own baselines"],
          ...ownDifficulty,
        }]),
      ]),
    }, id),
  };
}
