/**
 * How large the experiment with typeset digits is at each profile. Sizes,
 * epochs and widths were chosen by reference accuracy and time alone.
 *
 * @module
 */
import type { SubsetSizes } from "../../data/datasets/subsets.ts";
import type { SizeBaseline } from "../shared/synthetic/scale.ts";

/** Seed of the splits of MNIST and of the classifier's folds. */
export const SEED = 0;

/** Ten of each, so that half-widths on all digits and in support come below 3 points (docs/log.md). */
const RUNS = Array.from({ length: 10 }, (_, i) => 1101 + i);
const NETWORKS: Scale["pretraining"]["seeds"] = [
  1201,
  ...Array.from({ length: 9 }, (_, i) => 1202 + i),
];

/** What scales the experiment. */
export interface Scale {
  /** Numbers of handwritten digits. */
  readonly sizes: SubsetSizes;
  /** Typefaces: how many families of each role (all where left out), and how many faces of each. */
  readonly typefaces: {
    readonly families?: number;
    readonly facesPerFamily: number;
  };
  readonly batchSize: number;
  /** Channels of the blocks: those of pre-trained networks first, then those of further baselines. */
  readonly widths: readonly [readonly number[], ...(readonly number[])[]];
  readonly scratch: {
    /** Networks whose checkpoints make the first line. */
    readonly seeds: readonly number[];
    readonly epochs: number;
    readonly checkpoints: readonly number[];
    /** Networks of each width that, with the finished ones above, make the second line. */
    readonly sizes: readonly SizeBaseline[];
    readonly sizeSeed: number;
  };
  readonly pretraining: {
    /** Networks of each kind; the first tries the learning rates and makes the classifier. */
    readonly seeds: readonly [number, ...number[]];
    readonly steps: number;
    /** Handwritten digits that the control sees. */
    readonly digits: number;
  };
  /** How each pre-trained network is fine-tuned, once, with its own seed. */
  readonly fineTuning: {
    readonly epochs: number;
    readonly learningRates: readonly number[];
  };
  readonly split: {
    readonly folds: number;
    readonly epochs: number;
    /** Thresholds besides the paper's. */
    readonly epsilons: readonly number[];
    readonly placebos: number;
  };
}

const usual: Scale = {
  sizes: {
    reference: 4000,
    selection: 2000,
    pool: 12_000,
    refit: 0,
    test: 10_000,
  },
  typefaces: { facesPerFamily: 6 },
  batchSize: 64,
  widths: [[8, 16, 32], [4, 8, 16]],
  scratch: {
    seeds: RUNS,
    epochs: 6,
    checkpoints: [2, 3, 4, 6],
    sizes: [
      { images: 500, epochs: 40 },
      { images: 1000, epochs: 20 },
      { images: 2000, epochs: 10 },
      { images: 12_000, epochs: 3 },
    ],
    sizeSeed: 1151,
  },
  pretraining: {
    seeds: NETWORKS,
    steps: 400,
    digits: 3400,
  },
  fineTuning: { epochs: 4, learningRates: [3e-3, 1e-3] },
  split: {
    folds: 5,
    epochs: 2,
    epsilons: [0.02, 0.05, 0.1, 0.5, 1],
    placebos: 200,
  },
};

/** The scale at each profile. */
export const SCALES: Readonly<
  Record<"smoke" | "default" | "full", Scale>
> = {
  smoke: {
    sizes: { reference: 512, selection: 200, pool: 512, refit: 0, test: 300 },
    typefaces: { families: 9, facesPerFamily: 1 },
    batchSize: 32,
    widths: [[4, 8, 8]],
    scratch: {
      seeds: [1101, 1102],
      epochs: 4,
      checkpoints: [2, 3, 4],
      sizes: [{ images: 256, epochs: 4 }, { images: 768, epochs: 3 }],
      sizeSeed: 1151,
    },
    pretraining: { seeds: [1201, 1202], steps: 16, digits: 400 },
    fineTuning: { epochs: 2, learningRates: [3e-3] },
    split: { folds: 2, epochs: 1, epsilons: [0.5], placebos: 20 },
  },
  default: usual,
  full: usual,
};
