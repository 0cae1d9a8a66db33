/**
 * Predictions of trained networks.
 *
 * @module
 */
import { setImmediate as turnOfEventLoop } from "node:timers/promises";
import * as tf from "@tensorflow/tfjs";
import type { Images } from "../data/images.ts";
import { unitValues } from "./augmentation.ts";
import type { Device } from "./device.ts";
import { writeWeights } from "./device_weights.ts";
import type { Model, ModelOptions } from "./model.ts";
import { everything } from "./training_state.ts";
import type { Weights } from "./weights.ts";

/** What {@linkcode predict} needs. */
export interface PredictOptions {
  readonly model: Model;
  /** Settings the model was trained with; its defaults where left out. */
  readonly modelOptions?: ModelOptions;
  readonly weights: Weights;
  readonly images: Images;
  /** Images at a time; 128 where left out. Changes speed and memory alone. */
  readonly batchSize?: number;
  readonly device: Device;
  /** Stops between two batches. */
  readonly signal?: AbortSignal;
}

/** Batches whose logits wait on the device until they are read together. */
const BATCHES_BETWEEN_READINGS = 8;

/**
 * The logits of all images: [n, classes], row-major.
 *
 * @throws {TypeError} if the weights are not of this network
 * @throws {Error} if a logit is not finite, the device reports an error, or the signal aborts
 */
export async function predict(options: PredictOptions): Promise<Float32Array> {
  const { model, modelOptions, images, device, batchSize = 128 } = options;
  const n = images.labels.length;
  const classes = images.classes.length;
  const network = model.create({
    inputShape: images.shape,
    classes,
    seed: 0,
    ...(modelOptions === undefined ? {} : { options: modelOptions }),
  });
  const logits = new Float32Array(n * classes);
  let waiting: tf.Tensor2D[] = [];
  let read = 0;
  try {
    writeWeights(everything(network), { weights: options.weights });
    for (let start = 0; start < n; start += batchSize) {
      await turnOfEventLoop();
      options.signal?.throwIfAborted();
      waiting.push(tf.tidy(() =>
        network.forward(
          upload(images, { start, end: Math.min(start + batchSize, n) }),
          { training: false },
        )
      ));
      device.tick();
      if (
        waiting.length === BATCHES_BETWEEN_READINGS || start + batchSize >= n
      ) {
        const joined = tf.concat(waiting);
        tf.dispose(waiting);
        waiting = [];
        const values = await joined.data();
        joined.dispose();
        device.tick();
        logits.set(values, read);
        read += values.length;
      }
    }
  } finally {
    tf.dispose(waiting);
    network.dispose();
  }
  const bad = logits.findIndex((value) => !Number.isFinite(value));
  if (bad >= 0) {
    throw new Error(
      `Cannot predict with "${model.name}": the logits of image ${
        Math.floor(bad / classes)
      } are not finite`,
    );
  }
  return logits;
}

function upload(
  { images, shape }: Images,
  { start, end }: { readonly start: number; readonly end: number },
): tf.Tensor4D {
  const size = shape[0] * shape[1] * shape[2];
  const values = new Float32Array((end - start) * size);
  // A plain loop: Float32Array.from() with a function takes as long as the network.
  for (let i = 0; i < values.length; i++) {
    values[i] = unitValues[images[start * size + i] as number] as number;
  }
  return tf.tensor4d(values, [end - start, ...shape]);
}
