/**
 * Fine-tuned networks, and the choice of their learning rate.
 *
 * @module
 */
import type { Ref } from "../../../engine/define/ref.ts";
import type { Weights } from "../../../models/model/weights.ts";
import { chooseRun } from "../../../tasks/training/choose_run.ts";
import { evaluate } from "../../../tasks/evaluation/evaluate.ts";
import { train } from "../../../tasks/training/train.ts";
import {
  cropOf,
  evaluateTrained,
  LINEAR_PROBE,
  networkOf,
  pretrained,
  type Pretraining,
  recipeOf,
  type Trained,
} from "./networks.ts";
import type { Scale } from "./scale.ts";
import type { Setting } from "./setting.ts";
import type { Evaluation } from "../../../shifts/measure/evaluation.ts";

/** How a pre-trained network is fine-tuned: as a whole, or its head first. */
export type Method = "FT" | "LP-FT";

/** A number, or the result of a stage that is one. */
export type Rate = number | Ref<number>;

/** What a fine-tuning changes of the usual one. */
export interface Change {
  readonly learningRate?: Rate;
  readonly epochs?: number;
  readonly batchSize?: number;
  readonly weightDecay?: number;
}

/** How a network is fine-tuned. */
export interface FineTuneOptions {
  readonly scale: Scale;
  /** The photo network of the seed where left out. */
  readonly from?: Ref<Weights>;
  /** Names the stage, after the setting and before the seed. */
  readonly label: string;
  readonly seed: number;
  readonly method?: Method;
  readonly change?: Change;
  /** Whether what the network was on the way is kept, too. */
  readonly keepsCheckpoints?: boolean;
}

/** A network fine-tuned on the reference distribution of a setting. */
export function fineTune(
  setting: Setting,
  {
    scale,
    seed,
    from = pretrained("photo", { scale, seed }),
    label,
    method = "FT",
    change = {},
    keepsCheckpoints = false,
  }: FineTuneOptions,
): ReturnType<typeof train> {
  const recipe = recipeOf(scale);
  const name = `${setting.name}-${label}-${seed}`;
  const { probeEpochs, checkpoints } = scale.fineTuning;
  const {
    epochs = scale.fineTuning.epochs,
    batchSize = recipe.batchSize,
    ...changed
  } = change;
  const shared = {
    ...recipe,
    images: setting.reference,
    augmentation: setting.augmentation ?? cropOf(scale),
    seed,
  };
  const start = method === "FT" ? { from } : {
    from: train({
      ...shared,
      ...LINEAR_PROBE,
      epochs: probeEpochs,
      from,
    }, `${name}-probe`).final,
    carry: "all",
  } as const;
  return train({
    ...shared,
    ...start,
    optimizer: { ...recipe.optimizer, ...changed },
    batchSize,
    epochs,
    warmup: 0.5,
    averageDecay: 0.98,
    keepEpochs: keepsCheckpoints
      ? checkpoints.filter((epoch) => epoch <= epochs)
      : [],
  }, name);
}

/**
 * The learning rate of fine-tuning in a setting: the only one there is, or that
 * with which the first photo network does best on the selection split.
 */
export function learningRateIn(setting: Setting, scale: Scale): Rate {
  const { learningRates } = scale.fineTuning;
  const [only, ...others] = learningRates;
  if (only !== undefined && others.length === 0) return only;
  const [seed = 0] = scale.pretraining.seeds.photo;
  return chooseRun({
    candidates: learningRates.map((learningRate) => {
      const label = `photo-rate-${learningRate}`;
      const { final } = fineTune(setting, {
        scale,
        label,
        seed,
        change: { learningRate },
      });
      return {
        name: `learning rate ${learningRate}`,
        value: learningRate,
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
  }, `${setting.name}-photo`).value;
}

/** A fine-tuned network, and what it was on the way. */
export interface FineTuned extends Trained {
  /** Averaged weights after the epochs that are looked at, by epoch. */
  readonly onTheWay: Trained["networks"];
}

/** Which pre-trained network is fine-tuned, and how. */
export interface FineTunedOptions {
  readonly kind: Pretraining;
  /** Seed of the pre-training, and of the fine-tuning after it. */
  readonly seed: number;
  readonly method: Method;
  readonly scale: Scale;
}

/** A pre-trained network, fine-tuned with the learning rate of the setting. */
export function fineTunedRun(
  setting: Setting,
  { kind, seed, method, scale }: FineTunedOptions,
): ReturnType<typeof train> {
  return fineTune(setting, {
    scale,
    from: pretrained(kind, { scale, seed }),
    label: labelOf({ kind, method }),
    seed,
    method,
    change: { learningRate: learningRateIn(setting, scale) },
    // Nobody looks at what a narrow network was on the way.
    keepsCheckpoints: kind === "photo",
  });
}

/** The same as a network to be tested. */
export function fineTuned(
  setting: Setting,
  options: FineTunedOptions,
): FineTuned {
  const { kind, seed, method } = options;
  const { final, epochs } = fineTunedRun(setting, options);
  return {
    name: `${kind}, ${method}`,
    seed,
    label: `${setting.name}-${labelOf(options)}-${seed}`,
    networks: { final },
    onTheWay: epochs,
  };
}

/** The same, evaluated on the test sets of its setting: a photo network, fine-tuned as a whole, unless told otherwise. */
export function evaluateTuned(
  setting: Setting,
  { kind = "photo", method = "FT", seed, scale }:
    & Pick<FineTunedOptions, "seed" | "scale">
    & Partial<FineTunedOptions>,
): Ref<Evaluation> {
  const network = fineTuned(setting, { kind, method, seed, scale });
  return evaluateTrained(network, { setting, scale });
}

/** A network that is fine-tuned in another way than those of all experiments, evaluated on some test sets. */
export function evaluateOwn(
  setting: Setting,
  { name, tested = setting, ...options }: FineTuneOptions & {
    /** For readers. */
    readonly name: string;
    /** The setting with the test sets. */
    readonly tested?: Setting;
  },
): Ref<Evaluation> {
  const { scale, label, seed } = options;
  return evaluateTrained({
    name,
    seed,
    label: `${setting.name}-${label}-${seed}`,
    networks: { final: fineTune(setting, options).final },
  }, { setting: tested, scale });
}

function labelOf(
  { kind, method }: Pick<FineTunedOptions, "kind" | "method">,
): string {
  return method === "FT" ? kind : `${kind}-probed`;
}
