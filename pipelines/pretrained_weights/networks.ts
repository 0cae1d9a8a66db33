/**
 * Networks on the trunk that was trained on COCO: a linear probe, and
 * fine-tuning that starts from it.
 *
 * @module
 */
import type { Ref } from "../../engine/define/ref.ts";
import { cropAndMirror } from "../../models/augmentations/crop_and_mirror.ts";
import { mobilenetV3 } from "../../models/mobilenet_v3.ts";
import type { Weights } from "../../models/model/weights.ts";
import type { Evaluation } from "../../shifts/measure/evaluation.ts";
import { chooseRun } from "../../tasks/training/choose_run.ts";
import { evaluate } from "../../tasks/evaluation/evaluate.ts";
import { loadCocoTrunk } from "../../tasks/training/load_coco_trunk.ts";
import { takeFirst } from "../../tasks/datasets/take_first.ts";
import { train } from "../../tasks/training/train.ts";
import type { Setting } from "../shared/synthetic/setting.ts";
import type { Profile } from "./scale.ts";

/** How a network is made of the trunk: its head is trained alone, or all of it afterwards. */
export const METHODS = ["LP", "LP-FT"] as const;
/** One of {@linkcode METHODS}. */
export type Method = typeof METHODS[number];

/** The networks, evaluated, and what was chosen for them. */
export interface CocoNetworks {
  readonly evaluations: Readonly<Record<Method, readonly Ref<Evaluation>[]>>;
  /** How many layers of the trunk are kept. */
  readonly layers: ReturnType<typeof chooseRun>;
  /** The learning rate of fine-tuning. */
  readonly learningRate: ReturnType<typeof chooseRun>;
}

/** What stands for a choice that may still be a result to come. */
type Chosen = number | Ref<number>;

/** Trains and evaluates the networks on the reference set of a setting. */
export function cocoNetworks(setting: Setting, scale: Profile): CocoNetworks {
  const { side, seeds, probeEpochs, epochs, learningRates } = scale.coco;
  const [first = 0] = seeds;
  const trunk = loadCocoTrunk({});
  const sets = testSets(setting, scale);

  function recipeOf(layers: Chosen, seed: number) {
    return {
      model: mobilenetV3,
      modelOptions: { side, layers },
      images: setting.reference,
      augmentation: cropAndMirror,
      batchSize: scale.batchSize,
      clipNorm: 1,
      seed,
    };
  }

  const probe = (
    layers: Chosen,
    { seed, label }: { readonly seed: number; readonly label: string },
  ): Ref<Weights> =>
    train({
      ...recipeOf(layers, seed),
      from: trunk,
      trainable: "head",
      optimizer: { name: "adamw", learningRate: 1e-2, weightDecay: 0 },
      epochs: probeEpochs,
      warmup: 0,
    }, `coco-probe-${label}`).final;

  const layers = chooseRun({
    candidates: scale.coco.layers.map((layers) => {
      const label = `${layers}-layers`;
      const final = probe(layers, { seed: first, label });
      return {
        name: `${layers} layers`,
        value: layers,
        final,
        evaluation: evaluated(final, {
          layers,
          seed: first,
          name: label,
          label: `${label}-selection`,
          sets: { selection: setting.selection },
        }),
      };
    }),
    set: "selection",
  }, "coco-layers");

  const probes = seeds.map((seed) => ({
    seed,
    final: seed === first
      ? layers.final
      : probe(layers.value, { seed, label: `${seed}` }),
  }));

  const fineTune = (
    from: Ref<Weights>,
    { seed, learningRate, label }: {
      readonly seed: number;
      readonly learningRate: Chosen;
      readonly label: string;
    },
  ): Ref<Weights> =>
    train({
      ...recipeOf(layers.value, seed),
      from,
      carry: "all",
      optimizer: { name: "adamw", learningRate, weightDecay: 0.05 },
      epochs,
      warmup: 0.2,
    }, `coco-${label}`).final;

  const learningRate = chooseRun({
    candidates: learningRates.map((value) => {
      const label = `rate-${value}`;
      const final = fineTune(layers.final, {
        seed: first,
        learningRate: value,
        label,
      });
      return {
        name: `learning rate ${value}`,
        value,
        final,
        evaluation: evaluated(final, {
          layers: layers.value,
          seed: first,
          name: label,
          label: `${label}-selection`,
          sets: { selection: setting.selection },
        }),
      };
    }),
    set: "selection",
  }, "coco-rate");

  function evaluated(
    final: Ref<Weights>,
    { layers, seed, name, label, sets }: {
      readonly layers: Chosen;
      readonly seed: number;
      readonly name: string;
      readonly label: string;
      readonly sets: Setting["sets"];
    },
  ): Ref<Evaluation> {
    return evaluate({
      model: mobilenetV3,
      modelOptions: { side, layers },
      name,
      seed,
      networks: { final },
      sets,
    }, `coco-${label}`);
  }

  const tested = (
    final: Ref<Weights>,
    { method, seed }: { readonly method: Method; readonly seed: number },
  ) =>
    evaluated(final, {
      layers: layers.value,
      seed,
      name: `COCO, ${method}`,
      label: `${method}-${seed}`,
      sets,
    });
  return {
    layers,
    learningRate,
    evaluations: {
      LP: probes.map(({ seed, final }) =>
        tested(final, { method: "LP", seed })
      ),
      "LP-FT": probes.map(({ seed, final }) =>
        tested(
          seed === first ? learningRate.final : fineTune(final, {
            seed,
            learningRate: learningRate.value,
            label: `tuned-${seed}`,
          }),
          { method: "LP-FT", seed },
        )
      ),
    },
  };
}

/** The first images of each test set. */
function testSets(setting: Setting, { sizes, coco }: Profile): Setting["sets"] {
  if (coco.test === sizes.test) return setting.sets;
  return Object.fromEntries(
    Object.entries(setting.sets).map(([name, images]) => [
      name,
      takeFirst({ images, n: coco.test }, `coco-${name}`),
    ]),
  );
}
