/**
 * Networks on the trunk that was trained on COCO: a linear probe, and
 * fine-tuning that starts from it; and networks of the same layers from scratch,
 * their twins, which lack the pre-training and are trained in their own way:
 * with batch normalisation, a learning rate of theirs, and on other numbers of
 * images.
 *
 * @module
 */
import type { Ref } from "../../engine/define/ref.ts";
import { cropAndMirrorSmall } from "../../models/augmentations/crop_and_mirror.ts";
import {
  mobilenetV3,
  mobilenetV3Normalised,
} from "../../models/mobilenet_v3.ts";
import type { Weights } from "../../models/model/weights.ts";
import type { Evaluation } from "../../shifts/measure/evaluation.ts";
import { evaluate } from "../../tasks/evaluation/evaluate.ts";
import { loadCocoTrunk } from "../../tasks/training/load_coco_trunk.ts";
import { train } from "../../tasks/training/train.ts";
import {
  adamW,
  type Baselines,
  LINEAR_PROBE,
  recipeOf,
  type Trained,
  trainedFromScratch,
} from "../shared/synthetic/networks.ts";
import type { Scale } from "../shared/synthetic/scale.ts";
import type { Setting } from "../shared/synthetic/setting.ts";
import type { TunedScale, TwinScale } from "./scale.ts";

/** How much of the trunk is kept, and the side that images are enlarged to: those of the pilot on the selection split. */
export const TRUNK_OPTIONS = { side: 32, layers: 10 } as const;

/** The learning rate of fine-tuning, of the same pilot. */
export const LEARNING_RATE = 1e-3;

/** The same of twins, the better of two. */
const TWIN_LEARNING_RATE = 2e-2;

/** How a network is made of the trunk: its head is trained alone, or all of it afterwards. */
export const METHODS = ["LP-FT", "LP"] as const;
/** One of {@linkcode METHODS}. */
export type Method = typeof METHODS[number];

/** The networks of a setting, evaluated. */
export type CocoNetworks = Readonly<Record<Method, readonly Ref<Evaluation>[]>>;

/** Trains and evaluates the networks on the reference set of a setting: on the first so many images, or on all of them. */
export function cocoNetworks(
  setting: Setting,
  { batchSize }: Scale,
  { name: trunk, images, probe, fineTuning }: TunedScale & {
    /** Names them among others of the setting. */
    readonly name: string;
    readonly images?: number | undefined;
  },
): CocoNetworks {
  const network = { model: mobilenetV3, modelOptions: TRUNK_OPTIONS };
  const recipe = {
    ...network,
    images: images === undefined ? setting.reference : setting.sized(images),
    augmentation: cropAndMirrorSmall,
    batchSize,
    clipNorm: 1,
  };
  const name = `${setting.name}-${trunk}`;
  const probed = train({
    ...recipe,
    ...LINEAR_PROBE,
    from: loadCocoTrunk({}),
    epochs: probe.epochs,
    seed: probe.seed,
  }, `${name}-LP`).final;
  const evaluated = (
    final: Ref<Weights>,
    { method, seed }: { readonly method: Method; readonly seed: number },
  ) =>
    evaluate({
      ...network,
      name: `COCO, ${method}`,
      seed,
      networks: { final },
      sets: setting.sets,
    }, `${name}-${method}-${seed}`);
  return {
    LP: [evaluated(probed, { method: "LP", seed: probe.seed })],
    "LP-FT": fineTuning.seeds.map((seed) => {
      const { final } = train({
        ...recipe,
        from: probed,
        carry: "all",
        optimizer: adamW(LEARNING_RATE),
        epochs: fineTuning.epochs,
        // As the paper's: one epoch of eight.
        warmup: fineTuning.epochs / 8,
        seed,
      }, `${name}-LP-FT-${seed}`);
      return evaluated(final, { method: "LP-FT", seed });
    }),
  };
}

/** Networks of the layers of the trunk as the baselines of a setting: checkpoints on all reference images; finished networks on them and on fewer. */
export function twinsOf(
  setting: Setting,
  { scale, twins }: { readonly scale: Scale; readonly twins: TwinScale },
): Baselines {
  const network = {
    model: mobilenetV3Normalised,
    modelOptions: TRUNK_OPTIONS,
  };
  const { checkpoints, sizes } = trainedFromScratch(setting, scale, {
    kind: "twin",
    recipe: {
      ...recipeOf(scale),
      ...network,
      augmentation: cropAndMirrorSmall,
      optimizer: adamW(TWIN_LEARNING_RATE),
    },
    runs: twins,
    all: "all images",
  });
  const evaluated = ({ label, ...run }: Trained) =>
    evaluate({ ...network, ...run, sets: setting.sets }, label);
  return {
    checkpoints: checkpoints.map(evaluated),
    sizes: sizes.map(evaluated),
  };
}
