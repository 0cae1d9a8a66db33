/**
 * A shift of one's own: networks are trained on images of `own/`, and meet
 * others. Does pre-training on photographs of other things help?
 *
 * Not listed in the registry: `deno task pack` has to write the images first.
 * A pattern to be changed: say in words what the shift is, fix the rule of the
 * claim before the first run, and put the pre-training that you would use in
 * the place of this one.
 *
 * @module
 */
import { ownImages } from "../data/own/own_images.ts";
import {
  type AnyPipeline,
  definePipeline,
  type ProfileName,
} from "../engine/define/pipeline.ts";
import { cropAndMirror } from "../models/augmentations/crop_and_mirror.ts";
import type { Weights } from "../models/model/weights.ts";
import type { Ref } from "../engine/define/ref.ts";
import type { Report } from "../reports/value/report.ts";
import { drawContactSheet } from "../tasks/pictures/draw_contact_sheet.ts";
import { evaluate } from "../tasks/evaluation/evaluate.ts";
import { fitLine } from "../tasks/lines/fit_line.ts";
import { loadPacked } from "../tasks/datasets/load_packed.ts";
import { measureRobustness } from "../tasks/lines/measure_robustness.ts";
import { placePoints } from "../tasks/evaluation/place_points.ts";
import { takeShare } from "../tasks/datasets/take_share.ts";
import { train } from "../tasks/training/train.ts";
import {
  ABOVE_TWO_POINTS,
  estimateOf,
  inWords,
} from "./shared/synthetic/claims.ts";
import { resnet8Record } from "./shared/synthetic/material.ts";
import {
  firstPretrained,
  networkOf,
  recipeOf,
} from "./shared/synthetic/networks.ts";
import { LEVEL, SCALES } from "./shared/synthetic/scale.ts";

/** What scales it. Three baselines make a line; ten or more, far apart, a good one. */
interface OwnScale {
  /** The width of the network, and the pre-training, are those of this profile. */
  readonly like: ProfileName;
  /** Images of each set at most. */
  readonly most: number;
  readonly batchSize: number;
  /** Steps of a training from scratch, whatever its images, and of a fine-tuning. */
  readonly steps: { readonly scratch: number; readonly fineTuning: number };
  /** Shares of the reference images that baselines are trained on. */
  readonly shares: readonly number[];
  /** Seeds of the baselines, and of the fine-tuned networks. */
  readonly seeds: {
    readonly scratch: readonly number[];
    readonly fineTuning: readonly number[];
  };
}

const SHIFT = {
  title: "A shift of one's own",
  reference: "my reference images",
  shifted: "my shifted images",
  support: "unknown",
} as const;

