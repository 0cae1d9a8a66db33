/**
 * The trial: networks from scratch on shares of the reference images make a
 * line, and pre-trained ones are measured over it: all of the shifted images,
 * those in support and those out of it.
 *
 * @module
 */
import type { GivenWeights } from "../../data/asked/asked_inputs.ts";
import { TRIAL_WIDTHS } from "../../data/asked/weights/network_layout.ts";
import type { Images } from "../../data/images/images.ts";
import type { Ref } from "../../engine/define/ref.ts";
import {
  cropAndMirror,
  cropAndMirrorSmall,
} from "../../models/augmentations/crop_and_mirror.ts";
import { mobilenetV3 } from "../../models/mobilenet_v3.ts";
import type { Weights } from "../../models/model/weights.ts";
import type { Evaluation } from "../../shifts/measure/evaluation.ts";
import { takeShare } from "../../tasks/datasets/take_share.ts";
import { evaluate } from "../../tasks/evaluation/evaluate.ts";
import { loadCocoTrunk } from "../../tasks/training/load_coco_trunk.ts";
import { loadWeights } from "../../tasks/training/load_weights.ts";
import { train } from "../../tasks/training/train.ts";
import {
  adamW,
  firstPretrained,
  LINEAR_PROBE,
  networkOf,
  recipeOf,
  type Trained,
} from "../shared/synthetic/networks.ts";
import { LEVEL, type Scale, SCALES } from "../shared/synthetic/scale.ts";
import {
  type Gain,
  type GainsOver,
  gainsOver,
  type MeasuredImages,
} from "./gains_over.ts";

/** Images of the question without duplicates, with labels, as large as the networks take them; and weights to begin with. */
export interface TrialSets extends MeasuredImages {
  readonly reference: Ref<Images>;
  readonly test: Ref<Images>;
  readonly shifted: Ref<Images>;
  /** Of one's own, for the network of the baselines. */
  readonly weights: readonly GivenWeights[];
}

/** How much of the trunk is kept, and the side that images are enlarged to: as in pretrained-weights. */
export const TRUNK = { side: 32, layers: 10 } as const;

/** How much is trained. */
export interface TrialScale {
  /** Widths and pre-training of the networks. */
  readonly networks: Scale;
  readonly batchSize: number;
  /** Steps of a training from scratch whatever its images, of a fine-tuning, and of a linear probe. */
  readonly steps: {
    readonly scratch: number;
    readonly fineTuning: number;
    readonly probe: number;
  };
  /** Shares of the reference images that baselines are trained on. */
  readonly shares: readonly number[];
  readonly seeds: {
    readonly scratch: readonly number[];
    readonly fineTuning: readonly number[];
  };
  /** How the classifiers that tell the sets apart are fine-tuned. */
  readonly split: { readonly folds: number; readonly epochs: number };
}

/** Fixed before anybody's images were looked at; but the seeds of baselines are others for each share since 2026-11-27. */
export const TRIAL_SCALES = {
  default: {
    networks: { ...SCALES.default, widths: TRIAL_WIDTHS, side: 32 },
    batchSize: 32,
    steps: { scratch: 1000, fineTuning: 300, probe: 150 },
    shares: [0.0625, 0.125, 0.25, 0.5, 1],
    seeds: { scratch: [1, 2], fineTuning: [11, 12, 13] },
    split: { folds: 5, epochs: 3 },
  },
} as const satisfies Record<string, TrialScale>;

/** What the trial makes. */
export interface Trial extends Pick<GainsOver, "fit"> {
  /** Confidence level of each interval: the best pre-training is told, so that all of them have {@linkcode LEVEL} together. */
  readonly level: number;
  readonly groups: readonly (Gain & {
    readonly name: string;
    readonly isFile?: true;
  })[];
  /** What the networks from scratch, and all fine-tuned ones, get right. */
  readonly hits: Readonly<
    Record<"baselines" | "fineTuned", readonly Ref<Evaluation>[]>
  >;
}

/** The stages of the trial. */
export function trialOf(
  { parts, units, weights, ...sets }: TrialSets,
  scale: TrialScale,
): Trial {
  const { networks, batchSize, steps, shares, seeds } = scale;
  const r8 = networkOf(networks);
  const trunk = { model: mobilenetV3, modelOptions: TRUNK };
  const tested = (
    network: ReturnType<typeof networkOf>,
    { label, ...run }: Trained,
  ) =>
    evaluate({
      ...network,
      ...run,
      sets: { reference: sets.test, shifted: sets.shifted },
    }, label);
  const recipe = {
    ...recipeOf(networks),
    batchSize,
    augmentation: cropAndMirror,
    warmup: 0.5,
  };

  const baselines = shares.flatMap((share, i) => {
    const images = share === 1 ? sets.reference : takeShare(
      { images: sets.reference, share, atLeast: batchSize },
      `asked-${share}`,
    );
    // Of few images several shares are one batch: their networks differ by seed.
    const own = seeds.scratch.map((seed) => seed + seeds.scratch.length * i);
    return own.map((seed) => {
      const label = `asked-scratch-on-${share}-${seed}`;
      const { final } = train(
        { ...recipe, images, steps: steps.scratch, seed },
        label,
      );
      return tested(r8, {
        name: `scratch on ${100 * share}% of the images`,
        seed,
        label,
        networks: { final },
      });
    });
  });

  const fineTuned = (
    from: Ref<Weights>,
    { name, label }: { readonly name: string; readonly label: string },
  ) => ({
    name,
    label,
    evaluations: seeds.fineTuning.map((seed) => {
      const run = `${label}-${seed}`;
      const { final } = train({
        ...recipe,
        images: sets.reference,
        from,
        seed,
        steps: steps.fineTuning,
      }, run);
      return tested(r8, { name, seed, label: run, networks: { final } });
    }),
  });
  const photo = fineTuned(firstPretrained("photo", networks), {
    name: "photo",
    label: "asked-photo",
  });
  const given = weights.map(({ name, source }, i) => {
    const label = `asked-weights-${i + 1}`;
    const from = loadWeights({ source, widths: networks.widths }, label);
    return { ...fineTuned(from, { name, label }), isFile: true as const };
  });

  const onTrunk = {
    ...trunk,
    images: sets.reference,
    augmentation: cropAndMirrorSmall,
    batchSize,
    clipNorm: 1,
  };
  const probed = train({
    ...onTrunk,
    ...LINEAR_PROBE,
    from: loadCocoTrunk({}),
    steps: steps.probe,
    seed: 1,
  }, "asked-coco-probe").final;
  const coco = seeds.fineTuning.map((seed) => {
    const label = `asked-coco-${seed}`;
    const { final } = train({
      ...onTrunk,
      from: probed,
      carry: "all",
      optimizer: adamW(1e-3),
      steps: steps.fineTuning,
      warmup: 0.5,
      seed,
    }, label);
    return tested(trunk, { name: "COCO", seed, label, networks: { final } });
  });

  const { fit, gainOf } = gainsOver(baselines, { parts, units });
  const kinds = [
    photo,
    { name: "COCO", label: "asked-COCO", evaluations: coco },
    ...given,
  ];
  const level = 1 - (1 - LEVEL) / kinds.length;
  const groups = kinds.map(({ evaluations, label, ...group }) => ({
    ...group,
    ...gainOf(evaluations, { level, label }),
  }));
  const hits = {
    baselines,
    fineTuned: kinds.flatMap(({ evaluations }) => evaluations),
  };
  return { fit, level, groups, hits };
}
