/**
 * Predictions of trained networks.
 *
 * @module
 */
import { setImmediate as turnOfEventLoop } from "node:timers/promises";
import * as tf from "@tensorflow/tfjs-core";
import type { Images } from "../../data/images/images.ts";
import { unitValues } from "../augmentations/augmentation.ts";
import type { Device } from "../device/device.ts";
import { createNetwork } from "../model/create_network.ts";
import { writeWeights } from "../model/device_weights.ts";
import {
  architectureOf,
  everything,
  type Model,
  type ModelOptions,
  type Network,
} from "../model/model.ts";
import type { Weights } from "../model/weights.ts";

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
  /** Stops the prediction between two batches. */
  readonly signal?: AbortSignal;
}

/** Batches whose logits wait on the device until they are read together. */
export const BATCHES_BETWEEN_READINGS = 8;

/**
 * The logits of all images: [n, classes], row-major.
 *
 * @throws {TypeError} if the weights are not of this network
 * @throws {Error} if a logit is not finite, the device reports an error, or the signal aborts
 */
export async function predict(options: PredictOptions): Promise<Float32Array> {
  const { images, device, batchSize = 128 } = options;
  const n = images.labels.length;
  device.gpu?.turnTo(architectureOf(options));
  const network = await networkWith(options.weights, options);
  const logits = new Float32Array(n * images.classes.length);
  let waiting: tf.Tensor2D[] = [];
  let read = 0;
  try {
    for (let start = 0; start < n; start += batchSize) {
      await turnOfEventLoop();
      options.signal?.throwIfAborted();
      const end = Math.min(start + batchSize, n);
      waiting.push(logitsOf(network, images, { start, end }));
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
  checkLogits(logits, options);
  return logits;
}

/**
 * A network of the model that is used, with these weights.
 *
 * @throws {TypeError} if they are not of this network
 */
export async function networkWith(
  weights: Weights,
  options: Pick<PredictOptions, "model" | "modelOptions" | "images">,
): Promise<Network> {
  const network = await createNetwork({ ...options, seed: 0 });
  try {
    writeWeights(everything(network), { weights });
    return network;
  } catch (error) {
    network.dispose();
    throw error;
  }
}

/** The logits of the images from `start` to `end`, on the device. */
export function logitsOf(
  network: Network,
  images: Images,
  { start, end }: { readonly start: number; readonly end: number },
): tf.Tensor2D {
  return tf.tidy(() =>
    network.forward(inputOf(images, { start, end }), { training: false })
  );
}

/** The images from `start` to `end` as the network takes them, on the device. */
export function inputOf(
  images: Images,
  { start, end }: { readonly start: number; readonly end: number },
): tf.Tensor4D {
  const values = unitValuesOf(images, { start, end });
  return tf.tensor4d(values, [end - start, ...images.shape]);
}

/** The pixels of the images from `start` to `end` as the network takes them: [n, height, width, channel], 0…1. */
export function unitValuesOf(
  { images, shape }: Images,
  { start, end }: { readonly start: number; readonly end: number },
): Float32Array<ArrayBuffer> {
  const size = shape[0] * shape[1] * shape[2];
  const values = new Float32Array((end - start) * size);
  // A plain loop: Float32Array.from() with a function takes as long as the network.
  for (let i = 0; i < values.length; i++) {
    values[i] = unitValues[images[start * size + i] as number] as number;
  }
  return values;
}

/**
 * Checks the logits of all images.
 *
 * @throws {Error} if one is not finite
 */
export function checkLogits(
  logits: Float32Array,
  { model, images }: Pick<PredictOptions, "model" | "images">,
): void {
  const bad = logits.findIndex((value) => !Number.isFinite(value));
  if (bad < 0) return;
  throw new Error(
    `Cannot predict with "${model.name}": the logits of image ${
      Math.floor(bad / images.classes.length)
    } are not finite`,
  );
}
