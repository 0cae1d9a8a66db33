/**
 * How large the experiment on interventions is at each profile. Everything
 * here was fixed before the first run.
 *
 * @module
 */
import type { ProfileName } from "../../engine/define/pipeline.ts";
import type { MarkShape } from "../../shifts/mark.ts";
import { type Scale, SCALES } from "../shared/synthetic/scale.ts";

/** What scales the experiment. */
export interface InterventionScale extends Scale {
  readonly interventions: {
    /** Networks whose last layer is refitted, of each kind the first so many; in the first setting and in others. */
    readonly networks: number;
    /** Networks that are trained on other images, of each kind the first so many. */
    readonly trained: number;
    /** Whether networks are also trained on balanced classes, under the label shift. */
    readonly balancesClasses: boolean;
    /** Marks whose colour goes with the class, besides the tint. */
    readonly marks: readonly MarkShape[];
    /** Random balanced subsets whose last layers are averaged. */
    readonly subsets: number;
    /** Images on which an early and the finished network disagree most. */
    readonly disagreeing: number;
    readonly curated: {
      /** Numbers of examples. */
      readonly sizes: readonly number[];
      /** The one of them that the claims are about. */
      readonly claimed: number;
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
  balancesClasses: false,
  marks: [],
  subsets: 3,
  disagreeing: 50,
  curated: {
    sizes: [16, 64],
    claimed: 64,
    fill: 64,
    networks: { photo: 2, scratch: 2 },
    epochs: { photo: 2, scratch: 2 },
    batchSize: 64,
  },
};

const usual: InterventionScale["interventions"] = {
  networks: 4,
  trained: 3,
  balancesClasses: false,
  marks: [],
  subsets: 20,
  disagreeing: 500,
  curated: {
    sizes: [16, 64, 256, 1024],
    claimed: 64,
    fill: 1024,
    networks: { photo: 4, scratch: 3 },
    epochs: { photo: 16, scratch: 32 },
    batchSize: 64,
  },
};

/** The scale at each profile. */
export const INTERVENTION_SCALES: Readonly<
  Record<ProfileName, InterventionScale>
> = {
  smoke: { ...SCALES.smoke, interventions: smoke },
  default: { ...SCALES.default, interventions: usual },
  full: {
    ...SCALES.full,
    interventions: {
      ...usual,
      networks: 6,
      trained: 4,
      balancesClasses: true,
      marks: ["corner", "frame"],
      curated: { ...usual.curated, networks: { photo: 6, scratch: 4 } },
    },
  },
  gpu: { ...SCALES.gpu, interventions: { ...usual, networks: 6, trained: 6 } },
};
