/**
 * What scales the splitting of a shift whose truth is known. Fixed before the
 * first run at the default profile.
 *
 * @module
 */
import type { SplitScale } from "../shared/split/measured.ts";
import { type Scale, SCALES } from "../shared/synthetic/scale.ts";

/** The networks of the synthetic shifts, and how much is tried of splitting. */
export interface KnownTruthScale {
  readonly networks: Scale;
  readonly split: SplitScale & {
    /** Folds of the classifiers on features, and of the fine-tuned one. */
    readonly folds: number;
    readonly tunedFolds: number;
    /** Passes of the fine-tuned classifier over its training folds. */
    readonly tunedEpochs: number;
    /** Bins of the reliability curves. */
    readonly bins: number;
    /** Resamples of the examples. */
    readonly resamples: number;
    /** Images in a row of a gallery. */
    readonly columns: number;
  };
}

const EPSILONS = [0.02, 0.05, 0.1, 0.2, 0.3, 0.5, 1];

/** The scale at each profile. */
export const KNOWN_TRUTH_SCALES: Readonly<
  Record<"smoke" | "default" | "full", KnownTruthScale>
> = {
  smoke: {
    networks: SCALES.smoke,
    split: {
      epsilons: [0.1, 0.2, 0.5],
      placebos: 9,
      folds: 4,
      tunedFolds: 2,
      tunedEpochs: 1,
      bins: 5,
      resamples: 20,
      columns: 12,
    },
  },
  default: {
    networks: SCALES.default,
    split: {
      epsilons: EPSILONS,
      placebos: 199,
      folds: 10,
      tunedFolds: 5,
      tunedEpochs: 2,
      bins: 20,
      resamples: 200,
      columns: 16,
    },
  },
  full: {
    networks: SCALES.full,
    split: {
      epsilons: EPSILONS,
      placebos: 999,
      folds: 10,
      tunedFolds: 10,
      tunedEpochs: 8,
      bins: 50,
      resamples: 1000,
      columns: 16,
    },
  },
};
