/**
 * What the experiments on synthetic shifts share: how large they are at each
 * profile, and what is fixed at all of them. Everything here was fixed before
 * the first run.
 *
 * @module
 */
import type { SubsetSizes } from "../../../data/datasets/subsets.ts";
import type { ProfileName } from "../../../engine/define/pipeline.ts";

/** Confidence level of every interval. */
export const LEVEL = 0.95;
/** Seed of the split of the images, of the class colours and of the minority classes. */
export const SEED = 0;
/** Weight of the colour in a tinted pixel. */
export const STRENGTH = 0.25;
/** Probability that a reference image has the colour of its class. */
export const P_SPURIOUS = 0.5;
/** Share of the minority classes in the reference distribution. */
export const P_MINORITY = 0.2;

/** A finished network trained from scratch: on how many images, for how many epochs. */
export interface SizeBaseline {
  readonly images: number;
  readonly epochs: number;
}

/** Networks from scratch whose checkpoints make the first line. */
export interface ScratchRuns {
  readonly seeds: readonly number[];
  readonly epochs: number;
  /** Epochs whose averaged weights are baselines. */
  readonly checkpoints: readonly number[];
}

/** What scales the experiments. */
export interface Scale {
  /** Numbers of images. */
  readonly sizes: SubsetSizes;
  /** Channels of the three residual blocks. */
  readonly widths: readonly number[];
  /** Images in a batch. */
  readonly batchSize: number;
  readonly scratch: ScratchRuns & {
    /** The same where half of the classes are rare: smaller sets, and the loosest lines; as elsewhere where left out. */
    readonly label?: ScratchRuns;
    /** Networks that, with the finished ones above, make the second line. */
    readonly sizes: readonly SizeBaseline[];
    /** Seed of the networks of the second line. */
    readonly sizeSeed: number;
  };
  readonly pretraining: { readonly seed: number; readonly steps: number };
  readonly fineTuning: {
    /** Seeds of full fine-tuning; the first tries the learning rates. */
    readonly seeds: readonly number[];
    readonly epochs: number;
    /** Learning rates that are tried; the selection split decides, of equals for the first. */
    readonly learningRates: readonly number[];
    /** Seeds of fine-tuning after a linear probe, by kind of pre-training. */
    readonly probedSeeds: Readonly<
      Record<"photo" | "narrow", readonly number[]>
    >;
    readonly probeEpochs: number;
  };
  /** Sweeps over the strength of a bias and over hyper-parameters. */
  readonly sweep: {
    /** Probabilities of the spurious tint besides {@linkcode P_SPURIOUS}. */
    readonly spurious: readonly number[];
    /** Shares of the minority classes besides {@linkcode P_MINORITY}. */
    readonly minority: readonly number[];
    /** Networks from scratch whose checkpoints make a line there: the first so many of the seeds. */
    readonly scratchRuns: number;
    /** Seeds of the fine-tuned narrow networks there; photo networks have the usual seeds. */
    readonly narrowSeeds: readonly number[];
    /** Seeds of fine-tuning after pre-training without the classes. */
    readonly unseenSeeds: readonly number[];
    /** Learning rates besides those that are tried anyway. */
    readonly learningRates: readonly number[];
    /** Settings of fine-tuning besides the usual ones, each changed alone. */
    readonly epochs: readonly number[];
    readonly batchSizes: readonly number[];
    readonly weightDecays: readonly number[];
    /** Drawings of each category in pre-training without the classes. */
    readonly drawings: number;
    /** Icon concepts beside them: how many sets must draw one, and in how many colours each icon is there. */
    readonly icons: { readonly leastSets: number; readonly colourings: number };
  };
}

