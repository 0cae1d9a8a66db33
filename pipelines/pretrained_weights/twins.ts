/**
 * Networks of the trunk's own layers, trained from scratch: all that they lack
 * is the pre-training.
 *
 * @module
 */
import type { Ref } from "../../engine/define/ref.ts";
import { cropAndMirrorSmall } from "../../models/augmentations/crop_and_mirror.ts";
import { mobilenetV3Normalised } from "../../models/mobilenet_v3.ts";
import type { Evaluation } from "../../shifts/measure/evaluation.ts";
import { evaluate } from "../../tasks/evaluation/evaluate.ts";
import { train } from "../../tasks/training/train.ts";
import {
  adamW,
  type Baselines,
  recipeOf,
  type Trained,
} from "../shared/synthetic/networks.ts";
import { keptEpochs, type Scale } from "../shared/synthetic/scale.ts";
import type { Setting } from "../shared/synthetic/setting.ts";
import { TRUNK_OPTIONS } from "./networks.ts";
import type { TwinScale } from "./scale.ts";

/** The learning rate, the better of two in a pilot on the selection split. */
const LEARNING_RATE = 2e-2;

/** The baselines of a setting: checkpoints on all reference images; finished networks on them and on fewer. */
export function twinsOf(
  setting: Setting,
  { scale, twins }: { readonly scale: Scale; readonly twins: TwinScale },
): Baselines {
  const network = {
    model: mobilenetV3Normalised,
    modelOptions: TRUNK_OPTIONS,
  };
  const recipe = {
    ...recipeOf(scale),
    ...network,
    augmentation: cropAndMirrorSmall,
    optimizer: adamW(LEARNING_RATE),
    warmup: 1,
  };
  const evaluated = ({ label, ...run }: Trained): Ref<Evaluation> =>
    evaluate({ ...network, ...run, sets: setting.sets }, label);
  const runs = twins.seeds.map((seed) => {
    const label = `${setting.name}-twin-${seed}`;
    const trained = train({
      ...recipe,
      images: setting.reference,
      epochs: twins.epochs,
      averageDecay: 0.98,
      keepEpochs: keptEpochs(twins),
      seed,
    }, label);
    return { seed, label, trained };
  });
  const onFewer = twins.sizes.flatMap(({ images, epochs }) =>
    twins.sizeSeeds.map((seed) => {
      const label = `${setting.name}-twin-on-${images}-${seed}`;
      const { final } = train(
        { ...recipe, images: setting.sized(images), epochs, seed },
        label,
      );
      const name = `twin on ${images} images`;
      return evaluated({ name, seed, label, networks: { final } });
    })
  );
  return {
    checkpoints: runs.map(({ seed, label, trained }) =>
      evaluated({ name: "twin", seed, label, networks: trained.epochs })
    ),
    sizes: [
      ...runs.map(({ seed, label, trained: { final } }) =>
        evaluated({
          name: "twin on all images",
          seed,
          label: `${label}-final`,
          networks: { final },
        })
      ),
      ...onFewer,
    ],
  };
}
