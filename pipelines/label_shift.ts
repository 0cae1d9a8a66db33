/**
 * Label shift (section 4 of arXiv:2403.00194): a shift that stays in support.
 * Half of the classes are rare in the reference distribution and common in
 * the shifted one.
 *
 * Splits, seeds, learning rates, which networks make the lines, the claims and
 * their rules were fixed before the first run.
 *
 * @module
 */
import { cifar10 } from "../data/datasets/cifar10.ts";
import { type AnyPipeline, definePipeline } from "../engine/define/pipeline.ts";
import type { Report } from "../reports/value/report.ts";
import { labelShift, labelShiftMixture } from "../shifts/label_shift.ts";
import {
  claimOnBothLines,
  inWords,
  WITHIN_TWO_POINTS,
} from "./shared/synthetic/claims.ts";
import { gainsUnder, networksOf } from "./shared/synthetic/gains.ts";
import { trainingsOf } from "./shared/synthetic/networks.ts";
import {
  cifar10Record,
  labelShiftPicture,
  labelShiftRecord,
  pretrainedResnet8Record,
} from "./shared/synthetic/material.ts";
import {
  lineFigures,
  methodSection,
  pretrainingRecords,
  robustnessTables,
  scaledDown,
  type Shown,
  trainingFigure,
} from "./shared/synthetic/page.ts";
import {
  P_MINORITY,
  type Scale,
  SCALES,
  SEED,
} from "./shared/synthetic/scale.ts";
import { labelSetting } from "./shared/synthetic/setting.ts";

export const labelShiftPipeline: AnyPipeline<Report> = definePipeline({
  module: import.meta.url,
  name: "label-shift",
  title: "Label shift",
  profiles: SCALES,

  build(scale: Scale) {
    const setting = labelSetting(scale, P_MINORITY);
    const networks = networksOf(setting, scale);
    const mixture = labelShiftMixture({
      pMinority: P_MINORITY,
      seed: SEED,
      classes: cifar10.classes.length,
    });
    const gains = gainsUnder(mixture, { networks, label: "label-shift" });
    const shown: Shown = {
      title: "Label shift",
      gains,
      distributions: {
        reference: `label shift, minority classes ${P_MINORITY}`,
        shifted: "the same with the classes' parts exchanged",
      },
    };
    const shareIn = (distribution: keyof typeof mixture, i: number) =>
      ({
        value: mixture[distribution].classes?.[i] ?? 0,
        unit: "percent",
      }) as const;
    return {
      id: "label-shift",
      title: "Label shift",
      question:
        "If half of the classes are rare in training and common afterwards, does pre-training help?",
      answer: [
        "Over the line of checkpoints, networks pre-trained with wide augmentation have a mean effective robustness of ",
        ...inWords(gains.checkpoints.photo),
        ", over that of finished networks ",
        ...inWords(gains.sizes.photo),
        "; the control has ",
        ...inWords(gains.checkpoints.narrow),
        " and ",
        ...inWords(gains.sizes.narrow),
        ".",
      ],
      claims: [
        claimOnBothLines(gains, {
          id: "photo-in-support",
          statement:
            "Where the shift stays in support, pre-training brings little effective robustness.",
          paper: "near 0 at 0.2, a little below 0 at 0.1 and 0.15",
          measured: "photo",
          rule: WITHIN_TWO_POINTS,
          answers: "in support",
          remark: "The paper notes a weak linear fit for strong label shifts.",
        }),
        claimOnBothLines(gains, {
          id: "narrow-in-support",
          statement:
            "The same holds for the control, which was pre-trained with narrow augmentation.",
          measured: "narrow",
          rule: WITHIN_TWO_POINTS,
        }),
      ],
      figures: [
        ...lineFigures(shown),
        trainingFigure(shown, trainingsOf(setting, scale)),
      ],
      tables: [
        ...robustnessTables(shown),
        {
          id: "classes",
          caption:
            `${labelShift.description} The share of each class in the two distributions.`,
          columns: ["class", "reference", "shifted"],
          rows: cifar10.classes.map((name, i) => [
            name,
            shareIn("reference", i),
            shareIn("shifted", i),
          ]),
        },
      ],
      pictures: [labelShiftPicture(scale)],
      pretraining: pretrainingRecords(scale),
      scaledDown: [
        ...scaledDown(scale),
        {
          what: "Reference images",
          paper: "one in four images of a minority class remains",
          here:
            "the same; the numbers of reference images here are those before it, of which five in eight remain",
        },
        {
          what: "Test set",
          paper: "31,000 images drawn by class",
          here:
            "all test images, accuracies in the classes weighted by the classes' shares: exact, without drawing",
        },
        {
          what: "Classes",
          paper: "500 of 1,000 are a minority",
          here: "5 of 10 are; one draw of them",
        },
      ],
      sections: [
        methodSection([{
          on: "photographs with rare classes",
          chosen: networks.chosen,
        }]),
      ],
      datasets: [cifar10Record(scale)],
      shifts: [labelShiftRecord(scale, [P_MINORITY])],
      models: [pretrainedResnet8Record(scale)],
    };
  },
});
