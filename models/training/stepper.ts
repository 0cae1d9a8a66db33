/**
 * The steps of a training, one after the other: computed by tfjs each time, or
 * captured once and replayed where a GPU can.
 *
 * @module
 */
import * as tf from "@tensorflow/tfjs-core";
import type { Gpu } from "../kernels/webgpu/gpu/gpu.ts";
import { softmaxCrossEntropy } from "../ops/cross_entropy.ts";
import "../ops/gradients.ts";
import { type CapturedStep, captureStep } from "../replay/capture.ts";
import { openReplayer, type Replayer } from "../replay/replayer.ts";
import { learningRate, STEPS_BETWEEN_READINGS } from "./plan.ts";
import { changing, type Training } from "./state.ts";

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

/** The fastest stepper that the device has. Both give the same bytes. */
export function openStepper(training: Training): Stepper {
  const { gpu } = training.options.device;
  return gpu === undefined
    ? eagerStepper(training)
    : replayingStepper(training, gpu);
}

/**
 * Step `step` (from 0, of all epochs), by tfjs, with the batch that the feed
 * was moved to: forward, backward, update, average. The loss stays on the device.
 */
export function trainStep(training: Training, step: number): tf.Scalar {
  const { feed, network, trained, optimizer, average, plan } = training;
  const { labelSmoothing = 0, clipNorm, trainable } = training.options;
  return tf.tidy(() => {
    const { x, labels } = feed.batch();
    const logits = trainable === "head"
      ? probe(network, x)
      : () => network.forward(x, { training: true });
    const { value, grads } = tf.variableGrads(
      () =>
        softmaxCrossEntropy(logits(), labels, { smoothing: labelSmoothing }),
      Object.values(trained),
    );
    const gradients = Object.fromEntries(
      Object.entries(trained).map((
        [name, { name: variable }],
      ) => [name, grads[variable] as tf.Tensor]),
    );
    optimizer.update(gradients, {
      step,
      learningRate: learningRate(step, plan.schedule),
      ...(clipNorm === undefined ? {} : { clipNorm }),
    });
    average?.update(step);
    return value;
  });
}

/**
 * The head, over features that are computed once, before anything is
 * differentiated: tfjs fuses less while it records for a gradient.
 */
function probe(
  network: Training["network"],
  x: tf.Tensor4D,
): () => tf.Tensor2D {
  const features = network.features(x, { training: false });
  return () => network.logits(features);
}

/** A stepper that computes every step by tfjs anew. */
export function eagerStepper(training: Training): Stepper {
  let losses: tf.Scalar[] = [];
  return {
    get waiting() {
      return losses.length;
    },
    take(step) {
      losses.push(tf.keep(trainStep(training, step)));
    },
    async readLosses() {
      const joined = tf.stack(losses);
      tf.dispose(losses);
      losses = [];
      const values = await joined.data() as Float32Array;
      joined.dispose();
      return values;
    },
    dispose() {
      tf.dispose(losses);
      losses = [];
    },
  };
}

/**
 * The first step is captured, the others replay it: per step the host writes
 * the place in the epoch, the learning rate and the like, and submits once.
 */
function replayingStepper(training: Training, gpu: Gpu): Stepper {
  const { plan, optimizer, average } = training;
  const carried = changing(training);
  let captured: CapturedStep | undefined;
  let replayer: Replayer | undefined;
  return {
    get waiting() {
      return replayer?.waiting ?? 0;
    },
    take(step) {
      if (replayer === undefined) {
        captured = captureStep(gpu, {
          step: () => trainStep(training, step),
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
      optimizer.advance({
        step,
        learningRate: learningRate(step, plan.schedule),
      });
      average?.advance(step);
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
