import * as tf from "@tensorflow/tfjs-core";
import type { Images } from "../../data/images/images.ts";
import { drawsOf, philoxKey } from "../../engine/define/philox.ts";
import { stream } from "../../engine/define/random.ts";
import { type FeedOptions, firstOf, type ImageFeed } from "./image_feed.ts";

/** Fills batches on the host, one after the other. */
export interface HostBatches {
  startEpoch(epoch: number): void;
  /** Fills `values` and `labels` with batch `index` of the epoch. */
  fill(index: number): void;
  /** Pixels: [batch, height, width, channel], values 0…1. */
  readonly values: Float32Array<ArrayBuffer>;
  /** Class numbers: [batch]. */
  readonly labels: Int32Array<ArrayBuffer>;
}

/** The batches of a training, shuffled and augmented on the host. */
export function hostBatches(
  images: Images,
  { augmentation, batchSize, seed }: FeedOptions,
): HostBatches {
  const [height, width, channels] = images.shape;
  const values = new Float32Array(batchSize * height * width * channels);
  const labels = new Int32Array(batchSize);
  const key = philoxKey(seed, "augment");
  let epoch = 0;
  let order: Uint32Array = new Uint32Array();
  let draw = drawsOf(key, epoch);
  return {
    values,
    labels,
    startEpoch(next) {
      epoch = next;
      order = stream(seed, "shuffle", epoch).permutation(images.labels.length);
      draw = drawsOf(key, epoch);
    },
    fill(index) {
      const first = firstOf(index, { epoch, batchSize, images });
      const indices = order.subarray(first, first + batchSize);
      augmentation.fill(values, {
        from: images,
        indices,
        draw: (i, j) => draw(first + i, j),
      });
      for (let i = 0; i < batchSize; i++) {
        labels[i] = images.labels[indices[i] as number] as number;
      }
    },
  };
}

/** A feed that augments on the host and hands over tensors; it holds none. */
export function hostFeed(images: Images, options: FeedOptions): ImageFeed {
  const { batchSize } = options;
  const batches = hostBatches(images, options);
  const { values, labels } = batches;
  return {
    buffers: [],
    batchesPerEpoch: Math.floor(images.labels.length / batchSize),
    startEpoch: batches.startEpoch,
    moveTo: batches.fill,
    batch: () => ({
      x: tf.tensor4d(values, [batchSize, ...images.shape]),
      labels: tf.tensor1d(labels, "int32"),
    }),
    dispose() {},
  };
}
