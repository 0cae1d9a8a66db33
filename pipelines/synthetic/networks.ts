/**
 * The networks of the experiments: pre-trained ones, baselines from scratch,
 * fine-tuned ones.
 *
 * @module
 */
import type { Augmentation } from "../../models/augmentation.ts";
import { cropAndMirror } from "../../models/augmentations/crop_and_mirror.ts";
import { wide } from "../../models/augmentations/wide.ts";
import { resnet8 } from "../../models/resnet8.ts";
import type { Images } from "../../data/images.ts";
import type { Ref } from "../../engine/ref.ts";
import type { Weights } from "../../models/weights.ts";
import type { Evaluation } from "../../shifts/evaluation.ts";
import { chooseRun } from "../../tasks/choose_run.ts";
import { evaluate } from "../../tasks/evaluate.ts";
import { train } from "../../tasks/train.ts";
import type { Scale } from "./scale.ts";
import { parts, type Setting } from "./setting.ts";

/** A kind of pre-training. */
export type Pretraining = "photo" | "narrow";
/** How a pre-trained network is fine-tuned: as a whole, or its head first. */
export type Method = "FT" | "LP-FT";

/** What pre-training sees of the pool's photographs. */
export const AUGMENTATIONS: Readonly<Record<Pretraining, Augmentation>> = {
  photo: wide,
  narrow: cropAndMirror,
};

/** Weight decay of every training but that of a linear probe. */
export const WEIGHT_DECAY = 0.05;

function networkOf({ widths }: Scale) {
  return { model: resnet8, modelOptions: { widths } };
}

/** What all trainings have in common. */
function recipeOf(scale: Scale) {
  return {
    ...networkOf(scale),
    batchSize: scale.batchSize,
    optimizer: { name: "adamw", learningRate: 3e-3, weightDecay: WEIGHT_DECAY },
    clipNorm: 1,
  } as const;
}

/** A pre-trained network: made once, used by every experiment. */
export function pretrained(scale: Scale, kind: Pretraining): Ref<Weights> {
  return pretrainedOn(parts(scale).pool, {
    scale,
    augmentation: AUGMENTATIONS[kind],
    label: kind,
  });
}

/** A network pre-trained on some images. */
export function pretrainedOn(
  images: Ref<Images>,
  { scale, augmentation, label }: {
    readonly scale: Scale;
    readonly augmentation: Augmentation;
    readonly label: string;
  },
): Ref<Weights> {
  const { seed, steps } = scale.pretraining;
  return train({
    ...recipeOf(scale),
    images,
    augmentation,
    steps,
    warmup: 0.5,
    seed,
  }, `pretrain-${label}`).final;
}

/** Networks trained from scratch, evaluated: those of the two lines. */
export interface Baselines {
  /** Averaged checkpoints of a few runs. */
  readonly checkpoints: readonly Ref<Evaluation>[];
  /** Finished networks on fewer and more images. */
  readonly sizes: readonly Ref<Evaluation>[];
}

/** The baselines of a setting. */
export function baselinesOf(setting: Setting, scale: Scale): Baselines {
  const { scratch } = scale;
  const runs = scratch.seeds.map((seed) => ({
    seed,
    run: scratchRun(setting, { scale, seed }),
  }));
  return {
    checkpoints: runs.map(({ seed, run }) =>
      checkpointsOf(run, { setting, scale, seed })
    ),
    sizes: [
      ...runs.map(({ seed, run }) =>
        evaluate({
          ...networkOf(scale),
          name: `scratch on ${scale.sizes.reference} images`,
          seed,
          networks: { final: run.final },
          sets: setting.sets,
        }, `${setting.name}-scratch-${seed}-final`)
      ),
      ...scratch.sizes.map(({ images, epochs }) => {
        const label = `${setting.name}-scratch-on-${images}`;
        const run = train({
          ...recipeOf(scale),
          images: setting.sized(images),
          augmentation: cropAndMirror,
          epochs,
          warmup: 1,
          seed: scratch.sizeSeed,
        }, label);
        return evaluate({
          ...networkOf(scale),
          name: `scratch on ${images} images`,
          seed: scratch.sizeSeed,
          networks: { final: run.final },
          sets: setting.sets,
        }, label);
      }),
    ],
  };
}

/** A network trained from scratch, with its averaged checkpoints. */
function scratchRun(
  setting: Setting,
  { scale, seed }: { readonly scale: Scale; readonly seed: number },
): ReturnType<typeof train> {
  const { scratch } = scale;
  return train({
    ...recipeOf(scale),
    images: setting.reference,
    augmentation: cropAndMirror,
    epochs: scratch.epochs,
    warmup: 1,
    averageDecay: 0.98,
    keepEpochs: scratch.checkpoints,
    seed,
  }, `${setting.name}-scratch-${seed}`);
}

function checkpointsOf(
  run: ReturnType<typeof train>,
  { setting, scale, seed }: {
    readonly setting: Setting;
    readonly scale: Scale;
    readonly seed: number;
  },
): Ref<Evaluation> {
  return evaluate({
    ...networkOf(scale),
    name: "scratch",
    seed,
    networks: run.epochs,
    sets: setting.sets,
  }, `${setting.name}-scratch-${seed}`);
}

/** The checkpoints of some runs from scratch alone, for a sweep. */
export function checkpointBaselines(
  setting: Setting,
  { scale, seeds }: {
    readonly scale: Scale;
    readonly seeds: readonly number[];
  },
): readonly Ref<Evaluation>[] {
  return seeds.map((seed) =>
    checkpointsOf(scratchRun(setting, { scale, seed }), {
      setting,
      scale,
      seed,
    })
  );
}

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
  return evaluate({
    ...networkOf(scale),
    name,
    seed,
    networks: { final: network },
    sets: setting.sets,
  }, `${setting.name}-${label}-${seed}`);
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
