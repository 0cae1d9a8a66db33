/**
 * One epoch of training.
 *
 * @module
 */
import { setImmediate as turnOfEventLoop } from "node:timers/promises";
import * as tf from "@tensorflow/tfjs";
import type { ImageFeed } from "./image_feed.ts";
import { lossMeter } from "./loss_meter.ts";
import { learningRate } from "./schedule.ts";
import { trainStep } from "./train_step.ts";
import type { TrainOptions } from "./training_options.ts";
import type { TrainingPlan } from "./training_plan.ts";
import type { EpochRecord, TrainingState } from "./training_state.ts";

/** Most steps between two read-backs of the loss. */
const STEPS_BETWEEN_READINGS = 50;

/** One epoch; what is read back, and when, depends on the number of steps alone. */
export async function trainEpoch(
  state: TrainingState,
  options: TrainOptions & {
    readonly plan: TrainingPlan;
    readonly feed: ImageFeed;
  },
): Promise<EpochRecord> {
  const { plan, feed, device, signal, now = () => performance.now() } = options;
  const { steps, stepsPerEpoch, epochs } = plan;
  const epoch = state.history.length + 1;
  const end = Math.min(epoch * stepsPerEpoch, steps);
  const readEvery = Math.min(
    STEPS_BETWEEN_READINGS,
    Math.ceil(stepsPerEpoch / 4),
  );
  const losses = lossMeter();
  let step = (epoch - 1) * stepsPerEpoch;
  let total = 0;
  let last = { step, time: now() };
  try {
    feed.startEpoch(epoch);
    for (let index = 0; step < end; index++) {
      await turnOfEventLoop(); // lets an abort or a GPU error through
      signal?.throwIfAborted();
      feed.moveTo(index);
      const batch = feed.batch();
      try {
        losses.add(trainStep(state, { ...options, batch, step }));
      } finally {
        tf.dispose([batch.x, batch.labels]);
      }
      device.tick();
      step++;
      if (losses.waiting === readEvery || step === end) {
        const values = await losses.read();
        device.tick();
        const bad = values.findIndex((value) => !Number.isFinite(value));
        if (bad >= 0) {
          const at = step - values.length + bad - (epoch - 1) * stepsPerEpoch;
          throw new Error(
            `Cannot go on training "${options.model.name}": the loss is ${
              values[bad]
            } in epoch ${epoch}, step ${at + 1} of ${stepsPerEpoch}`,
          );
        }
        const sum = values.reduce((a, b) => a + b, 0);
        total += sum;
        const time = now();
        const seconds = (time - last.time) / 1000;
        options.onProgress?.({
          epoch,
          epochs,
          step,
          steps,
          loss: sum / values.length,
          imagesPerSecond: (step - last.step) * options.batchSize / seconds,
        });
        last = { step, time };
      }
    }
  } finally {
    losses.dispose();
  }
  const done = end - (epoch - 1) * stepsPerEpoch;
  return {
    epoch,
    loss: total / done,
    learningRate: learningRate(end - 1, plan.schedule),
  };
}
