/**
 * What a reader must know of splitting, and of the mixtures.
 *
 * @module
 */
import type { Lazy } from "../../engine/define/ref.ts";
import type { ShiftRecord } from "../../reports/value/material.ts";
import type { Section } from "../../reports/value/report.ts";
import { drawContactSheet } from "../../tasks/pictures/draw_contact_sheet.ts";
import {
  P_SPURIOUS,
  type Scale,
  SEED,
  STRENGTH,
} from "../shared/synthetic/scale.ts";
import { tintSetting } from "../shared/synthetic/setting.ts";
import { OUT_STRENGTHS, outOfSupport } from "./mixtures.ts";

/** How a shifted set is split and measured. */
export const METHOD: Section = {
  id: "method",
  title: "Method",
  text:
    "A classifier learns to tell the reference set from the shifted set. Every example is scored by a classifier that was fitted to other folds. A calibration fitted to the scores of other folds turns the score into a probability: one factor (a temperature) or a rising curve (isotonic regression). Bayes’ rule, with the sizes of the sets as prior odds, turns the probability into the ratio of the two densities, p(reference | x) / p(shifted | x) · n(shifted) / n(reference). An example is **in support** if that ratio is at least ε = 0.2, as in the paper.\n\nEach part has its own line, fitted to the reference accuracies of the same baselines and their accuracies in that part. Effective robustness in a part is measured over that line, and the difference between the parts is taken network by network.\n\nHere it is known which images are in support. The reference distribution is that of the spurious tint. Half of the shifted images have the colour of a random class, which also occurs in the reference distribution, only more rarely; the other half have a stronger tint in the same colours, which never occurs there. The two halves are different photographs; the backbone of the classifier, the networks and the reference set have seen none of them. **Placebo splits** assign the images to the parts at random, among all examples or among those that equally many finished networks get wrong, none of them on the line, and should make no difference.",
};

/** The shift: a mixture. */
export function mixtureRecord(scale: Scale): Lazy<ShiftRecord> {
  const { sets, reference } = tintSetting(scale, P_SPURIOUS);
  return {
    id: "mixture-of-tints",
    title: "Mixture of a spurious tint and a stronger one",
    support: "part",
    description:
      "Half of the shifted images have a tint as strong as that of the reference images, in the colour of a random class: they are in support. The other half have a stronger tint in the same colours: they are out of support. So the true part of every image is known.",
    reference:
      `photographs tinted with strength ${STRENGTH}, in the colour of their class with probability ${P_SPURIOUS}, otherwise in that of a random class`,
    shifted: "the mixture",
    settings: [
      {
        name: "strength of the stronger tint",
        value: `${OUT_STRENGTHS.strong} and ${OUT_STRENGTHS.middling}`,
      },
      { name: "seed of the colours", value: `${SEED}` },
    ],
    sheet: {
      id: "mixture-of-tints",
      caption:
        `From left to right: reference images; test images in the colour of a random class, in support; test images with tints of strength ${OUT_STRENGTHS.middling} and ${OUT_STRENGTHS.strong}, out of support.`,
      alt: "Four blocks of ten rows of small tinted photographs.",
      png: drawContactSheet({
        sets: [
          reference,
          sets.random,
          outOfSupport("middling", scale),
          outOfSupport("strong", scale),
        ],
        perClass: 4,
      }, "mixture-of-tints"),
    },
  };
}
