/**
 * How large the experiment with natural shifts of CIFAR-10 is at each profile.
 *
 * @module
 */
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

const { gpu } = SYNTHETIC;

/** The scale at each profile: networks that tell most drawings apart want a GPU. */
export const SCALES: Readonly<Record<"smoke" | "gpu", Scale>> = {
  smoke: {
    networks: SYNTHETIC.smoke,
    test: 200,
    perCategory: 10,
    pretrains: false,
  },
  // Wide and long enough for more than 90% of photographs: all training images
  // but those that settings are chosen on, and those kept for interventions.
  gpu: {
    networks: {
      ...gpu,
      widths: [64, 128, 256],
      scratch: {
        ...gpu.scratch,
        plain: {
          seeds: [2101, 2102, 2103],
          epochs: 40,
          checkpoints: [4, 8, 12, 16, 20, 25, 30, 35, 40],
          sizeSeeds: [2151],
        },
        sizes: [
          { images: 2000, epochs: 80 },
          { images: 4000, epochs: 60 },
          { images: 8000, epochs: 50 },
          { images: 16_000, epochs: 40 },
          { images: 32_000, epochs: 40 },
        ],
      },
      pretraining: {
        seeds: { photo: [2201, 2202, 2203], narrow: [] },
        steps: 8000,
      },
      fineTuning: { ...gpu.fineTuning, epochs: 30 },
    },
    images: 44_000,
    test: 10_000,
    perCategory: 100,
    pretrains: true,
  },
};
