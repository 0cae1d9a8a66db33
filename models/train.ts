/**
 * Training a network.
 *
 * @module
 */
import type { ImageFeed } from "./image_feed.ts";
import { openFeed } from "./open_feed.ts";
import { architectureOf } from "./population_shape.ts";
import { startNetwork } from "./start_network.ts";
import { openStepper, type Stepper } from "./stepper.ts";
import { trainEpoch } from "./train_epoch.ts";
import { trainingIdentity } from "./training_identity.ts";
import type { Trained, TrainOptions } from "./training_options.ts";
import { keepEpoch, trainedOf } from "./training_outcome.ts";
import { planTraining } from "./training_plan.ts";
import {
  disposeTraining,
  restoreTraining,
  startTraining,
} from "./training_state.ts";

/**
 * Trains a network. With a checkpoint, it goes on from there, to the same
 * bytes as a training that was never stopped.
 *
 * @throws {Error} if the loss or the weights are not finite, the device reports an error, the checkpoint is of another training, or the signal aborts
 */
export async function train(options: TrainOptions): Promise<Trained> {
  const { images, checkpoint } = options;
  const plan = planTraining(images.labels.length, {
    ...options,
    peak: options.optimizer.learningRate,
  });
  const identity = trainingIdentity(options);
  options.device.gpu?.turnTo(architectureOf(options));
  const state = startTraining(await startNetwork(options), options);
  let feed: ImageFeed | undefined;
  let stepper: Stepper | undefined;
  try {
    feed = openFeed(images, options);
    stepper = openStepper(state, { ...options, plan, feed });
    const bytes = await checkpoint?.load();
    if (bytes !== undefined) restoreTraining(state, { bytes, identity });
    while (state.history.length < plan.epochs) {
      state.history.push(
        await trainEpoch(state, { ...options, plan, feed, stepper }),
      );
      await keepEpoch(state, { ...options, identity });
    }
    const trained = await trainedOf(state);
    options.device.tick();
    return trained;
  } finally {
    stepper?.dispose();
    feed?.dispose();
    disposeTraining(state);
    options.device.gpu?.trim();
  }
}
