import { z } from "zod";
import { json } from "../engine/codec.ts";
import { defineTask } from "../engine/task.ts";
import { fallbacksOf } from "../models/environment.ts";
import { train as trainNetwork } from "../models/train.ts";
import type { TrainingRecipe } from "../models/training_options.ts";
import { checkpoints, weights } from "../models/weights.ts";
import { withDevice } from "../models/with_device.ts";

const historySchema = z.array(z.object({
  epoch: z.int(),
  loss: z.number(),
  learningRate: z.number(),
})).readonly();

/**
 * Trains a network, from scratch or from the weights of another. A training
 * that was killed, or whose GPU failed, goes on from its last whole epoch.
 */
export const train = defineTask({
  module: import.meta.url,
  name: "train",
  runsIn: "worker",
  result: {
    /** Weights after the last step. */
    final: weights,
    /** Averaged weights after each of `keepEpochs`. */
    epochs: checkpoints,
    history: json(historySchema),
  },
  async run(recipe: TrainingRecipe, context) {
    const { final, epochs, history } = await withDevice(
      context,
      (device) =>
        trainNetwork({
          ...recipe,
          device,
          checkpoint: context.scratch,
          signal: context.signal,
          onProgress({ step, steps, ...rest }) {
            const note = fallbacksOf(device);
            context.progress({
              ...{ unit: "step", done: step, total: steps, ...rest },
              ...(note === undefined ? {} : { note }),
            });
          },
        }),
    );
    return { final, epochs, history };
  },
});
