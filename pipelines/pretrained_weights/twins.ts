/**
 * Networks of the trunk's own layers, trained from scratch: all that they lack
 * is the pre-training.
 *
 * @module
 */
import type { Lazy, Ref } from "../../engine/define/ref.ts";
import { cropAndMirrorSmall } from "../../models/augmentations/crop_and_mirror.ts";
import { mobilenetV3Normalised } from "../../models/mobilenet_v3.ts";
import type { Weights } from "../../models/model/weights.ts";
import type { Evaluation } from "../../shifts/measure/evaluation.ts";
import { evaluate } from "../../tasks/evaluation/evaluate.ts";
import { train } from "../../tasks/training/train.ts";
import {
  type Baselines,
  recipeOf,
  WEIGHT_DECAY,
} from "../shared/synthetic/networks.ts";
import {
  keptEpochs,
  type Scale,
  type SizeBaseline,
} from "../shared/synthetic/scale.ts";
import type { Setting } from "../shared/synthetic/setting.ts";
import { TRUNK_OPTIONS } from "./networks.ts";
import type { TwinScale } from "./scale.ts";

/** The learning rate, the better of two in a pilot on the selection split. */
const LEARNING_RATE = 2e-2;

/** Weights of one run, by epoch or under `final`, and what tells it apart. */
interface Run {
  readonly networks: Lazy<Readonly<Record<string, Weights>>>;
  readonly name: string;
  readonly seed: number;
  readonly label: string;
}

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
    optimizer: {
      name: "adamw",
      learningRate: LEARNING_RATE,
      weightDecay: WEIGHT_DECAY,
    },
    warmup: 1,
  } as const;
  const label = (of: string) => `${setting.name}-twin-${of}`;
  const evaluated = ({ label, ...run }: Run): Ref<Evaluation> =>
    evaluate({ ...network, ...run, sets: setting.sets }, label);
  const runs = twins.seeds.map((seed) => ({
    seed,
    trained: train({
      ...recipe,
      images: setting.reference,
      epochs: twins.epochs,
      averageDecay: 0.98,
      keepEpochs: keptEpochs(twins),
      seed,
    }, label(`${seed}`)),
  }));
  const onFewer = (
    { images, epochs }: SizeBaseline,
    seed: number,
  ): Ref<Weights> =>
    train({
      ...recipe,
      images: setting.sized(images),
      epochs,
      seed,
    }, label(`on-${images}-${seed}`)).final;
  return {
    checkpoints: runs.map(({ seed, trained }) =>
      evaluated({
        name: "twin",
        seed,
        label: label(`${seed}`),
        networks: trained.epochs,
      })
    ),
    sizes: [
      ...runs.map(({ seed, trained: { final } }) =>
        evaluated({
          name: "twin on all images",
          seed,
          label: label(`${seed}-final`),
          networks: { final },
        })
      ),
      ...twins.sizes.flatMap((size) =>
        twins.sizeSeeds.map((seed) =>
          evaluated({
            name: `twin on ${size.images} images`,
            seed,
            label: label(`on-${size.images}-${seed}`),
            networks: { final: onFewer(size, seed) },
          })
        )
      ),
    ],
  };
}
