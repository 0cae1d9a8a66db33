/**
 * The networks of the experiment with typeset digits, each evaluated on
 * handwritten digits by class and judged on typeset ones image by image.
 *
 * @module
 */
import type { Images } from "../../data/images/images.ts";
import { mnist } from "../../data/datasets/mnist.ts";
import type { Ref } from "../../engine/define/ref.ts";
import { none } from "../../models/augmentations/none.ts";
import { warp } from "../../models/augmentations/warp.ts";
import type { Weights } from "../../models/model/weights.ts";
import { chooseRun } from "../../tasks/training/choose_run.ts";
import { evaluate } from "../../tasks/evaluation/evaluate.ts";
import { extendReference } from "../../tasks/datasets/extend_reference.ts";
import { loadLetters } from "../../tasks/datasets/load_letters.ts";
import { loadSubsets } from "../../tasks/datasets/load_subsets.ts";
import { loadTypesetDigits } from "../../tasks/datasets/load_typeset_digits.ts";
import { takeFirst } from "../../tasks/datasets/take_first.ts";
import { train } from "../../tasks/training/train.ts";
import type { RunRefs } from "../shared/split/measured.ts";
import {
  networkOf,
  recipeOf,
  type Trained,
  type TwoLines,
} from "../shared/synthetic/networks.ts";
import { keptEpochs } from "../shared/synthetic/scale.ts";
import { type Scale, SEED } from "./scale.ts";

/** What a network was pre-trained on. */
export type Pretraining = "letters" | "digits";

/** Both kinds of pre-training, the one that has seen typefaces first. */
export const PRETRAININGS = [
  "letters",
  "digits",
] as const satisfies readonly Pretraining[];

/** The subsets of MNIST. */
export function mnistSubsets({ sizes }: Scale): ReturnType<typeof loadSubsets> {
  return loadSubsets({ dataset: mnist, seed: SEED, sizes }, "mnist");
}

/** The digits of the evaluation typefaces. */
export function typesetDigits(
  { typefaces }: Scale,
): ReturnType<typeof loadTypesetDigits> {
  return loadTypesetDigits(typefaces);
}

/** The letters of the other typefaces. */
export function letters({ typefaces }: Scale): ReturnType<typeof loadLetters> {
  return loadLetters(typefaces);
}

/** A run of networks: on handwritten digits by counts, on typeset ones one by one. */
function judged(
  { label, ...trained }: Trained,
  { scale, widths = scale.widths[0] }: {
    readonly scale: Scale;
    readonly widths?: readonly number[];
  },
): RunRefs {
  const run = { ...networkOf({ widths }), ...trained };
  return {
    evaluation: evaluate(
      { ...run, sets: { handwritten: mnistSubsets(scale).test } },
      label,
    ),
    hits: evaluate(
      { ...run, sets: { shifted: typesetDigits(scale).images } },
      `${label}-typeset`,
    ),
  };
}

/** Networks trained from scratch: those of the two lines, the finished ones of all widths. */
export type Baselines = TwoLines<RunRefs>;

/** The baselines. */
export function baselinesOf(scale: Scale): Baselines {
  const { scratch, sizes, widths: [first], widths } = scale;
  const { reference, pool } = mnistSubsets(scale);
  const runs = scratch.seeds.map((seed) => {
    const label = `typeset-scratch-${seed}`;
    const { final, epochs } = train({
      ...firstRecipe(scale),
      images: reference,
      augmentation: none,
      epochs: scratch.epochs,
      warmup: 1,
      averageDecay: 0.98,
      keepEpochs: keptEpochs(scratch),
      seed,
    }, label);
    return { seed, label, final, epochs };
  });
  return {
    checkpoints: runs.map(({ seed, label, epochs }) =>
      judged({ name: "scratch", seed, label, networks: epochs }, { scale })
    ),
    sizes: [
      ...runs.map(({ seed, label, final }) =>
        judged({
          name: `scratch on ${sizes.reference} images, ${first.join("-")}`,
          seed,
          label: `${label}-final`,
          networks: { final },
        }, { scale })
      ),
      ...widths.flatMap((widths) =>
        scratch.sizes.map(({ images, epochs }) => {
          const label = `typeset-scratch-${widths.join("-")}-on-${images}`;
          const { final } = train({
            ...recipeOf({ ...scale, widths }),
            images: extendReference({ reference, pool, n: images }),
            augmentation: none,
            epochs,
            warmup: 1,
            seed: scratch.sizeSeed,
          }, label);
          return judged({
            name: `scratch on ${images} images, ${widths.join("-")}`,
            seed: scratch.sizeSeed,
            label,
            networks: { final },
          }, { scale, widths });
        })
      ),
    ],
  };
}

/** What all trainings of networks of the first widths have in common. */
function firstRecipe({ widths: [widths], batchSize }: Scale) {
  return recipeOf({ widths, batchSize });
}

/** A pre-trained network. */
export function pretrained(
  scale: Scale,
  { kind, seed }: { readonly kind: Pretraining; readonly seed: number },
): Ref<Weights> {
  const { steps, digits } = scale.pretraining;
  const images: Readonly<Record<Pretraining, () => Ref<Images>>> = {
    letters: () => letters(scale).images,
    digits: () => takeFirst({ images: mnistSubsets(scale).pool, n: digits }),
  };
  return train({
    ...firstRecipe(scale),
    images: images[kind](),
    augmentation: warp,
    steps,
    warmup: 0.5,
    seed,
  }, `typeset-pretrain-${kind}-${seed}`).final;
}

function fineTune(
  scale: Scale,
  { kind, seed, learningRate, label }: {
    readonly kind: Pretraining;
    /** That of the pre-trained network too. */
    readonly seed: number;
    readonly learningRate: Ref<number> | number;
    readonly label: string;
  },
): Ref<Weights> {
  const recipe = firstRecipe(scale);
  return train({
    ...recipe,
    images: mnistSubsets(scale).reference,
    augmentation: none,
    from: pretrained(scale, { kind, seed }),
    optimizer: { ...recipe.optimizer, learningRate },
    epochs: scale.fineTuning.epochs,
    warmup: 0.5,
    seed,
  }, label).final;
}

/** The learning rate that does best on the selection images, tried with the first network pre-trained on letters. */
export function chosenRate(scale: Scale): ReturnType<typeof chooseRun> {
  const [seed] = scale.pretraining.seeds;
  return chooseRun({
    candidates: scale.fineTuning.learningRates.map((learningRate) => {
      const label = `typeset-letters-rate-${learningRate}`;
      const final = fineTune(scale, {
        kind: "letters",
        seed,
        learningRate,
        label,
      });
      return {
        name: `learning rate ${learningRate}`,
        value: learningRate,
        evaluation: evaluate({
          ...networkOf({ widths: scale.widths[0] }),
          name: label,
          seed,
          networks: { final },
          sets: { selection: mnistSubsets(scale).selection },
        }, `${label}-selection`),
      };
    }),
    set: "selection",
  }, "typeset-letters");
}

/** One network fine-tuned from each that was pre-trained in one way. */
export function fineTuned(
  scale: Scale,
  kind: Pretraining,
): readonly RunRefs[] {
  const { value: learningRate } = chosenRate(scale);
  return scale.pretraining.seeds.map((seed) => {
    const label = `typeset-${kind}-${seed}`;
    const final = fineTune(scale, { kind, seed, learningRate, label });
    return judged(
      { name: kind, seed, label, networks: { final } },
      { scale },
    );
  });
}
