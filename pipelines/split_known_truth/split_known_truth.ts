/**
 * Splitting a shift of which the truth is known: half of its images are in
 * support by construction, half out of it (figure 5 of arXiv:2403.00194 for
 * natural shifts).
 *
 * Splits, seeds, thresholds, which classifier the claims are about, the claims
 * and their rules were fixed before the first run at the default profile.
 *
 * @module
 */
import {
  type AnyPipeline,
  definePipeline,
} from "../../engine/define/pipeline.ts";
import type { Report } from "../../reports/value/report.ts";
import { counted } from "../../reports/value/wording.ts";
import { cifar10Record, resnet8Record } from "../shared/synthetic/material.ts";
import {
  pretrainingRecords,
  scaledDown,
  SMALLER_NETWORKS,
} from "../shared/synthetic/method.ts";
import { answerOf } from "./answer.ts";
import { claimsOf } from "./claims.ts";
import { CLASSIFIERS, measuredMixture } from "./measured.ts";
import { figuresOf, tablesOf } from "./page.ts";
import { KNOWN_TRUTH_SCALES, type KnownTruthScale } from "./scale.ts";
import { METHOD, mixtureRecord } from "./text.ts";

export const splitKnownTruth: AnyPipeline<Report> = definePipeline({
  module: import.meta.url,
  name: "split-known-truth",
  title: "Splitting a shift whose truth is known",
  profiles: KNOWN_TRUTH_SCALES,

  build(scale: KnownTruthScale) {
    const { narrow, photo, tuned } = CLASSIFIERS;
    const strong = measuredMixture("strong", {
      classifiers: [narrow, photo],
      scale,
    });
    const middling = measuredMixture("middling", {
      classifiers: [tuned, narrow],
      scale,
    });
    const mixtures = [strong, middling] as const;
    const each = (what: string) =>
      mixtures.map(({ name }) => `${name}-${what}`);
    const shown = { columns: scale.split.columns, scale: scale.networks };
    return {
      id: "split-known-truth",
      title: "Splitting a shift whose truth is known",
      question:
        "If half of a shifted set is in support and half out of support, does a classifier find the halves, and the effective robustness in each?",
      answer: answerOf(mixtures),
      claims: mixtures.flatMap(claimsOf),
      figures: mixtures.flatMap((one) => figuresOf(one, shown)),
      mainFigures: [
        "strong-gallery",
        "strong-robustness",
        "middling-robustness",
      ],
      tables: mixtures.flatMap(tablesOf),
      counterparts: {
        instead:
          `${SMALLER_NETWORKS}; two mixtures of tints, of which it is known what is in support`,
        of: {
          "Figure 5a": each("gallery"),
          "Figure 5b": each("robustness"),
          "Figure B.2": each("reliability"),
          "Table C.3": each("thresholds-photo"),
          "Figure C.4": each("gallery"),
          "Figure C.5": [...each("part-in"), ...each("part-out")],
          "Figure C.6": each("robustness"),
        },
      },
      pretraining: pretrainingRecords(scale.networks),
      scaledDown: [
        ...scaledDown(scale.networks),
        {
          what: "Classifier",
          paper:
            "CLIP ViT-L/14, fine-tuned on 100,000 reference images and the shifted set, 10 folds",
          here: [
            `logistic regression on the features of a pre-trained network, ${scale.split.folds} folds, and that network fine-tuned for ${
              counted(scale.split.tunedEpochs, "epoch")
            }, ${scale.split.tunedFolds} folds; `,
            { value: scale.networks.sizes.reference, unit: "count" },
            " reference images",
          ],
        },
        {
          what: "Shifted set",
          paper: "natural: ImageNet-V2, -Sketch, -R; the truth is unknown",
          here: [
            { value: scale.networks.sizes.test, unit: "count" },
            " test images, half of them in support by construction",
          ],
        },
      ],
      sections: [METHOD],
      datasets: [cifar10Record(scale.networks)],
      shifts: [mixtureRecord(scale.networks)],
      models: [resnet8Record(scale.networks)],
    };
  },
});
