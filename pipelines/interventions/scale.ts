/**
 * How large the experiment on interventions is at each profile; of what was
 * changed after the first run see docs/log.md.
 *
 * @module
 */
import type { ProfileName } from "../../engine/define/pipeline.ts";
import type { MarkShape } from "../../shifts/mark.ts";
import {
  type Scale,
  SCALES,
  type ScratchRuns,
  type SizeBaseline,
} from "../shared/synthetic/scale.ts";

/** Probability that a digit has the style of typeface that goes with it: as the tint of appendix C.3.1. */
export const P_TYPEFACE = 0.8;

/** What scales the experiment. */
export interface InterventionScale extends Scale {
  readonly interventions: {
    /** Networks whose last layer is refitted, of each kind the first so many; in the first setting and in others. */
    readonly networks: number;
    /** Networks that are trained on other images, of each kind the first so many. */
    readonly trained: number;
    /** Whether networks are also trained on photographs with balanced groups or classes; on typefaces they always are. */
    readonly balancesPhotographs: boolean;
    /** Marks whose colour goes with the class, besides the tint. */
    readonly marks: readonly MarkShape[];
    /** Digits whose style of typeface goes with the digit. */
    readonly typefaces: {
      /** Families, the first of each style in turn; all where left out. */
      readonly families?: number;
      /** Faces of each family at most. */
      readonly facesPerFamily: number;
      /** Numbers of images, those of `test` in each of two sets. */
      readonly images: Readonly<
        Record<"reference" | "selection" | "refit" | "test", number>
      >;
      /** Trainings from scratch, and the baselines of the second line. */
      readonly scratch:
        & Pick<ScratchRuns, "epochs" | "checkpoints">
        & { readonly sizes: readonly SizeBaseline[] };
      /** Images on which an early and the finished network disagree most. */
      readonly disagreeing: number;
    };
    /** Random balanced subsets whose last layers are averaged. */
    readonly subsets: number;
    /** Images on which an early and the finished network disagree most. */
    readonly disagreeing: number;
    readonly curated: {
      /** Numbers of examples. */
      readonly sizes: readonly number[];
      /** The one of them that the claims are about. */
      readonly claimed: number;
      /** The most examples of one colour: every class must have it often enough. */
      readonly oneColour: number;
      /** Networks at each, the first so many. */
      readonly networks: Readonly<Record<"photo" | "scratch", number>>;
      /** Images in an epoch: fewer are repeated. */
      readonly fill: number;
      /** Epochs of every training on them. */
      readonly epochs: Readonly<Record<"photo" | "scratch", number>>;
      readonly batchSize: number;
    };
  };
}

const smoke: InterventionScale["interventions"] = {
  networks: 2,
  trained: 2,
  balancesPhotographs: true,
  marks: [],
  typefaces: {
    families: 9,
    facesPerFamily: 1,
    images: { reference: 512, selection: 200, refit: 400, test: 250 },
    scratch: {
      epochs: 6,
      checkpoints: [3, 4, 5, 6],
      sizes: [{ images: 256, epochs: 6 }, { images: 768, epochs: 4 }],
    },
    disagreeing: 50,
  },
  subsets: 3,
  disagreeing: 50,
  curated: {
    sizes: [16, 64],
    claimed: 64,
    oneColour: 10,
    fill: 64,
    networks: { photo: 2, scratch: 2 },
    epochs: { photo: 2, scratch: 2 },
    batchSize: 64,
  },
};

const usual: InterventionScale["interventions"] = {
  networks: 4,
  trained: 3,
  balancesPhotographs: false,
  marks: [],
  typefaces: {
    facesPerFamily: 6,
    images: { reference: 1000, selection: 1000, refit: 2000, test: 3000 },
    scratch: {
      epochs: 24,
      checkpoints: [10, 12, 14, 16, 20, 24],
      sizes: [
        { images: 350, epochs: 44 },
        { images: 500, epochs: 32 },
        { images: 700, epochs: 28 },
        { images: 2000, epochs: 16 },
      ],
    },
    disagreeing: 250,
  },
  subsets: 20,
  disagreeing: 500,
  curated: {
    sizes: [16, 64, 256, 1024],
    claimed: 64,
    oneColour: 64,
    fill: 1024,
    networks: { photo: 4, scratch: 3 },
    epochs: { photo: 16, scratch: 32 },
    batchSize: 64,
  },
};

/** Networks whose head was trained alone first: two, as other pages have them, give no interval to speak of. */
const PROBED = 4;

/** The scale at each profile. */
export const INTERVENTION_SCALES: Readonly<
  Record<ProfileName, InterventionScale>
> = {
  // Of one network whose head was trained alone first there is no interval.
  smoke: {
    ...SCALES.smoke,
    fineTuning: { ...SCALES.smoke.fineTuning, probed: 0 },
    interventions: smoke,
  },
  default: { ...SCALES.default, interventions: usual },
  full: {
    ...SCALES.full,
    fineTuning: { ...SCALES.full.fineTuning, probed: PROBED },
    interventions: {
      ...usual,
      networks: 6,
      trained: 4,
      balancesPhotographs: true,
      marks: ["corner", "frame"],
      curated: { ...usual.curated, networks: { photo: 6, scratch: 4 } },
    },
  },
  gpu: {
    ...SCALES.gpu,
    fineTuning: { ...SCALES.gpu.fineTuning, probed: PROBED },
    interventions: {
      ...usual,
      networks: 6,
      trained: 6,
      balancesPhotographs: true,
    },
  },
};
