/**
 * How large the experiment with the COCO trunk is at each profile. Everything
 * here was fixed before a test image was looked at.
 *
 * @module
 */
import {
  KNOWN_TRUTH_SCALES,
  type KnownTruthScale,
} from "../split_known_truth/scale.ts";
import {
  type Scale,
  SCALES,
  type ScratchRuns,
  type SizeBaseline,
} from "../shared/synthetic/scale.ts";

/** How long heads and networks on the trunk are trained. */
export interface TunedScale {
  readonly probe: { readonly seed: number; readonly epochs: number };
  readonly fineTuning: {
    readonly seeds: readonly number[];
    readonly epochs: number;
  };
}

/** What scales the networks on the COCO trunk. */
export interface CocoScale extends TunedScale {
  /** Reference images that they are trained on, the first so many; all where left out. */
  readonly images?: number;
  /** Whether fine-tuning goes on until the loss no longer falls. */
  readonly converges?: boolean;
  /** Further networks on all reference images, to tell what the fine-tuning changes; they decide no claim. */
  readonly brief?: TunedScale;
  /** Networks of the same layers from scratch; none where left out, as they are slow. */
  readonly twins?: TwinScale;
}

/** Networks of the trunk's layers from scratch: checkpoints of runs on all reference images, and finished networks on fewer. */
export interface TwinScale extends ScratchRuns {
  readonly sizes: readonly SizeBaseline[];
}

/** The scale of the baselines, and that of the networks on the trunk. */
export interface Profile extends Scale {
  readonly coco: CocoScale;
  /** The shift whose truth is known, which the trunk splits too. */
  readonly knownTruth: KnownTruthScale;
}

/** Two epochs of all reference images. */
const BRIEF: TunedScale = {
  probe: { seed: 401, epochs: 2 },
  fineTuning: { seeds: [411, 412, 413, 414], epochs: 2 },
};

/** The scale at each profile. */
export const PROFILES: Readonly<
  Record<"smoke" | "default" | "full", Profile>
> = {
  smoke: {
    ...SCALES.smoke,
    knownTruth: KNOWN_TRUTH_SCALES.smoke,
    coco: {
      images: 256,
      probe: { seed: 401, epochs: 2 },
      fineTuning: { seeds: [411, 412], epochs: 2 },
      brief: {
        probe: { seed: 401, epochs: 1 },
        fineTuning: { seeds: [411, 412], epochs: 1 },
      },
      twins: {
        seeds: [451],
        epochs: 3,
        checkpoints: [1, 2, 3],
        sizes: [{ images: 256, epochs: 2 }, { images: 512, epochs: 2 }],
        sizeSeeds: [461],
      },
    },
  },
  default: {
    ...SCALES.default,
    knownTruth: KNOWN_TRUTH_SCALES.default,
    coco: BRIEF,
  },
  full: {
    ...SCALES.full,
    knownTruth: KNOWN_TRUTH_SCALES.full,
    coco: {
      images: 2000,
      converges: true,
      probe: { seed: 401, epochs: 12 },
      fineTuning: { seeds: [411, 412, 413, 414], epochs: 40 },
      brief: BRIEF,
      twins: {
        seeds: [451, 452, 453, 454],
        epochs: 8,
        checkpoints: [2, 3, 5, 8],
        sizes: [
          { images: 1000, epochs: 30 },
          { images: 2500, epochs: 20 },
          { images: 5000, epochs: 12 },
          { images: 10_000, epochs: 8 },
        ],
        sizeSeeds: [461],
      },
    },
  },
};
