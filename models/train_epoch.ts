/**
 * One epoch of training.
 *
 * @module
 */
import { setImmediate as turnOfEventLoop } from "node:timers/promises";
import { epochLosses, stepsBetweenReadings } from "./epoch_losses.ts";
import type { ImageFeed } from "./image_feed.ts";
import { learningRate } from "./schedule.ts";
import type { Stepper } from "./stepper.ts";
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
  const epoch = state.history.length + 1;
  const end = Math.min(epoch * plan.stepsPerEpoch, plan.steps);
  const readEvery = stepsBetweenReadings(plan);
  const losses = epochLosses(epoch, options);
  let step = (epoch - 1) * plan.stepsPerEpoch;
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
      losses.add(values, step);
    }
  }
  return {
    epoch,
    loss: losses.mean(),
    learningRate: learningRate(end - 1, plan.schedule),
  };
}
