/**
 * What is claimed of the networks on the COCO trunk. The rules are those of the
 * other experiments, fixed before the first run. Over baselines of another
 * architecture the claims are not the paper's, and answer nothing for it.
 *
 * @module
 */
import type { Lazy } from "../../engine/define/ref.ts";
import type { Claim } from "../../reports/value/claim.ts";
import { SUPPORT_WORDS } from "../../reports/value/support_words.ts";
import {
  ABOVE_TWO_POINTS,
  ABOVE_ZERO,
  estimateOf,
  onBothLines,
  WITHIN_TWO_POINTS,
} from "../shared/synthetic/claims.ts";
import { type Contrast, excess, type GainsUnderShift } from "./gains.ts";

const ANOTHER = "over baselines of another architecture";

const ANOTHER_IN_WORDS =
  "A gain of architecture as well as of pre-training: it decides neither half of the paper’s answer (since 2026-11-28, after the runs; before, it did). At `full` the architecture is the same.";

/** Much effective robustness out of support, little in support. */
export function claimUnder(
  { id, shift: { name, support, paper }, isSame, main }: GainsUnderShift,
): Lazy<Claim> {
  const over = isSame ? "" : ` ${ANOTHER}`;
  const answers = SUPPORT_WORDS[support];
  return {
    id,
    ...support === "out"
      ? {
        statement:
          `Out of support (${name}), weights trained on COCO bring much effective robustness${over}.`,
        rule: ABOVE_TWO_POINTS,
      }
      : {
        statement:
          `In support (${name}), weights trained on COCO bring little effective robustness${over}.`,
        rule: WITHIN_TWO_POINTS,
      },
    ...isSame ? { answers } : {
      whose: "ours",
      apart: { half: answers, because: ANOTHER },
      short: `under ${name.startsWith("u") ? "an" : "a"} ${name}`,
      remark: ANOTHER_IN_WORDS,
    },
    paper,
    figure: `${id}-${main.sizes.id}`,
    ...onBothLines((line) =>
      estimateOf(main[line].gains["LP-FT"], main[line].title)
    ),
  };
}

const PAIRED =
  "The comparison is paired by the seed of fine-tuning on the two reference distributions.";

/** More effective robustness out of support than in support. */
export function contrastClaim(contrast: Contrast): Lazy<Claim> {
  const { out, within, label } = contrast;
  return {
    id: label,
    asked: true,
    statement:
      `Weights trained on COCO bring more effective robustness under the ${out.shift.name} (out of support) than under the ${within.shift.name} (in support), network by network${
        out.isSame ? "" : `, ${ANOTHER}`
      }.`,
    paper: "large out of support, near 0 in support",
    rule: ABOVE_ZERO,
    ...out.isSame
      ? { contrast: "with weights of COCO", remark: PAIRED }
      : { whose: "ours", remark: `${PAIRED} ${ANOTHER_IN_WORDS}` },
    figure: "robustness",
    ...onBothLines((line) =>
      estimateOf(excess(line, contrast), out.main[line].title)
    ),
  };
}
