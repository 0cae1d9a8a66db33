/**
 * Unseen tint (section 4 of arXiv:2403.00194): a shift out of support.
 * Training photographs are plain, the shifted ones tinted.
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
import {
  cifar10Record,
  pretrainedResnet8Record,
  unseenTintPicture,
  unseenTintRecord,
} from "./shared/synthetic/material.ts";
import {
  lineFigures,
  methodSection,
  pretrainingRecords,
  robustnessTables,
  scaledDown,
  type Shown,
} from "./shared/synthetic/page.ts";
import { type Scale, SCALES } from "./shared/synthetic/scale.ts";
import {
  plainSetting,
  shiftedTo,
  UNSEEN_STRENGTHS,
} from "./shared/synthetic/setting.ts";

export const unseenTintPipeline: AnyPipeline<Report> = definePipeline({
  module: import.meta.url,
  name: "unseen-tint",
  title: "Unseen tint",
  profiles: SCALES,

  build(scale: Scale) {
    const setting = plainSetting(scale);
    const networks = networksOf(setting, scale);
    const shownAt = (strength: keyof typeof UNSEEN_STRENGTHS): Shown => ({
      title: `Unseen tint of strength ${UNSEEN_STRENGTHS[strength]}`,
      id: strength,
      gains: gainsUnder(shiftedTo(`${strength}Tint`), {
        networks,
        label: `${strength}-tint`,
      }),
      distributions: {
        reference: "plain photographs",
        shifted: `tint of strength ${UNSEEN_STRENGTHS[strength]}`,
      },
    });
    const [weak, strong] = [shownAt("weak"), shownAt("strong")];
    const strengths = [weak, strong];
    return {
      id: "unseen-tint",
      title: "Unseen tint",
      question:
        "If training photographs are plain and later ones are tinted, does pre-training help?",
      answer: [
        "Over the line of checkpoints, networks pre-trained with wide augmentation have a mean effective robustness of ",
        ...inWords(weak.gains.checkpoints.photo),
        " under a weak tint and ",
        ...inWords(strong.gains.checkpoints.photo),
        " under a strong one; the control, which never saw a tint, has ",
        ...inWords(weak.gains.checkpoints.narrow),
        " and ",
        ...inWords(strong.gains.checkpoints.narrow),
        ". Over the line of finished networks, those of wide augmentation have ",
        ...inWords(weak.gains.sizes.photo),
        " and ",
        ...inWords(strong.gains.sizes.photo),
        ".",
      ],
      claims: strengths.flatMap(({ id = "", gains, distributions }) => [
        claimOnBothLines(gains, {
          id: `photo-${id}`,
          statement:
            `Out of support (${distributions.shifted}), broad pre-training brings much effective robustness.`,
          paper: "large; no number in the text",
          measured: "photo",
          rule: ABOVE_TWO_POINTS,
          answers: "out of support",
          figure: `${id}-checkpoints`,
        }),
        claimOnBothLines(gains, {
          id: `photo-over-narrow-${id}`,
          statement:
            `It brings more (${distributions.shifted}) than pre-training on the same photographs without such changes.`,
          measured: "difference",
          rule: ABOVE_ZERO,
          figure: `${id}-checkpoints`,
        }),
      ]),
      figures: strengths.flatMap(lineFigures),
      tables: strengths.flatMap(robustnessTables),
      pictures: [unseenTintPicture(scale)],
      pretraining: pretrainingRecords(scale),
      scaledDown: scaledDown(scale),
      sections: [
        methodSection([{ on: "plain photographs", chosen: networks.chosen }]),
      ],
      datasets: [cifar10Record(scale)],
      shifts: [unseenTintRecord(scale, ["weak", "strong"])],
      models: [pretrainedResnet8Record(scale)],
    };
  },
});
