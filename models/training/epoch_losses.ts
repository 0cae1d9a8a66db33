/**
 * The losses of an epoch: summed up, reported, and checked.
 *
 * @module
 */
import type { EpochRecord } from "./options.ts";
import { learningRate } from "./plan.ts";
import type { Training } from "./state.ts";

/** Takes the losses of an epoch. */
export interface EpochLosses {
  /**
   * Takes the losses of the steps since the last call, up to step `step` (of all epochs).
   *
   * @throws {Error} if one is not finite
   */
  add(values: Float32Array, step: number): void;
  /** What is said about the epoch, once all its losses are taken. */
  record(): EpochRecord;
}

/** The losses of epoch `epoch` (from 1), none of them taken yet. */
export function epochLosses(
  epoch: number,
  { plan, options }: Pick<Training, "plan" | "options">,
): EpochLosses {
  const { steps, stepsPerEpoch, epochs, schedule } = plan;
  const { model, onProgress } = options;
  const first = (epoch - 1) * stepsPerEpoch;
  let last = first;
  let total = 0;
  return {
    add(values, step) {
      const bad = values.findIndex((value) => !Number.isFinite(value));
      if (bad >= 0) {
        const at = step - values.length + bad - first;
        throw new Error(
          `Cannot go on training "${model.name}": the loss is ${
            values[bad]
          } in epoch ${epoch}, step ${at + 1} of ${stepsPerEpoch}`,
        );
      }
      const sum = values.reduce((a, b) => a + b, 0);
      total += sum;
      onProgress?.({
        epoch,
        epochs,
        step,
        steps,
        loss: sum / values.length,
      });
      last = step;
    },
    record: () => ({
      epoch,
      loss: total / (last - first),
      learningRate: learningRate(last - 1, schedule),
    }),
  };
}
