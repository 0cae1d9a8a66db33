/**
 * What the last layer of a network is given, image by image.
 *
 * @module
 */
import { setImmediate as turnOfEventLoop } from "node:timers/promises";
import * as tf from "@tensorflow/tfjs-core";
import { createNetwork } from "../model/create_network.ts";
import { writeWeights } from "../model/device_weights.ts";
import type { Features } from "./features.ts";
import { everything } from "../model/model.ts";
import { inputOf, type PredictOptions } from "./predict.ts";

/**
 * What {@linkcode extractFeatures} needs. The head of the network may be for
 * other classes, and is not used.
 */
export type ExtractOptions = PredictOptions;

/**
 * The features of all images.
 *
 * @throws {TypeError} if the weights are not of this network
 * @throws {Error} if a feature is not finite, the device reports an error, or the signal aborts
 */
export async function extractFeatures(
  options: ExtractOptions,
): Promise<Features> {
  const { images, device, batchSize = 128 } = options;
  const n = images.labels.length;
  const network = await createNetwork({ ...options, seed: 0 });
  const batches: Float32Array[] = [];
  try {
    const variables = everything(network);
    writeWeights(variables, {
      weights: options.weights,
      names: Object.keys(variables)
        .filter((name) => !network.head.includes(name)),
    });
    for (let start = 0; start < n; start += batchSize) {
      await turnOfEventLoop();
      options.signal?.throwIfAborted();
      const end = Math.min(start + batchSize, n);
      const y = tf.tidy(() =>
        network.features(inputOf(images, { start, end }), { training: false })
      );
      batches.push(await y.data() as Float32Array);
      y.dispose();
      device.tick();
    }
  } finally {
    network.dispose();
  }
  return joined(batches, { n, name: options.model.name });
}

function joined(
  batches: readonly Float32Array[],
  { n, name }: { readonly n: number; readonly name: string },
): Features {
  const size = batches.reduce((sum, { length }) => sum + length, 0);
  const values = new Float32Array(size);
  let start = 0;
  for (const batch of batches) {
    values.set(batch, start);
    start += batch.length;
  }
  const dimension = n === 0 ? 0 : size / n;
  const bad = values.findIndex((value) => !Number.isFinite(value));
  if (bad >= 0) {
    throw new Error(
      `Cannot extract features with "${name}": those of image ${
        Math.floor(bad / dimension)
      } are not finite`,
    );
  }
  return { values, dimension };
}
