/** The share out of support by two fine-tuned networks, as a trial finds it. */
import type { AskedSet } from "../../../data/asked/asked_set.ts";
import { groupsOf } from "../../../data/asked/take_examples.ts";
import { cifar10 } from "../../../data/datasets/cifar10.ts";
import { readSubsets } from "../../../data/datasets/subsets.ts";
import { concatenate, type Images, take } from "../../../data/images/images.ts";
import type { Augmentation } from "../../../models/augmentations/augmentation.ts";
import {
  cropAndMirror,
  cropAndMirrorSmall,
} from "../../../models/augmentations/crop_and_mirror.ts";
import { chooseDevice } from "../../../models/device/choose_device.ts";
import { mobilenetV3 } from "../../../models/mobilenet_v3.ts";
import type { Model, ModelOptions } from "../../../models/model/model.ts";
import { type Weights, weights } from "../../../models/model/weights.ts";
import {
  type AskedSets,
  isTooSmall,
  removeDuplicates,
} from "../../../models/asked/remove_duplicates.ts";
import { QUICK } from "../../../pipelines/asked/findings.ts";
import { FOLDS_SEED } from "../../../pipelines/asked/fit_for_trial.ts";
import { TRIAL_SCALES, TRUNK } from "../../../pipelines/asked/trial.ts";
import {
  augmentationOf,
  recipeOf,
  WEIGHT_DECAY,
} from "../../../pipelines/shared/synthetic/networks.ts";
import { SEED } from "../../../pipelines/shared/synthetic/scale.ts";
import type { DomainScores } from "../../../shifts/measure/support_split.ts";
import type { FoundSupport } from "../../../stats/asked/ask_findings_schemas.ts";
import { findTrainedSupport } from "../../../tasks/asked/find_trained_support.ts";
import { joinScores } from "../../../tasks/splits/join_scores.ts";
import { scoreFold } from "../../../tasks/splits/score_fold.ts";
import { train } from "../../../tasks/training/train.ts";
import { runTask } from "../../tasks/run_task.ts";
import {
  imagesOf,
  kept,
  type PoolName,
  type PoolOptions,
  readTrunk,
} from "./pools.ts";

/** A network before it is fine-tuned. */
interface Started {
  readonly model: Model;
  readonly modelOptions: ModelOptions;
  readonly from: Weights;
  readonly augmentation: Augmentation;
}

const { networks, batchSize, split } = TRIAL_SCALES.default;

const read = new Map<string, Promise<Images>>();

/** A pool whose examples have names that lead to their images. */
export function named(set: AskedSet, pool: PoolName): AskedSet {
  const key = JSON.stringify(pool);
  return {
    ...set,
    names: Array.from({ length: set.n }, (_, i) => `${i}@${key}`),
  };
}

async function imagesOfSet(
  { names }: AskedSet,
  size: number,
): Promise<Images> {
  const parts: Images[] = [];
  for (const name of names ?? []) {
    const [, place, key] = /^(\d+)@(.*)$/.exec(name) as unknown as [
      string,
      string,
      string,
    ];
    const images = read.get(key) ??
      imagesOf(JSON.parse(key) as PoolName, size);
    read.set(key, images);
    parts.push(take(await images, [Number(place)]));
  }
  return concatenate(parts);
}

/** The network that a trial pre-trains. */
async function pretrainPhoto(): Promise<Weights> {
  const { sizes, side, pretraining } = networks;
  const { pool } = await readSubsets(cifar10, { seed: SEED, sizes, side });
  const [seed = 0] = pretraining.seeds.photo;
  const { facts } = await chooseDevice("wasm");
  const { final } = await runTask(train, {
    ...recipeOf(networks),
    images: pool,
    augmentation: augmentationOf("photo", networks),
    steps: pretraining.steps,
    warmup: 0.5,
    seed,
  }, { environment: facts });
  return final;
}

/** The networks that a trial fine-tunes, by name. */
async function started(folder: string): Promise<Record<string, Started>> {
  const { model, modelOptions } = recipeOf(networks);
  return {
    COCO: {
      model: mobilenetV3,
      modelOptions: TRUNK,
      from: await readTrunk(),
      augmentation: cropAndMirrorSmall,
    },
    photo: {
      model,
      modelOptions,
      from: await kept(
        { folder, file: "photo.safetensors", codec: weights },
        pretrainPhoto,
      ),
      augmentation: cropAndMirror,
    },
  };
}

/** Fine-tunes both networks on one draw, cross-fitted; null where copies leave too few examples. */
export async function trainedShare(
  given: AskedSets,
  { seed, size, folder }: PoolOptions & { readonly seed: number },
): Promise<FoundSupport | null> {
  const { test, shifted } = removeDuplicates(given, {
    seed,
    atMost: QUICK.atMost,
  });
  if (isTooSmall([test, shifted])) return null;
  const images = {
    reference: await imagesOfSet(test, size),
    shifted: await imagesOfSet(shifted, size),
  };
  const { facts } = await chooseDevice("wasm");
  const groups = groupsOf([test, shifted]);
  const scores: Record<string, DomainScores> = {};
  for (const [name, network] of Object.entries(await started(folder))) {
    const folds = [];
    for (let fold = 0; fold < split.folds; fold++) {
      folds.push(
        await runTask(scoreFold, {
          ...images,
          ...network,
          optimizer: {
            name: "adamw",
            learningRate: 1e-3,
            weightDecay: WEIGHT_DECAY,
          },
          ...split,
          ...groups === null ? {} : {
            groups: {
              reference: groups.slice(0, test.n),
              shifted: groups.slice(test.n),
            },
          },
          batchSize,
          seed: FOLDS_SEED,
          fold,
        }, { environment: facts }),
      );
    }
    scores[name] = await runTask(joinScores, { folds });
  }
  const { outOfSupport } = await runTask(findTrainedSupport, {
    test,
    shifted,
    networks: scores,
  });
  return outOfSupport;
}
