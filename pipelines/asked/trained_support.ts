/**
 * Which shifted images are out of support, by networks that are fine-tuned to
 * tell them from test images: linear classifiers on frozen features see weak or
 * mixed shifts in part only.
 *
 * @module
 */
import type { AskedSet } from "../../data/asked/asked_set.ts";
import type { Images } from "../../data/images/images.ts";
import type { Ref } from "../../engine/define/ref.ts";
import {
  cropAndMirror,
  cropAndMirrorSmall,
} from "../../models/augmentations/crop_and_mirror.ts";
import type { Augmentation } from "../../models/augmentations/augmentation.ts";
import type { Weights } from "../../models/model/weights.ts";
import { mobilenetV3 } from "../../models/mobilenet_v3.ts";
import { findTrainedSupport } from "../../tasks/asked/find_trained_support.ts";
import { joinScores } from "../../tasks/splits/join_scores.ts";
import { scoreFold } from "../../tasks/splits/score_fold.ts";
import { loadCocoTrunk } from "../../tasks/training/load_coco_trunk.ts";
import {
  adamW,
  firstPretrained,
  networkOf,
} from "../shared/synthetic/networks.ts";
import { FOLDS_SEED } from "./fit_for_trial.ts";
import { type TrialScale, TRUNK } from "./trial.ts";

/** Sets without duplicates: images as large as networks take them, what is known of them, and their groups. */
export interface ToldApart {
  readonly images: Readonly<Record<"test" | "shifted", Ref<Images>>>;
  readonly test: Ref<AskedSet>;
  readonly shifted: Ref<AskedSet>;
  readonly groups: Readonly<
    Record<"reference" | "shifted", Ref<readonly string[]>>
  >;
}

/** The stages that fine-tune two networks, and what they say. */
export function trainedSupport(
  { images, groups, test, shifted }: ToldApart,
  { networks, batchSize, split }: TrialScale,
): ReturnType<typeof findTrainedSupport> {
  const scores = (
    name: string,
    network: ReturnType<typeof networkOf> & {
      readonly from: Ref<Weights>;
      readonly augmentation: Augmentation;
    },
  ) =>
    joinScores({
      folds: Array.from({ length: split.folds }, (_, fold) =>
        scoreFold({
          ...network,
          ...split,
          reference: images.test,
          shifted: images.shifted,
          groups,
          optimizer: adamW(1e-3),
          batchSize,
          seed: FOLDS_SEED,
          fold,
        }, `asked-${name}-${fold}`)),
    }, `asked-${name}`);
  return findTrainedSupport({
    test,
    shifted,
    networks: {
      COCO: scores("coco", {
        model: mobilenetV3,
        modelOptions: TRUNK,
        from: loadCocoTrunk({}),
        augmentation: cropAndMirrorSmall,
      }),
      photo: scores("photo", {
        ...networkOf(networks),
        from: firstPretrained("photo", networks),
        augmentation: cropAndMirror,
      }),
    },
  });
}
