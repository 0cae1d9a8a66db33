import { foldsOf } from "../../data/images/folds.ts";
import { concatenate, type Images, take } from "../../data/images/images.ts";
import { later } from "../../engine/define/later.ts";
import { defineTask } from "../../engine/define/task.ts";
import type { Augmentation } from "../../models/augmentations/augmentation.ts";
import type { Model, ModelOptions } from "../../models/model/model.ts";
import type { OptimizerSettings } from "../../models/training/optimizer.ts";
import type { Weights } from "../../models/model/weights.ts";
import { withDevice } from "../../models/device/with_device.ts";
import { domainScores } from "../../shifts/measure/support_split.ts";

const prediction = later<typeof import("../../models/prediction/predict.ts")>(
  import.meta.resolve("../../models/prediction/predict.ts"),
);
const training = later<typeof import("../../models/training/train.ts")>(
  import.meta.resolve("../../models/training/train.ts"),
);

/** Two sets of images, a network to fine-tune, and the fold that it does not see. */
export interface ScoreFoldArgs {
  readonly reference: Images;
  readonly shifted: Images;
  readonly model: Model;
  readonly modelOptions: ModelOptions;
  /** Pre-trained weights to start from; a new network where left out. */
  readonly from?: Weights;
  readonly augmentation: Augmentation;
  readonly optimizer: OptimizerSettings;
  readonly epochs: number;
  readonly batchSize: number;
  readonly folds: number;
  /** The fold that is held out and scored, from 0. */
  readonly fold: number;
  /** Seed of the folds and of the training. */
  readonly seed: number;
  /** Names of the groups that are held out together, one an example; each is its own where left out. */
  readonly groups?: {
    readonly reference?: readonly string[];
    readonly shifted?: readonly string[];
  };
}

const CLASSES = ["shifted", "reference"] as const;

/**
 * Log odds that the examples of one fold are of the reference set, by a
 * network fine-tuned on all others to tell the sets apart; the scores of the
 * others are NaN. The paper fine-tunes CLIP so (arXiv:2403.00194, figure 5).
 */
export const scoreFold = defineTask({
  module: import.meta.url,
  name: "scoreFold",
  result: domainScores,
  run: (args: ScoreFoldArgs, context) =>
    withDevice(context, async (device) => {
      const { train } = await training();
      const { predict } = await prediction();
      const { model, modelOptions, from, fold, seed, groups } = args;
      const sets = [args.shifted, args.reference];
      const [ofShifted, ofReference] = foldsOf([
        { n: args.shifted.labels.length, groups: groups?.shifted },
        { n: args.reference.labels.length, groups: groups?.reference },
      ], args) as [Uint8Array, Uint8Array];
      const folds = [ofShifted, ofReference];
      const chosen = (held: boolean) =>
        sets.map((set, label) => ({
          indices: indicesWhere(
            folds[label] as Uint8Array,
            (f) => (f === fold) === held,
          ),
          set,
          label,
        }));
      const { final } = await train({
        model,
        modelOptions,
        images: concatenate(chosen(false).map(labelled)),
        augmentation: args.augmentation,
        optimizer: args.optimizer,
        epochs: args.epochs,
        batchSize: args.batchSize,
        warmup: 0.5,
        clipNorm: 1,
        seed,
        ...(from === undefined ? {} : { from }),
        device,
        checkpoint: context.scratch,
        signal: context.signal,
        onProgress: ({ step, steps, epoch, epochs, loss }) =>
          context.progress({
            unit: "step",
            done: step,
            total: steps,
            epoch,
            epochs,
            loss,
            images: args.batchSize,
          }),
      });
      const scores = sets.map(({ labels }) =>
        new Float64Array(labels.length).fill(NaN)
      ) as [Float64Array, Float64Array];
      for (const held of chosen(true)) {
        const logits = await predict({
          model,
          modelOptions,
          weights: final,
          images: labelled(held),
          device,
          signal: context.signal,
        });
        for (const [i, index] of held.indices.entries()) {
          (scores[held.label] as Float64Array)[index] =
            (logits[2 * i + 1] as number) - (logits[2 * i] as number);
        }
      }
      return {
        reference: scores[1],
        shifted: scores[0],
        folds: { reference: ofReference, shifted: ofShifted },
      };
    }),
});

function indicesWhere(
  folds: Uint8Array,
  holds: (fold: number) => boolean,
): readonly number[] {
  return [...folds.keys()].filter((i) => holds(folds[i] as number));
}

/** Some images of a set, labelled with the set. */
function labelled(
  { set, indices, label }: {
    readonly set: Images;
    readonly indices: readonly number[];
    readonly label: number;
  },
): Images {
  const taken = take(set, indices);
  return {
    ...taken,
    labels: new Uint8Array(indices.length).fill(label),
    classes: CLASSES,
  };
}
