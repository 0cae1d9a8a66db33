/**
 * Training a network.
 *
 * @module
 */
import { readWeights } from "./device_weights.ts";
import type { ImageFeed } from "./image_feed.ts";
import type { Variables } from "./model.ts";
import { openFeed } from "./open_feed.ts";
import { startNetwork } from "./start_network.ts";
import { openStepper, type Stepper } from "./stepper.ts";
import { trainEpoch } from "./train_epoch.ts";
import { trainingIdentity } from "./training_identity.ts";
import type { Trained, TrainOptions } from "./training_options.ts";
import { planTraining } from "./training_plan.ts";
import {
  averaged,
  disposeTraining,
  everything,
  restoreTraining,
  saveTraining,
  startTraining,
} from "./training_state.ts";
import type { Weights } from "./weights.ts";

/**
 * Trains a network. With a checkpoint, it goes on from there, to the same
 * bytes as a training that was never stopped.
 *
 * @throws {Error} if the loss or the weights are not finite, the device reports an error, the checkpoint is of another training, or the signal aborts
 */
export async function train(options: TrainOptions): Promise<Trained> {
  const { images, checkpoint, checkpointEvery = 1, keepEpochs = [] } = options;
  const plan = planTraining(images.labels.length, {
    ...options,
    peak: options.optimizer.learningRate,
  });
  const identity = trainingIdentity(options);
  const state = startTraining(startNetwork(options), options);
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
      const epoch = state.history.length;
      if (keepEpochs.includes(epoch)) {
        state.kept[epoch] = await readFinite(averaged(state), { epoch });
      }
      if (checkpoint !== undefined && epoch % checkpointEvery === 0) {
        const saved = await saveTraining(state, { identity });
        options.device.tick();
        await checkpoint.save(saved);
      }
    }
    const at = { epoch: plan.epochs };
    const trained = {
      final: await readFinite(everything(state.network), at),
      average: await readFinite(averaged(state), at),
      epochs: state.kept,
      history: state.history,
    };
    options.device.tick();
    return trained;
  } finally {
    stepper?.dispose();
    feed?.dispose();
    disposeTraining(state);
  }
}

async function readFinite(
  variables: Variables,
  { epoch }: { readonly epoch: number },
): Promise<Weights> {
  const weights = await readWeights(variables);
  for (const [name, { data }] of Object.entries(weights)) {
    if (!data.every(Number.isFinite)) {
      throw new Error(
        `Cannot keep the weights of epoch ${epoch}: "${name}" has values that are not finite`,
      );
    }
  }
  return weights;
}
