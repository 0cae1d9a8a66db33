/**
 * How large the experiment with natural shifts of CIFAR-10 is at each profile.
 *
 * @module
 */
import type { ProfileName } from "../../engine/define/pipeline.ts";
import {
  type Scale as SyntheticScale,
  SCALES as SYNTHETIC,
} from "../shared/synthetic/scale.ts";

/** What scales the experiment. */
export interface Scale {
  /** The networks from scratch: those of the synthetic experiments, where it has their scale. */
  readonly networks: SyntheticScale;
  /** Training images of the baselines that make the checkpoints; the reference set where left out. */
  readonly images?: number;
  /** Photographs that networks are tested on. */
  readonly test: number;
  /** Sketches of each category. */
  readonly perCategory: number;
  /** Whether networks are pre-trained on sketches of other things. */
  readonly pretrains: boolean;
}

const full = SYNTHETIC.full;

/** The scale at each profile. */
export const SCALES: Readonly<Record<ProfileName, Scale>> = {
  smoke: {
    networks: SYNTHETIC.smoke,
    test: 200,
    perCategory: 10,
    pretrains: false,
  },
  default: {
    networks: SYNTHETIC.default,
    test: 3000,
    perCategory: 100,
    pretrains: false,
  },
  // Wide and long enough for more than 90% of photographs: all training images
  // but the few that settings are chosen on.
  full: {
    networks: {
      ...full,
      widths: [64, 128, 256],
      scratch: {
        seeds: [2101, 2102],
        epochs: 40,
        checkpoints: [4, 8, 12, 16, 20, 25, 30, 35, 40],
        sizes: [
          { images: 2000, epochs: 80 },
          { images: 4000, epochs: 60 },
          { images: 8000, epochs: 50 },
          { images: 16_000, epochs: 40 },
          { images: 32_000, epochs: 40 },
        ],
        sizeSeed: 2151,
      },
      pretraining: { seed: 2201, steps: 8000 },
      fineTuning: {
        ...full.fineTuning,
        seeds: [2301, 2302, 2303],
        epochs: 30,
      },
    },
    images: 46_000,
    test: 10_000,
    perCategory: 100,
    pretrains: true,
  },
};