export const ownShift: AnyPipeline<Report> = definePipeline({
  module: import.meta.url,
  name: "own-shift",
  title: SHIFT.title,
  profiles: {
    smoke: {
      like: "smoke",
      most: 256,
      batchSize: 16,
      steps: { scratch: 30, fineTuning: 15 },
      shares: [0.25, 0.5, 1],
      seeds: { scratch: [1], fineTuning: [11, 12] },
    },
    default: {
      like: "default",
      most: 10_000,
      batchSize: 32,
      steps: { scratch: 1000, fineTuning: 300 },
      shares: [0.0625, 0.125, 0.25, 0.5, 1],
      seeds: { scratch: [1, 2], fineTuning: [11, 12, 13] },
    },
    full: {
      like: "full",
      most: 100_000,
      batchSize: 64,
      steps: { scratch: 4000, fineTuning: 1000 },
      shares: [0.03125, 0.0625, 0.125, 0.25, 0.5, 1],
      seeds: { scratch: [1, 2, 3], fineTuning: [11, 12, 13, 14, 15] },
    },
  },

  build({ like, most, batchSize, steps, shares, seeds }: OwnScale) {
    // Images of one's own are as large as those of CIFAR-10, unless packed otherwise.
    const scale = { ...SCALES[like], side: 32 };
    const { reference, test, shifted, ...about } = loadPacked({
      from: ownImages,
      most,
      seed: 0,
    });
    const recipe = {
      ...recipeOf(scale),
      batchSize,
      augmentation: cropAndMirror,
      warmup: 0.5,
    };
    const tested = (
      final: Ref<Weights>,
      { name, seed, label }: { name: string; seed: number; label: string },
    ) =>
      evaluate({
        ...networkOf(scale),
        name,
        seed,
        networks: { final },
        sets: { reference: test, shifted },
      }, label);
    const points = (evaluations: ReturnType<typeof tested>[], label: string) =>
      placePoints({
        evaluations,
        distributions: {
          reference: { sets: { reference: 1, shifted: 0 } },
          shifted: { sets: { reference: 0, shifted: 1 } },
        },
      }, label);

    const baselines = shares.flatMap((share) => {
      const images = share === 1
        ? reference
        : takeShare({ images: reference, share }, `own-${share}`);
      return seeds.scratch.map((seed) => {
        const label = `own-scratch-on-${share}-${seed}`;
        const { final } = train(
          { ...recipe, images, steps: steps.scratch, seed },
          label,
        );
        const name = `scratch on ${100 * share}% of the images`;
        return tested(final, { name, seed, label });
      });
    });
    const from = firstPretrained("photo", scale);
    const finetuned = seeds.fineTuning.map((seed) => {
      const label = `own-pretrained-${seed}`;
      const { final } = train({
        ...recipe,
        images: reference,
        from,
        seed,
        steps: steps.fineTuning,
      }, label);
      return tested(final, { name: "pre-trained", seed, label });
    });

    const fit = fitLine({
      points: points(baselines, "own-baselines"),
      scale: "probit",
      extremes: { kind: "clip" },
    }, "own");
    const gain = measureRobustness({
      line: fit.line,
      level: LEVEL,
      points: points(finetuned, "own-pretrained"),
    }, "own");
    const sheet = {
      id: "own-images",
      caption: "Images of each class: of the reference, and shifted.",
      alt: "Rows of small images, one row a class.",
      png: drawContactSheet({ sets: [test, shifted], perClass: 6 }, "own"),
    };

    return {
      id: "own-shift",
      title: SHIFT.title,
      question:
        `Do pre-trained networks do better on ${SHIFT.shifted} than networks trained from scratch that are as accurate on ${SHIFT.reference}?`,
      answer: [
        "Networks pre-trained on CIFAR-10 have a mean effective robustness of ",
        ...inWords(gain),
        ".",
      ],
      claims: [{
        id: "pre-training",
        whose: "added",
        statement: "Pre-training brings effective robustness under this shift.",
        paper: "not in the paper",
        estimate: estimateOf(gain),
        rule: ABOVE_TWO_POINTS,
        figure: "line",
      }],
      figures: [{
        kind: "on-the-line",
        id: "line",
        title: SHIFT.title,
        finding: [
          "Mean effective robustness of networks pre-trained on CIFAR-10: ",
          ...inWords(gain),
          ".",
        ],
        distributions: {
          reference: SHIFT.reference,
          shifted: SHIFT.shifted,
        },
        line: fit.line,
        level: LEVEL,
        baselines: fit.points,
        baselineTitle:
          "networks trained from scratch on shares of the reference images",
        groups: [{
          name: "pre-trained",
          members: [{ title: "pre-trained", runs: gain.points }],
          mean: gain.mean,
        }],
      }],
      pictures: [sheet],
      scaledDown: [],
      datasets: [{
        id: "own",
        title: ownImages.title,
        source: about.source,
        licence: "known to the owner of this copy",
        citation: "none",
        sizes: about.sizes,
        classes: about.classes,
        sheet,
        digest: about.digest,
      }],
      shifts: [{
        id: "own-shift",
        ...SHIFT,
        description: "Described by the owner of this copy.",
        sheet,
      }],
      models: [resnet8Record(scale)],
    };
  },
});
