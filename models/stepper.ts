/**
 * The steps of a training, one after the other: computed by tfjs each time, or
 * captured once and replayed where a GPU can.
 *
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import type { ImageFeed } from "./image_feed.ts";
import { lossMeter } from "./loss_meter.ts";
import { type CapturedStep, captureStep } from "./replay/capture.ts";
import { openReplayer, type Replayer } from "./replay/replayer.ts";
import { learningRate } from "./schedule.ts";
import { trainStep } from "./train_step.ts";
import type { TrainOptions } from "./training_options.ts";
import type { TrainingPlan } from "./training_plan.ts";
import { changing, type TrainingState } from "./training_state.ts";

/** Most steps between two readings of the loss. */
export const STEPS_BETWEEN_READINGS = 50;

/** Takes the steps of one training. */
export interface Stepper {
  /** Losses that wait to be read. */
  readonly waiting: number;
  /** Takes step `step` (from 0, of all epochs) with the batch that the feed was moved to. */
  take(step: number): void;
  /** The losses since the last reading, in order, with one read-back. */
  readLosses(): Promise<Float32Array>;
  /** Frees what the stepper holds. */
  dispose(): void;
}

/** What a stepper needs. */
export interface StepperOptions extends TrainOptions {
  readonly plan: TrainingPlan;
  readonly feed: ImageFeed;
}

/** The fastest stepper that the device has. Both give the same bytes. */
export function openStepper(
  state: TrainingState,
  options: StepperOptions,
): Stepper {
  return options.device.gpu === undefined
    ? eagerStepper(state, options)
    : replayingStepper(state, { ...options, gpu: options.device.gpu });
}

/** Computes a step by tfjs, with the batch that the feed was moved to. The loss stays on the device. */
export function computeStep(
  state: TrainingState,
  options: StepperOptions & { readonly step: number },
): tf.Scalar {
  const batch = options.feed.batch();
  try {
    return trainStep(state, { ...options, batch });
  } finally {
    tf.dispose([batch.x, batch.labels]);
  }
}

/** A stepper that computes every step by tfjs anew. */
export function eagerStepper(
  state: TrainingState,
  options: StepperOptions,
): Stepper {
  const losses = lossMeter();
  return {
    get waiting() {
      return losses.waiting;
    },
    take: (at) => losses.add(computeStep(state, { ...options, step: at })),
    readLosses: () => losses.read(),
    dispose: () => losses.dispose(),
  };
}

/**
 * The first step is captured, the others replay it: per step the host writes
 * the place in the epoch, the learning rate and the like, and submits once.
 */
function replayingStepper(
  state: TrainingState,
  options: StepperOptions & {
    readonly gpu: NonNullable<TrainOptions["device"]["gpu"]>;
  },
): Stepper {
  const { gpu, plan } = options;
  const carried = changing(state);
  let captured: CapturedStep | undefined;
  let replayer: Replayer | undefined;
  return {
    get waiting() {
      return replayer?.waiting ?? 0;
    },
    take(at) {
      if (replayer === undefined) {
        captured = captureStep(gpu, {
          step: () => computeStep(state, { ...options, step: at }),
          carried,
        });
        const loss = gpu.bufferOf(captured.output);
        replayer = openReplayer(gpu.device, captured.recording, {
          outputs: [{ buffer: loss, offset: 0, bytes: 4 }],
          capacity: STEPS_BETWEEN_READINGS,
        });
        replayer.keep(); // the step has just been taken
        return;
      }
      state.optimizer.advance({
        step: at,
        learningRate: learningRate(at, plan.schedule),
      });
      state.average?.advance(at);
      replayer.step();
      carried.forEach(gpu.touched);
    },
    readLosses: () => replayer?.read() ?? Promise.resolve(new Float32Array()),
    dispose() {
      replayer?.dispose();
      captured?.dispose();
    },
  };
}
