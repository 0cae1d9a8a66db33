/**
 * Vertical flip (section 4 of arXiv:2403.00194): a shift out of support.
 * Training photographs are upright, the shifted ones upside down.
 *
 * Splits, seeds, learning rates, which networks make the lines, the claims and
 * their rules were fixed before the first run.
 *
 * @module
 */
import { type AnyPipeline, definePipeline } from "../engine/define/pipeline.ts";
import type { Report } from "../reports/value/report.ts";
import {
  ABOVE_TWO_POINTS,
  ABOVE_ZERO,
  claimOnBothLines,
  inWords,
} from "./shared/synthetic/claims.ts";
import { gainsUnder, networksOf } from "./shared/synthetic/gains.ts";
import { trainingsOf } from "./shared/synthetic/networks.ts";
import {
  cifar10Record,
  flipPicture,
  flipRecord,
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
import { type Scale, SCALES } from "./shared/synthetic/scale.ts";
import { plainSetting, shiftedTo } from "./shared/synthetic/setting.ts";

export const verticalFlip: AnyPipeline<Report> = definePipeline({
  module: import.meta.url,
  name: "vertical-flip",
  title: "Vertical flip",
  profiles: SCALES,

  build(scale: Scale) {
    const setting = plainSetting(scale);
    const networks = networksOf(setting, scale);
    const gains = gainsUnder(shiftedTo("flipped"), { networks, label: "flip" });
    const shown: Shown = {
      title: "Vertical flip",
      gains,
      distributions: {
        reference: "upright photographs",
        shifted: "photographs upside down",
      },
    };
    return {
      id: "vertical-flip",
      title: "Vertical flip",
      question:
        "If photographs are upright in training and upside down afterwards, does pre-training help?",
      answer: [
        "Over the line of checkpoints, networks pre-trained with wide augmentation, flips among it, have a mean effective robustness of ",
        ...inWords(gains.checkpoints.photo),
        ", over that of finished networks ",
        ...inWords(gains.sizes.photo),
        "; the control, which saw upright photographs only, has ",
        ...inWords(gains.checkpoints.narrow),
        " and ",
        ...inWords(gains.sizes.narrow),
        ".",
      ],
      claims: [
        claimOnBothLines(gains, {
          id: "photo",
          statement:
            "Out of support, broad pre-training brings much effective robustness.",
          paper: "large; no number in the text",
          measured: "photo",
          rule: ABOVE_TWO_POINTS,
          answers: "out of support",
        }),
        claimOnBothLines(gains, {
          id: "photo-over-narrow",
          statement:
            "It brings more than pre-training on the same photographs, all upright.",
          measured: "difference",
          rule: ABOVE_ZERO,
        }),
      ],
      figures: [
        ...lineFigures(shown),
        trainingFigure(shown, trainingsOf(setting, scale)),
      ],
      nominations: [
        { place: "accuracy on the line", id: "checkpoints" },
        { place: "effective robustness", id: "checkpoints" },
        { place: "extrapolation", id: "flip" },
      ],
      tables: robustnessTables(shown),
      pictures: [flipPicture(scale)],
      pretraining: pretrainingRecords(scale),
      scaledDown: scaledDown(scale),
      sections: [
        methodSection([{ on: "plain photographs", chosen: networks.chosen }]),
      ],
      datasets: [cifar10Record(scale)],
      shifts: [flipRecord(scale)],
      models: [pretrainedResnet8Record(scale)],
    };
  },
});
