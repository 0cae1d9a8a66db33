/**
 * The networks of the experiments: pre-trained ones, and baselines from
 * scratch.
 *
 * @module
 */
import type { Augmentation } from "../../../models/augmentations/augmentation.ts";
import {
  cropAndMirror,
  cropAndMirrorSmall,
} from "../../../models/augmentations/crop_and_mirror.ts";
import { wide } from "../../../models/augmentations/wide.ts";
import { resnet8 } from "../../../models/resnet8.ts";
import type { Images } from "../../../data/images/images.ts";
import type { Lazy, Ref } from "../../../engine/define/ref.ts";
import type { ModelOptions } from "../../../models/model/model.ts";
import type { TrainingRecipe } from "../../../models/training/options.ts";
import type { Weights } from "../../../models/model/weights.ts";
import { formatCounts } from "../../../reports/value/quantity.ts";
import type { Evaluation } from "../../../shifts/measure/evaluation.ts";
import {
  evaluate,
  type EvaluateArgs,
} from "../../../tasks/evaluation/evaluate.ts";
import { joinEvaluations } from "../../../tasks/evaluation/join_evaluations.ts";
import { train } from "../../../tasks/training/train.ts";
import {
  keptEpochs,
  type Scale,
  type ScratchRuns,
  type SizeBaseline,
} from "./scale.ts";
import { cifar10Subsets, type Setting } from "./setting.ts";

/** A kind of pre-training. */
export type Pretraining = "photo" | "narrow";

/** Both, the control last. */
export const KINDS = [
  "photo",
  "narrow",
] as const satisfies readonly Pretraining[];

/** The augmentation of every training but that of photo networks. */
export function cropOf({ side }: Scale): Augmentation {
  return side < 32 ? cropAndMirrorSmall : cropAndMirror;
}

/** What pre-training sees of the pool's photographs. */
export function augmentationOf(kind: Pretraining, scale: Scale): Augmentation {
  return kind === "photo" ? wide : cropOf(scale);
}

/** Weight decay of every training but that of a linear probe. */
export const WEIGHT_DECAY = 0.05;

/** The optimizer of every such training. */
export function adamW(learningRate: number): TrainingRecipe["optimizer"] {
  return { name: "adamw", learningRate, weightDecay: WEIGHT_DECAY };
}

/** How a linear probe is trained: the head alone. */
export const LINEAR_PROBE = {
  trainable: "head",
  optimizer: { name: "adamw", learningRate: 1e-2, weightDecay: 0 },
  warmup: 0,
} as const;

/** The network that all experiments train. */
export function networkOf(
  { widths }: Pick<Scale, "widths">,
): Pick<EvaluateArgs, "model" | "modelOptions"> {
  return { model: resnet8, modelOptions: { widths } };
}

/** What all trainings have in common. */
export function recipeOf(
  scale: Pick<Scale, "widths" | "batchSize">,
):
  & Pick<TrainingRecipe, "model" | "batchSize" | "optimizer" | "clipNorm">
  & { readonly modelOptions: ModelOptions } {
  return {
    ...networkOf(scale),
    batchSize: scale.batchSize,
    optimizer: adamW(3e-3),
    clipNorm: 1,
  };
}

/** Images that networks are pre-trained on, and how. */
export interface PretrainingOptions {
  readonly scale: Scale;
  readonly augmentation: Augmentation;
  readonly seed: number;
  /** Length; that of the scale where left out. */
  readonly steps?: number;
  /** Names the stage, before the seed. */
  readonly label: string;
}

/** A pre-trained network: made once, used by every experiment. */
export function pretrained(
  kind: Pretraining,
  { scale, seed }: { readonly scale: Scale; readonly seed: number },
): Ref<Weights> {
  return pretrainedOn(cifar10Subsets(scale).pool, {
    scale,
    augmentation: augmentationOf(kind, scale),
    seed,
    label: kind,
  });
}

/** The first pre-trained network of a kind, where one is enough. */
export function firstPretrained(
  kind: Pretraining,
  scale: Scale,
): Ref<Weights> {
  const [seed = 0] = scale.pretraining.seeds[kind];
  return pretrained(kind, { scale, seed });
}

/** A network pre-trained on some images. */
export function pretrainedOn(
  images: Ref<Images>,
  { scale, augmentation, seed, steps = scale.pretraining.steps, label }:
    PretrainingOptions,
): Ref<Weights> {
  return train({
    ...recipeOf(scale),
    images,
    augmentation,
    steps,
    warmup: 0.5,
    seed,
  }, `pretrain-${label}-${seed}`).final;
}

/** Networks of one run, trained and not tested yet. */
export interface Trained {
  /** For readers, e.g. "photo, FT"; the same for one network wherever it is used. */
  readonly name: string;
  readonly seed: number;
  /** Names the stages that test it. */
  readonly label: string;
  /** Weights by epoch, or under `final`. */
  readonly networks: Lazy<Readonly<Record<string, Weights>>>;
}

