/**
 * Feeds: what gives a training its batches, from images on the host or on a GPU.
 *
 * @module
 */
import type * as tf from "@tensorflow/tfjs-core";
import type { Images } from "../../data/images/images.ts";
import type { Augmentation } from "../augmentations/augmentation.ts";

/** A batch on the device. */
export interface Batch {
  /** Pixels: float32 [n, height, width, channel], values 0…1. */
  readonly x: tf.Tensor4D;
  /** Class numbers: int32 [n]. */
  readonly labels: tf.Tensor1D;
}

/** What the batches of a training are made from. */
export interface FeedOptions {
  readonly augmentation: Augmentation;
  readonly batchSize: number;
  /** Seed of the order and of the augmentation. */
  readonly seed: number;
}

/** Gives a training its batches. A last batch of an epoch that is not full is dropped. */
export interface ImageFeed {
  /** Begins an epoch (from 1): its order is the permutation of `stream(seed, "shuffle", epoch)`. */
  startEpoch(epoch: number): void;
  /**
   * Makes batch `index` (from 0) of the epoch the next one. On a GPU it writes
   * buffers through `gpu.write` and runs nothing: never part of a recorded step.
   *
   * @throws {RangeError} if no epoch has begun, or it has no such batch
   */
  moveTo(index: number): void;
  /**
   * The batch, which the caller disposes before the next move. On a GPU these are passes that read
   * `buffers`: they may be recorded, and give another batch after a move.
   */
  batch(): Batch;
  /** What a recorded step reads on the GPU, in an order that is the same for every feed of one shape; empty on the host. */
  readonly buffers: readonly GPUBuffer[];
  readonly batchesPerEpoch: number;
  /** Frees what the feed holds. */
  dispose(): void;
}

/**
 * The place in the epoch's order of the first image of batch `index`.
 *
 * @param options.epoch the one that has begun; 0 for none
 * @throws {RangeError} if no epoch has begun, or it has no such batch
 */
export function firstOf(
  index: number,
  { epoch, batchSize, images }: {
    readonly epoch: number;
    readonly batchSize: number;
    readonly images: Images;
  },
): number {
  const n = Math.floor(images.labels.length / batchSize);
  if (epoch < 1) {
    throw new RangeError(`Cannot move to batch ${index}: no epoch has begun`);
  }
  if (!Number.isInteger(index) || index < 0 || index >= n) {
    throw new RangeError(
      `Cannot move to batch ${index} of an epoch: it has ${n} batches`,
    );
  }
  return index * batchSize;
}
