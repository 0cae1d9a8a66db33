import * as tf from "@tensorflow/tfjs";
import type { Images } from "../data/images.ts";
import { stream } from "../engine/random.ts";
import type { Augmentation } from "./augmentation.ts";

/** A batch on the device. */
export interface Batch {
  /** [n, height, width, channel], values 0…1. */
  readonly x: tf.Tensor4D;
  /** int32 [n]. */
  readonly labels: tf.Tensor1D;
}

/**
 * The batches of one epoch, shuffled and augmented. A last batch that is not
 * full is dropped. Each lives until the next is taken or the loop is left.
 */
export function* batches(
  images: Images,
  { augmentation, batchSize, seed, epoch }: {
    readonly augmentation: Augmentation;
    readonly batchSize: number;
    readonly seed: number;
    /** From 1. */
    readonly epoch: number;
  },
): Generator<Batch> {
  const order = stream(seed, "shuffle", epoch)
    .permutation(images.labels.length);
  const random = stream(seed, "augment", epoch);
  const [height, width, channels] = images.shape;
  const values = new Float32Array(batchSize * height * width * channels);
  for (let end = batchSize; end <= order.length; end += batchSize) {
    const indices = order.subarray(end - batchSize, end);
    augmentation.fill(values, { from: images, indices, random });
    const labels = Int32Array.from(indices, (i) => images.labels[i] as number);
    const batch: Batch = {
      x: tf.tensor4d(values, [batchSize, height, width, channels]),
      labels: tf.tensor1d(labels, "int32"),
    };
    try {
      yield batch;
    } finally {
      tf.dispose([batch.x, batch.labels]);
    }
  }
}