/** Trained networks on the test sets of their setting. */
export function evaluateTrained(
  { label, name, seed, networks }: Trained,
  { setting, scale }: { readonly setting: Setting; readonly scale: Scale },
): Ref<Evaluation> {
  const { sets, further = [] } = setting;
  const on = (
    wanted: (set: string) => boolean,
    label: string,
  ) =>
    evaluate({
      ...networkOf(scale),
      name,
      seed,
      networks,
      sets: Object.fromEntries(
        Object.entries(sets).filter(([set]) => wanted(set)),
      ),
    }, label);
  if (further.length === 0) return on(() => true, label);
  return joinEvaluations({
    first: on((set) => !further.includes(set), label),
    second: on((set) => further.includes(set), `${label}-further`),
  });
}

/** Networks of the two lines, in whatever state. */
export interface TwoLines<Network> {
  /** Averaged checkpoints of a few runs. */
  readonly checkpoints: readonly Network[];
  /** Finished networks on fewer and more images. */
  readonly sizes: readonly Network[];
}

/** Networks trained from scratch, evaluated: those of the two lines. */
export type Baselines = TwoLines<Ref<Evaluation>>;

/** The baselines of a setting. */
export function baselinesOf(setting: Setting, scale: Scale): Baselines {
  const trained = trainedFromScratch(setting, scale);
  const evaluated = (networks: readonly Trained[]) =>
    networks.map((network) => evaluateTrained(network, { setting, scale }));
  return {
    checkpoints: evaluated(trained.checkpoints),
    sizes: evaluated(trained.sizes),
  };
}

/** How networks from scratch are trained in a setting. */
export interface FromScratch {
  /** What they are, for readers and in the names of stages. */
  readonly kind: string;
  /** All but images, length and seed. */
  readonly recipe: ReturnType<typeof recipeOf> & {
    readonly augmentation: Augmentation;
  };
  /** Runs whose checkpoints make the first line, and sizes that, with their ends, make the second. */
  readonly runs: ScratchRuns & { readonly sizes: readonly SizeBaseline[] };
  /** How many images the reference set has, for readers. */
  readonly all: string;
}

/** How the networks of all experiments are. */
function fromScratchIn(setting: Setting, scale: Scale): FromScratch {
  return {
    kind: "scratch",
    recipe: {
      ...recipeOf(scale),
      augmentation: setting.augmentation ?? cropOf(scale),
    },
    runs: { ...setting.scratch, sizes: scale.scratch.sizes },
    all: `${setting.images ?? scale.sizes.reference} images`,
  };
}

/** The networks of both lines, trained: those of all experiments, or others. */
export function trainedFromScratch(
  setting: Setting,
  scale: Scale,
  how = fromScratchIn(setting, scale),
): TwoLines<Trained> {
  const { kind, recipe, runs: { seeds, sizes, sizeSeeds }, all } = how;
  return {
    checkpoints: seeds.map((seed) =>
      checkpointsOf(setting, { scale, seed, how })
    ),
    sizes: [
      ...seeds.map((seed): Trained => ({
        name: `${kind} on ${all}`,
        seed,
        label: `${setting.name}-${kind}-${seed}-final`,
        networks: { final: scratchRun(setting, { scale, seed, how }).final },
      })),
      ...sizes.flatMap(({ images, epochs }) =>
        sizeSeeds.map((seed): Trained => {
          const label = `${setting.name}-${kind}-on-${images}-${seed}`;
          const { final } = train({
            ...recipe,
            images: setting.sized(images),
            epochs,
            warmup: 1,
            seed,
          }, label);
          const name = `${kind} on ${images} images`;
          return { name, seed, label, networks: { final } };
        })
      ),
    ],
  };
}

/** On how many images each network of the line of finished networks was trained, in their order, for readers. */
export function sizesOf(setting: Setting, scale: Scale): readonly string[] {
  const { seeds, sizeSeeds } = setting.scratch;
  const own = setting.images ?? scale.sizes.reference;
  return formatCounts([
    ...seeds.map(() => own),
    ...scale.scratch.sizes.flatMap(({ images }) => sizeSeeds.map(() => images)),
  ]);
}

/** One run from scratch. */
interface ScratchRun {
  readonly scale: Scale;
  readonly seed: number;
  readonly how?: FromScratch;
}

/** A network trained from scratch, with its averaged checkpoints. */
export function scratchRun(
  setting: Setting,
  { scale, seed, how = fromScratchIn(setting, scale) }: ScratchRun,
): ReturnType<typeof train> {
  const { kind, recipe, runs } = how;
  return train({
    ...recipe,
    images: setting.reference,
    epochs: runs.epochs,
    warmup: 1,
    averageDecay: 0.98,
    keepEpochs: keptEpochs(runs),
    seed,
  }, `${setting.name}-${kind}-${seed}`);
}

/** The checkpoints of one run from scratch. */
export function checkpointsOf(
  setting: Setting,
  { scale, seed, how = fromScratchIn(setting, scale) }: ScratchRun,
): Trained {
  return {
    name: how.kind,
    seed,
    label: `${setting.name}-${how.kind}-${seed}`,
    networks: scratchRun(setting, { scale, seed, how }).epochs,
  };
}
