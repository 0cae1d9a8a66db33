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
import { type Scale, SCALES } from "../shared/synthetic/scale.ts";

/** What scales the networks on the COCO trunk. */
export interface CocoScale {
  /** Side to which images are enlarged. */
  readonly side: number;
  /** How many of the trunk's layers to keep; the selection split decides, of equals for the first. */
  readonly layers: readonly number[];
  /** Seeds of the linear probes and of the fine-tunings that start from them; the first tries the settings. */
  readonly seeds: readonly number[];
  readonly probeEpochs: number;
  readonly epochs: number;
  /** Learning rates of fine-tuning; the selection split decides. */
  readonly learningRates: readonly number[];
  /** Test images: fewer than the baselines have, because these networks are slow. */
  readonly test: number;
}

/** The scale of the baselines, and that of the networks on the trunk. */
export interface Profile extends Scale {
  readonly coco: CocoScale;
  /** The shift whose truth is known, which the trunk splits too. */
  readonly knownTruth: KnownTruthScale;
}

/** The scale at each profile. */
export const PROFILES: Readonly<
  Record<"smoke" | "default" | "full", Profile>
> = {
  smoke: {
    ...SCALES.smoke,
    knownTruth: KNOWN_TRUTH_SCALES.smoke,
    coco: {
      side: 32,
      layers: [12, 7],
      seeds: [401, 402],
      probeEpochs: 1,
      epochs: 1,
      learningRates: [1e-3],
      test: 250,
    },
  },
  default: {
    ...SCALES.default,
    knownTruth: KNOWN_TRUTH_SCALES.default,
    coco: {
      side: 64,
      layers: [12, 16],
      seeds: [401, 402, 403],
      probeEpochs: 3,
      epochs: 1,
      learningRates: [3e-4, 1e-3, 1e-4],
      test: 2500,
    },
  },
  full: {
    ...SCALES.full,
    knownTruth: KNOWN_TRUTH_SCALES.full,
    coco: {
      side: 128,
      layers: [12, 15, 16],
      seeds: [401, 402, 403, 404, 405],
      probeEpochs: 10,
      epochs: 5,
      learningRates: [3e-4, 1e-3, 1e-4],
      test: 10_000,
    },
  },
};
