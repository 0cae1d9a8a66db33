/**
 * The claims about splitting a shift of which the truth is known. Statements
 * and rules were fixed before the first run at the default profile.
 *
 * @module
 */
import type { Lazy } from "../../engine/define/ref.ts";
import type { Claim, Rule } from "../../reports/value/claim.ts";
import { placeboClaim } from "../shared/split/placebos.ts";
import { ABOVE_ZERO, WITHIN_TWO_POINTS } from "../shared/synthetic/claims.ts";
import type { MeasuredMixture } from "./measured.ts";
import { OUT_STRENGTHS } from "./mixtures.ts";

const ABOVE_95 = { kind: "above", bound: 0.95 } as const satisfies Rule;
const BELOW_TENTH = { kind: "below", bound: 0.1 } as const satisfies Rule;

/** What must hold for the split of a mixture to be of use. */
function splitClaims(
  { name, splits: [{ classifier, truth, truthOverSizes }] }: MeasuredMixture,
): readonly Lazy<Claim>[] {
  const of = `a tint of strength ${OUT_STRENGTHS[name]} in the same colours`;
  return [
    {
      id: `${name}-told-apart`,
      statement:
        `The density ratio of a classifier (${classifier.title}) separates images with the reference tint from those with ${of}.`,
      paper: "not in the paper",
      estimate: truth.auroc,
      rule: ABOVE_95,
      remark: "The area under the ROC curve, with DeLong’s interval.",
      figure: `${name}-gallery`,
    },
    {
      id: `${name}-assigned`,
      asked: true,
      statement:
        `At the paper’s threshold, a classifier (${classifier.title}) puts fewer than a tenth of the images into the wrong part if half of them have ${of}.`,
      paper: "not in the paper",
      estimate: truth.misassigned,
      rule: BELOW_TENTH,
      remark:
        "The interval is that of Clopper and Pearson. By construction, the true density ratio is 1 or more in support and 0 out of support, so any threshold below 1 would split the ratios of a perfect classifier without error.",
      figure: `${name}-gallery`,
    },
    {
      id: `${name}-robustness`,
      asked: true,
      statement:
        `In the estimated parts, the photo networks have the effective robustness that they have in the true parts, if half of the images have ${of}.`,
      paper: "not in the paper",
      estimate: truth.inError,
      further: [
        truth.outError,
        truthOverSizes.inError,
        truthOverSizes.outError,
      ],
      rule: WITHIN_TWO_POINTS,
      remark:
        "The numbers are estimated minus true, over the line of checkpoints and then over that of finished networks. The intervals allow for the sampling of the images.",
      figure: `${name}-robustness`,
    },
  ];
}

/** The paper's claim, in parts that are known and not estimated. */
function truthClaim(
  { name, truth: [checkpoints], truthOverSizes: [sizes], control }:
    MeasuredMixture,
): Lazy<Claim> {
  return {
    id: `${name}-truth`,
    statement:
      `In the true parts, the effective robustness of photo networks out of support (tint of strength ${
        OUT_STRENGTHS[name]
      }) exceeds that in support, network by network.`,
    paper:
      "not in the paper at this strength; large out of support at 0.25, near 0 in support",
    estimate: checkpoints.measured.difference,
    further: [sizes.measured.difference],
    rule: ABOVE_ZERO,
    remark: [
      "The rule, fixed before the first run, does not allow for difficulty: a part that is merely harder may show more effective robustness, too. Over the line of checkpoints, parts as difficult as the true ones, with images dealt at random, differ by ",
      control.placebos.meanWords,
      " on average (interval of the draws alone). What the true parts have over that is ",
      control.over.words,
      " (interval of the difference; the mean of the placebos is taken as it is). With the part out of support weighted to be as difficult as the other, the difference is ",
      control.matched.measured.differenceWords,
      ".",
    ],
    figure: `${name}-robustness`,
  };
}

/** The same with the parts made equally difficult, as in the paper's figure C.6. */
function matchedClaim({ name, control }: MeasuredMixture): Lazy<Claim> {
  return {
    id: `${name}-truth-matched`,
    asked: true,
    statement: `With the true part out of support (tint of strength ${
      OUT_STRENGTHS[name]
    }) weighted to be as difficult as that in support, the effective robustness of photo networks there exceeds that in support, network by network.`,
    paper:
      "not in the paper at this strength; figure C.6 has the same of published models",
    estimate: control.matched.measured.difference,
    rule: ABOVE_ZERO,
    remark: [
      "Over the line of checkpoints, which differs between the parts. Networks that have no part in that line decide what is difficult; where its own baselines do, as in figure C.6, their chance decides both what is difficult and how high the line lies, and the difference is ",
      control.matchedByBaselines.measured.differenceWords,
      ". Parts of the same difficulty with images dealt at random leave less of it: what the true ones have over those is ",
      control.over.words,
      ". The claim was added on 2026-12-01, with the numbers known: the rule of the claim without weights does not allow for difficulty.",
    ],
    figure: `${name}-robustness`,
  };
}

/** All claims about one mixture. */
export function claimsOf(mixture: MeasuredMixture): readonly Lazy<Claim>[] {
  const { name, splits: [{ measured }] } = mixture;
  return [
    ...splitClaims(mixture),
    matchedClaim(mixture),
    truthClaim(mixture),
    placeboClaim(measured, {
      id: `${name}-placebo`,
      where: `If half of the images have a tint of strength ${
        OUT_STRENGTHS[name]
      } in the same colours`,
      figure: `${name}-robustness`,
    }),
  ];
}