/** The scale at each profile. */
export const SCALES: Readonly<Record<ProfileName, Scale>> = {
  smoke: {
    sizes: { reference: 1024, selection: 250, pool: 1024, test: 250 },
    widths: [4, 8, 8],
    batchSize: 64,
    scratch: {
      seeds: [101],
      label: { seeds: [102], epochs: 6, checkpoints: [3, 4, 5, 6] },
      epochs: 6,
      checkpoints: [3, 4, 5, 6],
      sizes: [{ images: 384, epochs: 6 }, { images: 1536, epochs: 3 }],
      sizeSeed: 151,
    },
    pretraining: { seed: 201, steps: 32 },
    fineTuning: {
      seeds: [301, 302],
      epochs: 1,
      learningRates: [3e-3, 1e-3],
      probedSeeds: { photo: [301], narrow: [] },
      probeEpochs: 1,
    },
    sweep: {
      spurious: [1],
      minority: [0.1],
      scratchRuns: 1,
      narrowSeeds: [302],
      unseenSeeds: [302],
      learningRates: [1e-2],
      epochs: [2],
      batchSizes: [128],
      weightDecays: [0],
      drawings: 3,
      icons: { leastSets: 13, colourings: 1 },
    },
  },
  default: {
    sizes: { reference: 6000, selection: 2000, pool: 38_000, test: 5000 },
    widths: [8, 24, 48],
    batchSize: 128,
    scratch: {
      seeds: [111, 112],
      label: {
        seeds: [121, 122, 123],
        epochs: 10,
        checkpoints: [3, 5, 7, 10],
      },
      epochs: 8,
      checkpoints: [3, 4, 6, 8],
      sizes: [
        { images: 1000, epochs: 20 },
        { images: 2500, epochs: 12 },
        { images: 32_000, epochs: 3 },
      ],
      sizeSeed: 161,
    },
    pretraining: { seed: 211, steps: 1000 },
    fineTuning: {
      seeds: [311, 312, 313],
      epochs: 4,
      learningRates: [3e-3, 1e-2, 1e-3],
      probedSeeds: { photo: [311], narrow: [] },
      probeEpochs: 1,
    },
    sweep: {
      spurious: [0.8, 1],
      minority: [0.1],
      scratchRuns: 1,
      narrowSeeds: [],
      unseenSeeds: [312],
      learningRates: [],
      epochs: [1, 2],
      batchSizes: [512],
      weightDecays: [0],
      drawings: 100,
      icons: { leastSets: 9, colourings: 3 },
    },
  },
  full: {
    sizes: { reference: 8000, selection: 2000, pool: 38_000, test: 10_000 },
    widths: [16, 32, 64],
    batchSize: 128,
    scratch: {
      seeds: [101, 102, 103, 104],
      label: {
        seeds: [101, 102, 103, 104],
        epochs: 20,
        checkpoints: [6, 8, 10, 12, 14, 16, 18, 20],
      },
      epochs: 12,
      checkpoints: [4, 5, 6, 7, 8, 9, 10, 11, 12],
      sizes: [
        { images: 1000, epochs: 60 },
        { images: 2000, epochs: 40 },
        { images: 4000, epochs: 20 },
        { images: 16_000, epochs: 10 },
        { images: 32_000, epochs: 8 },
      ],
      sizeSeed: 151,
    },
    pretraining: { seed: 201, steps: 3000 },
    fineTuning: {
      seeds: [301, 302, 303, 304, 305],
      epochs: 8,
      learningRates: [3e-3, 1e-2, 1e-3],
      probedSeeds: { photo: [301, 302, 303], narrow: [301, 302, 303] },
      probeEpochs: 2,
    },
    sweep: {
      spurious: [0.6, 0.7, 0.8, 0.9, 0.95, 1],
      minority: [0.1, 0.15, 0.25, 0.3, 0.5],
      scratchRuns: 2,
      narrowSeeds: [301, 302, 303, 304, 305],
      unseenSeeds: [302, 303],
      learningRates: [3e-4, 1e-4],
      epochs: [1, 2, 4, 16, 32],
      batchSizes: [64, 256, 512],
      weightDecays: [0, 1e-3, 1e-2, 0.5],
      drawings: 100,
      icons: { leastSets: 9, colourings: 3 },
    },
  },
};
