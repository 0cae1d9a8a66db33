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
import { formatCount } from "../../reports/value/quantity.ts";
import { SUPPORT_WORDS } from "../../reports/value/support_words.ts";
import { counted } from "../../reports/value/wording.ts";
import { overBothLines, withBold } from "../shared/synthetic/answers.ts";
import {
  cifar10Record,
  flipRecord,
  labelShiftRecord,
  resnet8Record,
  spuriousTintRecord,
  unseenTintRecord,
} from "../shared/synthetic/material.ts";
import type { Piece } from "../shared/synthetic/claims.ts";
import { byLine } from "../shared/synthetic/gains.ts";
import { P_MINORITY, P_SPURIOUS } from "../shared/synthetic/scale.ts";
import {
  labelSetting,
  plainSetting,
  tintSetting,
} from "../shared/synthetic/setting.ts";
import { claimUnder, contrastClaim } from "./claims.ts";
import {
  type Contrast,
  excess,
  type GainsUnderShift,
  measure,
  networksIn,
} from "./gains.ts";
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
    const contrasts = [
      { out: weakTint, within: spuriousTint, label: "tint" },
      { out: flip, within: labelShift, label: "flip-label" },
    ];
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
        ...briefly(outFirst, contrasts, scale),
      ],
      claims: [
        ...outFirst.map(claimUnder),
        ...contrasts.map(contrastClaim),
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

/** What networks have over the same lines that were fine-tuned briefly, on all images: what the fine-tuning changes. */
function briefly(
  shifts: readonly GainsUnderShift[],
  contrasts: readonly Contrast[],
  { coco: { brief }, sizes }: Profile,
): readonly Piece[] {
  if (brief === undefined) return [];
  return [
    `\n\nOver the same lines, networks of the same trunk after ${
      counted(brief.fineTuning.epochs, "epoch")
    } of all ${
      formatCount(sizes.reference)
    } reference images, long before convergence. They decide no claim, and tell what the fine-tuning changes (the table of intervals says how far they lie beyond the baselines):`,
    ...overBothLines("fine-tuned briefly", [
      ...shifts.flatMap(({ shift, brief }) =>
        brief === undefined ? [] : [{
          title: `${shift.name}, ${SUPPORT_WORDS[shift.support]}`,
          over: brief.gains,
        }]
      ),
      ...contrasts.map((contrast) => ({
        title: `${contrast.out.shift.name} minus ${contrast.within.shift.name}`,
        over: byLine((line) => excess(line, contrast, { isBrief: true })),
      })),
    ]),
  ];
}
