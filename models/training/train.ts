/**
 * Training a network: epoch after epoch, each of them steps.
 *
 * @module
 */
import { setImmediate as turnOfEventLoop } from "node:timers/promises";
import { resumeTraining } from "./checkpoint.ts";
import { readWeights } from "../model/device_weights.ts";
import { epochLosses } from "./epoch_losses.ts";
import { architectureOf, everything, type Variables } from "../model/model.ts";
import { openStepper, type Stepper } from "./stepper.ts";
import type { EpochRecord, Trained, TrainOptions } from "./options.ts";
import {
  averaged,
  disposeTraining,
  startTraining,
  type Training,
} from "./state.ts";
import type { Weights } from "../model/weights.ts";

/**
 * Trains a network. With a checkpoint, it goes on from there, to the same
 * bytes as a training that was never stopped.
 *
 * @throws {Error} if the loss or the weights are not finite, the device reports an error, the checkpoint is of another training, or the signal aborts
 */
export async function train(options: TrainOptions): Promise<Trained> {
  const { device } = options;
  device.gpu?.turnTo(architectureOf(options));
  let training: Training | undefined;
  let stepper: Stepper | undefined;
  try {
    training = await startTraining(options);
    stepper = openStepper(training);
    const save = await resumeTraining(training);
    while (training.history.length < training.plan.epochs) {
      training.history.push(await trainEpoch(training, stepper));
      await keepEpoch(training);
      await save();
    }
    const trained = await trainedOf(training);
    device.tick();
    return trained;
  } finally {
    stepper?.dispose();
    if (training !== undefined) disposeTraining(training);
    device.gpu?.trim();
  }
}

/** One epoch; what is read back, and when, depends on the number of steps alone. */
async function trainEpoch(
  training: Training,
  stepper: Stepper,
): Promise<EpochRecord> {
  const { plan, feed, history, options: { device, signal } } = training;
  const epoch = history.length + 1;
  const end = Math.min(epoch * plan.stepsPerEpoch, plan.steps);
  const losses = epochLosses(epoch, training);
  let step = (epoch - 1) * plan.stepsPerEpoch;
  feed.startEpoch(epoch);
  for (let index = 0; step < end; index++) {
    await turnOfEventLoop(); // lets an abort or a GPU error through
    signal?.throwIfAborted();
    feed.moveTo(index);
    stepper.take(step);
    device.tick();
    step++;
    if (stepper.waiting === plan.readEvery || step === end) {
      const values = await stepper.readLosses();
      device.tick();
      losses.add(values, step);
    }
  }
  return losses.record();
}

/**
 * Keeps the averaged weights of the epoch that was just finished, if they were
 * asked for.
 *
 * @throws {Error} if they are not finite
 */
export async function keepEpoch(training: Training): Promise<void> {
  const epoch = training.history.length;
  if (training.options.keepEpochs?.includes(epoch)) {
    training.epochWeights[epoch] = await readFinite(averaged(training), {
      epoch,
    });
  }
}

/**
 * The result of a training that is finished.
 *
 * @throws {Error} if the weights are not finite
 */
export async function trainedOf(training: Training): Promise<Trained> {
  const { network, epochWeights, history } = training;
  const at = { epoch: history.length };
  const [final, average] = await Promise.all([
    readFinite(everything(network), at),
    readFinite(averaged(training), at),
  ]);
  return { final, average, epochs: epochWeights, history };
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
