/** The share out of support by a fine-tuned network, as a trial finds it. */
import type { AskedSet } from "../../../data/asked/asked_set.ts";
import { groupsOf } from "../../../data/asked/take_examples.ts";
import { concatenate, type Images, take } from "../../../data/images/images.ts";
import { cropAndMirrorSmall } from "../../../models/augmentations/crop_and_mirror.ts";
import { chooseDevice } from "../../../models/device/choose_device.ts";
import { mobilenetV3 } from "../../../models/mobilenet_v3.ts";
import {
  type AskedSets,
  removeDuplicates,
} from "../../../models/asked/remove_duplicates.ts";
import { QUICK } from "../../../pipelines/asked/findings.ts";
import { TRIAL_SCALES, TRUNK } from "../../../pipelines/asked/trial.ts";
import { WEIGHT_DECAY } from "../../../pipelines/shared/synthetic/networks.ts";
import type { FoundSupport } from "../../../stats/asked/ask_findings_schemas.ts";
import { findTrainedSupport } from "../../../tasks/asked/find_trained_support.ts";
import { joinScores } from "../../../tasks/splits/join_scores.ts";
import { scoreFold } from "../../../tasks/splits/score_fold.ts";
import { runTask } from "../../tasks/run_task.ts";
import { imagesOf, type PoolName, readTrunk } from "./pools.ts";

/** Pools whose examples are named by their place, and the pools' images. */
export type NamedPools = Readonly<Record<string, AskedSet>>;

const kept = new Map<string, Promise<Images>>();

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
    const images = kept.get(key) ??
      imagesOf(JSON.parse(key) as PoolName, size);
    kept.set(key, images);
    parts.push(take(await images, [Number(place)]));
  }
  return concatenate(parts);
}

/** Fine-tunes the trunk on one draw, cross-fitted. */
export async function trainedShare(
  given: AskedSets,
  { seed, size }: { readonly seed: number; readonly size: number },
): Promise<FoundSupport | null> {
  const { test, shifted } = removeDuplicates(given, {
    seed,
    atMost: QUICK.atMost,
  });
  const [reference, other] = [
    await imagesOfSet(test, size),
    await imagesOfSet(shifted, size),
  ];
  const { facts } = await chooseDevice("wasm");
  const { batchSize, split } = TRIAL_SCALES.default;
  const groups = groupsOf([test, shifted]);
  const folds = [];
  for (let fold = 0; fold < split.folds; fold++) {
    folds.push(
      await runTask(scoreFold, {
        reference,
        shifted: other,
        model: mobilenetV3,
        modelOptions: TRUNK,
        from: await readTrunk(),
        augmentation: cropAndMirrorSmall,
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
        seed: 0,
        fold,
      }, { environment: facts }),
    );
  }
  const scores = await runTask(joinScores, { folds });
  const { outOfSupport } = await runTask(findTrainedSupport, {
    test,
    shifted,
    networks: { COCO: scores },
  });
  return outOfSupport;
}
