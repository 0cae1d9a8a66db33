import { z } from "zod";
import type { TogetherStage } from "../../engine/define/any_task.ts";
import { json } from "../../engine/define/codec.ts";
import { later } from "../../engine/define/later.ts";
import { defineTask } from "../../engine/define/task.ts";
import type { Device } from "../../models/device/device.ts";
import { GpuFault } from "../../models/device/gpu_fault.ts";
import { populationSize } from "../../models/populations/population_size.ts";
import type { TrainingEnd } from "../../models/populations/train_population.ts";
import type {
  TrainingRecipe,
  TrainOptions,
} from "../../models/training/options.ts";
import { checkpoints, weights } from "../../models/model/weights.ts";
import { contextOfAll, withDevice } from "../../models/device/with_device.ts";

const training = later<typeof import("../../models/training/train.ts")>(
  import.meta.resolve("../../models/training/train.ts"),
);
const populations = later<
  typeof import("../../models/populations/train_population.ts")
>(
  import.meta.resolve("../../models/populations/train_population.ts"),
);

const historySchema = z.array(z.object({
  epoch: z.int(),
  loss: z.number(),
  learningRate: z.number(),
})).readonly();

/** What trainings that run together may differ in. */
const ALIKE = { seed: 0, images: 0, from: 0, carry: 0, warmup: 0 };

/**
 * Trains a network, from scratch or from the weights of another. A training
 * that was killed, or whose GPU failed, goes on from its last whole epoch. On a
 * GPU, trainings of one shape run together.
 */
export const train = defineTask({
  module: import.meta.url,
  name: "train",
  result: {
    /** Weights after the last step. */
    final: weights,
    /** Averaged weights after each of `keepEpochs`. */
    epochs: checkpoints,
    history: json(historySchema),
  },
  async run(args: TrainingRecipe, context) {
    const { final, epochs, history } = await withDevice(
      context,
      async (device) => {
        const { train } = await training();
        return await train(optionsOf({ args, context }, device));
      },
    );
    return { final, epochs, history };
  },
  together: {
    most: populationSize,
    group: ({ optimizer, ...recipe }) => ({
      ...recipe,
      ...ALIKE,
      optimizer: { ...Object(optimizer), learningRate: 0 },
    }),
    run: (stages) => trainTogether(stages),
  },
});

type Stage = TogetherStage<TrainingRecipe>;

/** All at once, or if the GPU fails twice at that, e.g. for lack of memory, half of them after the other, down to one by one. */
async function trainTogether(
  stages: readonly Stage[],
): Promise<readonly TrainingEnd[]> {
  const work = contextOfAll(stages.map(({ context }) => context));
  try {
    return await withDevice(work, async (device) => {
      const { trainPopulation } = await populations();
      return await trainPopulation(
        stages.map((stage) => optionsOf(stage, device)),
      );
    });
  } catch (reason) {
    if (!(reason instanceof GpuFault)) throw reason;
    if (stages.length === 1) return [{ status: "rejected", reason }];
    const middle = Math.ceil(stages.length / 2);
    return [
      ...await trainTogether(stages.slice(0, middle)),
      ...await trainTogether(stages.slice(middle)),
    ];
  }
}

function optionsOf({ args, context }: Stage, device: Device): TrainOptions {
  return {
    ...args,
    device,
    checkpoint: context.scratch,
    signal: context.signal,
    onProgress({ step, steps, ...rest }) {
      const note = device.fallbacks();
      context.progress({
        unit: "step",
        done: step,
        total: steps,
        images: args.batchSize,
        ...rest,
        ...(note === undefined ? {} : { note }),
      });
    },
  };
}
