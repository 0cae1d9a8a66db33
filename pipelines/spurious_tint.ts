/**
 * Spurious tint (section 4 of arXiv:2403.00194): a shift that stays in
 * support. The colour of an image goes with its class in the reference
 * distribution and with nothing in the shifted one.
 *
 * The claims and their rules were fixed before the first run; of sizes and
 * seeds see `shared/synthetic/scale.ts`.
 *
 * @module
 */
import { type AnyPipeline, definePipeline } from "../engine/define/pipeline.ts";
import type { Report } from "../reports/value/report.ts";
import { tintMixture } from "../shifts/tint.ts";
import { spuriousTintRecord } from "./shared/synthetic/material.ts";
import { P_SPURIOUS, type Scale, SCALES } from "./shared/synthetic/scale.ts";
import { tintSetting } from "./shared/synthetic/setting.ts";
import { shiftReport } from "./shared/synthetic/shift_report.ts";

export const spuriousTint: AnyPipeline<Report> = definePipeline({
  module: import.meta.url,
  name: "spurious-tint",
  title: "Spurious tint",
  profiles: SCALES,
  build(scale: Scale) {
    return shiftReport({
      id: "spurious-tint",
      title: "Spurious tint",
      question:
        "If a tint gives the class away half of the time in training but never afterwards, does pre-training help?",
      support: "in",
      setting: tintSetting(scale, P_SPURIOUS),
      reference: {
        figures: `spurious tint, p = ${P_SPURIOUS}`,
        method: "tinted photographs",
      },
      shifts: [{
        title: "Spurious tint",
        label: "spurious-tint",
        distributions: tintMixture(P_SPURIOUS),
        shifted: "random tint, p = 0",
      }],
      paper: "near 0; 0.99 ± 0.72 points in the authors’ notebook",
      remark:
        "The paper’s number is the mean of five models fine-tuned on ImageNet, with the uncertainty of the line alone; our interval also allows for the spread between pre-trained networks and for the test images. Here, pre-training itself saw random tints, and fine-tuning saw at most ten thousand counter-examples to the spurious colour, not hundreds of thousands.",
      record: spuriousTintRecord(scale, [P_SPURIOUS]),
      nominations: [{ place: "bias", id: "tint" }],
      inPlace: { "Figure 3": ["tint"] },
      scaledDown: [
        {
          what: "Test set",
          paper: "50,000 images, each with one colour drawn",
          here:
            "each image is tested in the colour of its own class and in that of a random class; the reference accuracy is the exact mixture of the two",
        },
        {
          what: "Tint",
          paper: "blended in floating point",
          here: "blended and rounded to 8 bits",
        },
      ],
    }, scale);
  },
});
