/**
 * One epoch of training.
 *
 * @module
 */
import { setImmediate as turnOfEventLoop } from "node:timers/promises";
import type { ImageFeed } from "./image_feed.ts";
import { learningRate } from "./schedule.ts";
import { type Stepper, STEPS_BETWEEN_READINGS } from "./stepper.ts";
import type { TrainOptions } from "./training_options.ts";
import type { TrainingPlan } from "./training_plan.ts";
import type { EpochRecord, TrainingState } from "./training_state.ts";

/** One epoch; what is read back, and when, depends on the number of steps alone. */
export async function trainEpoch(
  state: TrainingState,
  options: TrainOptions & {
    readonly plan: TrainingPlan;
    readonly feed: ImageFeed;
    readonly stepper: Stepper;
  },
): Promise<EpochRecord> {
  const { plan, feed, stepper, device, signal } = options;
  const { now = () => performance.now() } = options;
  const { steps, stepsPerEpoch, epochs } = plan;
  const epoch = state.history.length + 1;
  const end = Math.min(epoch * stepsPerEpoch, steps);
  const readEvery = Math.min(
    STEPS_BETWEEN_READINGS,
    Math.ceil(stepsPerEpoch / 4),
  );
  let step = (epoch - 1) * stepsPerEpoch;
  let total = 0;
  let last = { step, time: now() };
  feed.startEpoch(epoch);
  for (let index = 0; step < end; index++) {
    await turnOfEventLoop(); // lets an abort or a GPU error through
    signal?.throwIfAborted();
    feed.moveTo(index);
    stepper.take(step);
    device.tick();
    step++;
    if (stepper.waiting === readEvery || step === end) {
      const values = await stepper.readLosses();
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
  const done = end - (epoch - 1) * stepsPerEpoch;
  return {
    epoch,
    loss: total / done,
    learningRate: learningRate(end - 1, plan.schedule),
  };
}
