/**
 * Real pre-trained weights: the trunk of a detector that others trained on
 * COCO, as a linear probe and fine-tuned, under shifts in support and out of
 * it.
 *
 * Splits, seeds, the claims and their rules were fixed before the first run;
 * depth, size of the images and learning rate after a pilot on images of the
 * selection split.
 *
 * @module
 */
import {
  type AnyPipeline,
  definePipeline,
} from "../../engine/define/pipeline.ts";
import type { Report } from "../../reports/value/report.ts";
import { SUPPORT_WORDS } from "../../reports/value/support_words.ts";
import { overBothLines, withBold } from "../shared/synthetic/answers.ts";
import {
  cifar10Record,
  flipRecord,
  labelShiftRecord,
  resnet8Record,
  spuriousTintRecord,
  unseenTintRecord,
} from "../shared/synthetic/material.ts";
import { byLine } from "../shared/synthetic/gains.ts";
import { P_MINORITY, P_SPURIOUS } from "../shared/synthetic/scale.ts";
import {
  labelSetting,
  plainSetting,
  tintSetting,
} from "../shared/synthetic/setting.ts";
import { claimUnder, contrastClaim } from "./claims.ts";
import { measure, networksIn } from "./gains.ts";
import {
  besideThePaper,
  fits,
  intervalsTable,
  lineFigures,
  robustnessFigure,
} from "./page.ts";
import { type Profile, PROFILES } from "./scale.ts";
import { splitTable } from "./split.ts";
import {
  differences,
  mobilenetRecord,
  networkSection,
  pretraining,
  trunkRecord,
} from "./text.ts";

export const pretrainedWeights: AnyPipeline<Report> = definePipeline({
  module: import.meta.url,
  name: "pretrained-weights",
  title: "Real pre-trained weights",
  profiles: PROFILES,

  build(scale: Profile) {
    const plain = networksIn(plainSetting(scale), scale);
    const spuriousTint = measure(
      "spurious-tint",
      networksIn(tintSetting(scale, P_SPURIOUS), scale),
    );
    const labelShift = measure(
      "label-shift",
      networksIn(labelSetting(scale, P_MINORITY), scale),
    );
    const weakTint = measure("weak-tint", plain);
    const strongTint = measure("strong-tint", plain);
    const flip = measure("flip", plain);
    const outFirst = [weakTint, strongTint, flip, spuriousTint, labelShift];
    const shifts = [spuriousTint, labelShift, weakTint, strongTint, flip];
    return {
      id: "pretrained-weights",
      title: "Real pre-trained weights",
      question:
        "Do weights that others trained on other photographs bring effective robustness out of support, but not in support?",
      answer: [
        "Fine-tuned networks with the trunk trained on COCO have a mean effective robustness of ",
        ...withBold(weakTint.main.sizes.gains["LP-FT"]),
        " out of support, under an unseen tint of strength 0.25, and ",
        ...withBold(spuriousTint.main.sizes.gains["LP-FT"]),
        ` in support, under a spurious tint, over the ${weakTint.main.sizes.title}${
          weakTint.isSame
            ? ""
            : ", so that this says nothing of pre-training alone"
        }.\n\nIn points, with 95% intervals:`,
        ...overBothLines(
          "mean effective robustness",
          outFirst.map(({ shift, main }) => ({
            title: `${shift.name}, ${SUPPORT_WORDS[shift.support]}`,
            over: byLine((line) => main[line].gains["LP-FT"]),
          })),
        ),
      ],
      claims: [
        ...outFirst.map(claimUnder),
        contrastClaim({ out: weakTint, within: spuriousTint, label: "tint" }),
        contrastClaim({ out: flip, within: labelShift, label: "flip-label" }),
      ],
      figures: [robustnessFigure(shifts), ...shifts.flatMap(lineFigures)],
      mainFigures: [
        "robustness",
        ...shifts.map(({ id, main }) => `${id}-${main.sizes.id}`),
      ],
      tables: [
        besideThePaper([spuriousTint, labelShift, weakTint, flip]),
        intervalsTable(shifts),
        fits(shifts),
        splitTable(scale),
      ],
      pretraining,
      counterparts: {
        instead:
          "CIFAR-10; weights that others trained on COCO, in place of CLIP and AugReg",
        of: { "Figure 4": ["robustness"] },
      },
      scaledDownTitle: "What differs from the paper",
      scaledDown: differences(scale),
      sections: [networkSection(scale)],
      datasets: [cifar10Record(scale), trunkRecord()],
      shifts: [
        spuriousTintRecord(scale, [P_SPURIOUS]),
        labelShiftRecord(scale, [P_MINORITY]),
        unseenTintRecord(scale, ["weak", "strong"]),
        flipRecord(scale),
      ],
      models: [resnet8Record(scale), mobilenetRecord()],
    };
  },
});
