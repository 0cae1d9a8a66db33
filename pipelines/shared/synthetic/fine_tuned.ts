/**
 * Fine-tuned networks, and the choice of their learning rate.
 *
 * @module
 */
import type { Ref } from "../../../engine/define/ref.ts";
import { cropAndMirror } from "../../../models/augmentations/crop_and_mirror.ts";
import type { Weights } from "../../../models/model/weights.ts";
import type { Evaluation } from "../../../shifts/measure/evaluation.ts";
import { chooseRun } from "../../../tasks/training/choose_run.ts";
import { evaluate } from "../../../tasks/evaluation/evaluate.ts";
import { train } from "../../../tasks/training/train.ts";
import {
  evaluateTrained,
  networkOf,
  pretrained,
  type Pretraining,
  recipeOf,
  type Trained,
} from "./networks.ts";
import type { Scale } from "./scale.ts";
import type { Setting } from "./setting.ts";

/** How a pre-trained network is fine-tuned: as a whole, or its head first. */
export type Method = "FT" | "LP-FT";

/** What a fine-tuning changes of the usual one. */
export interface Change {
  readonly learningRate?: Ref<number> | number;
  readonly epochs?: number;
  readonly batchSize?: number;
  readonly weightDecay?: number;
}

/** A network fine-tuned on the reference distribution of a setting. */
export function fineTune(
  setting: Setting,
  { scale, from, label, seed, method = "FT", change = {} }: {
    readonly scale: Scale;
    readonly from: Ref<Weights>;
    /** Names the stage, after the setting. */
    readonly label: string;
    readonly seed: number;
    readonly method?: Method;
    readonly change?: Change;
  },
): Ref<Weights> {
  const recipe = recipeOf(scale);
  const name = `${setting.name}-${label}-${seed}`;
  const { epochs, probeEpochs } = scale.fineTuning;
  const shared = {
    ...recipe,
    images: setting.reference,
    augmentation: cropAndMirror,
    seed,
  };
  const start = method === "FT" ? { from } : {
    from: train({
      ...shared,
      optimizer: { name: "adamw", learningRate: 1e-2, weightDecay: 0 },
      epochs: probeEpochs,
      warmup: 0,
      from,
      trainable: "head",
    }, `${name}-probe`).final,
    carry: "all",
  } as const;
  return train({
    ...shared,
    ...start,
    optimizer: {
      ...recipe.optimizer,
      ...(change.learningRate === undefined
        ? {}
        : { learningRate: change.learningRate }),
      ...(change.weightDecay === undefined
        ? {}
        : { weightDecay: change.weightDecay }),
    },
    batchSize: change.batchSize ?? recipe.batchSize,
    epochs: change.epochs ?? epochs,
    warmup: 0.5,
  }, name).final;
}

/** A fine-tuned network on the test sets of its setting. */
export function evaluateFineTuned(
  network: Ref<Weights>,
  { setting, scale, name, label, seed }: {
    readonly setting: Setting;
    readonly scale: Scale;
    /** For readers, e.g. "photo, FT"; the same for one network wherever it is used. */
    readonly name: string;
    readonly label: string;
    readonly seed: number;
  },
): Ref<Evaluation> {
  return evaluateTrained({
    name,
    seed,
    label: `${setting.name}-${label}-${seed}`,
    networks: { final: network },
  }, { setting, scale });
}

/** The network of the first seed with the learning rate that does best on the selection split, and that rate. */
export function chosenRun(
  setting: Setting,
  { scale, kind }: { readonly scale: Scale; readonly kind: Pretraining },
): ReturnType<typeof chooseRun> {
  const [seed = 0] = scale.fineTuning.seeds;
  return chooseRun({
    candidates: scale.fineTuning.learningRates.map((learningRate) => {
      const label = `${kind}-rate-${learningRate}`;
      const final = fineTune(setting, {
        scale,
        from: pretrained(scale, kind),
        label,
        seed,
        change: { learningRate },
      });
      return {
        name: `learning rate ${learningRate}`,
        value: learningRate,
        final,
        evaluation: evaluate({
          ...networkOf(scale),
          name: label,
          seed,
          networks: { final },
          sets: { selection: setting.selection },
        }, `${setting.name}-${label}-selection`),
      };
    }),
    set: "selection",
  }, `${setting.name}-${kind}`);
}

/** A pre-trained network fine-tuned with the learning rate that was chosen. */
export function fineTuned(
  setting: Setting,
  { scale, kind, method, seed, chosen }: {
    readonly scale: Scale;
    readonly kind: Pretraining;
    readonly method: Method;
    readonly seed: number;
    readonly chosen: ReturnType<typeof chosenRun>;
  },
): Trained {
  const label = method === "FT" ? kind : `${kind}-probed`;
  const isChosen = kind === "photo" && method === "FT" &&
    seed === scale.fineTuning.seeds[0];
  return {
    name: `${kind}, ${method}`,
    seed,
    label: `${setting.name}-${label}-${seed}`,
    networks: {
      final: isChosen ? chosen.final : fineTune(setting, {
        scale,
        from: pretrained(scale, kind),
        label,
        seed,
        method,
        change: { learningRate: chosen.value },
      }),
    },
  };
}
