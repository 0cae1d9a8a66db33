/**
 * The feed of a device: batches that are made on a GPU where there is one.
 *
 * @module
 */
import * as tf from "@tensorflow/tfjs-core";
import type { Images } from "../../data/images/images.ts";
import { philoxKey } from "../../engine/define/philox.ts";
import { stream } from "../../engine/define/random.ts";
import type { DeviceAugmentation } from "../augmentations/augmentation.ts";
import type { Device } from "../device/device.ts";
import { hostBatches, hostFeed } from "./host_feed.ts";
import {
  type Batch,
  type FeedOptions,
  firstOf,
  type ImageFeed,
} from "./image_feed.ts";
import {
  type BatchPrograms,
  batchPrograms,
  copyProgram,
  STEP_BYTES,
} from "./augment_code.ts";
import type { Gpu } from "../kernels/webgpu/gpu/gpu.ts";
import {
  destroy,
  imagesPerShard,
  residentImages,
  shardLimit,
} from "./resident_images.ts";
import { recordFallback } from "../ops/fused_kernel.ts";

/** The feed that suits the device of a training: images stay on a GPU. */
export function openFeed(
  images: Images,
  { device, ...options }: FeedOptions & { readonly device: Device },
): ImageFeed {
  return device.gpu === undefined
    ? hostFeed(images, options)
    : deviceFeed(device.gpu, { ...options, images });
}

/** What a device feed is made of. */
export type DeviceFeedOptions = FeedOptions & {
  readonly images: Images;
  /** Largest buffer of images in bytes; what the GPU can bind where left out. */
  readonly limit?: number;
};

/**
 * A feed whose images stay on the GPU, shared with other feeds of the same
 * `images`. An augmentation without WGSL, or images that need more buffers than
 * one pass can bind, are filled on the host and uploaded batch by batch: a
 * fallback that is recorded. Whether the images suit the augmentation shows
 * with the first batch.
 */
export function deviceFeed(gpu: Gpu, options: DeviceFeedOptions): ImageFeed {
  const { images, augmentation, limit = shardLimit(gpu) } = options;
  const perShard = imagesPerShard(images.shape, limit);
  const shards = Math.ceil(images.labels.length / perShard);
  // A pass binds the batch and its plan too.
  const most = gpu.device.limits.maxStorageBuffersPerShaderStage - 2;
  if (augmentation.device === undefined || shards > most) {
    recordFallback(`Augment ${augmentation.name}`, { backend: "webgpu" });
    return uploadFeed(gpu, options);
  }
  return residentFeed(gpu, {
    ...options,
    limit,
    device: augmentation.device,
  });
}

function residentFeed(
  gpu: Gpu,
  { images, batchSize, seed, limit, device }:
    & DeviceFeedOptions
    & { readonly limit: number; readonly device: DeviceAugmentation },
): ImageFeed {
  const n = images.labels.length;
  const [key0, key1] = philoxKey(seed, "augment");
  const resident = residentImages(gpu, images, { limit });
  const order = bufferOf(gpu, {
    bytes: 4 * n,
    usage: GPUBufferUsage.STORAGE,
  });
  const step = bufferOf(gpu, {
    bytes: STEP_BYTES,
    usage: GPUBufferUsage.UNIFORM,
  });
  let epoch = 0;
  let programs: BatchPrograms | undefined;
  return {
    batchesPerEpoch: Math.floor(n / batchSize),
    buffers: [...resident.shards, resident.labels, order, step],
    startEpoch(next) {
      epoch = next;
      const permutation = stream(seed, "shuffle", epoch).permutation(n);
      gpu.write(order, permutation as Uint32Array<ArrayBuffer>);
    },
    moveTo(index) {
      const first = firstOf(index, { epoch, batchSize, images });
      gpu.write(step, Uint32Array.of(first, epoch, key0, key1));
    },
    batch() {
      programs ??= batchPrograms(device, {
        batchSize,
        shape: images.shape,
        perShard: resident.perShard,
        shards: resident.shards.length,
        lanes: gpu.tiling.lanes,
      });
      const { plan, pixels, planWords } = programs;
      const x = gpu.output([batchSize, ...images.shape]);
      const labels = gpu.output([batchSize], "int32");
      const buffer = gpu.workspace("plan of a batch", 4 * planWords);
      gpu.run({
        ...plan,
        bind: [
          labels,
          ...[buffer, order, resident.labels, step].map(bound),
        ],
        written: 1,
      });
      gpu.run({
        ...pixels,
        bind: [x, ...[buffer, ...resident.shards].map(bound)],
        written: 1,
      });
      return batchOf(x, labels);
    },
    dispose() {
      resident.release();
      destroy(gpu, [order, step]);
    },
  };
}

/** The fallback: the host writes whole batches. */
function uploadFeed(
  gpu: Gpu,
  { images, ...options }: DeviceFeedOptions,
): ImageFeed {
  const { batchSize } = options;
  const host = hostBatches(images, options);
  const usage = GPUBufferUsage.STORAGE;
  const values = bufferOf(gpu, { bytes: host.values.byteLength, usage });
  const labelBuffer = bufferOf(gpu, { bytes: host.labels.byteLength, usage });
  return {
    batchesPerEpoch: Math.floor(images.labels.length / batchSize),
    buffers: [values, labelBuffer],
    startEpoch: host.startEpoch,
    moveTo(index) {
      host.fill(index);
      gpu.write(values, host.values);
      gpu.write(labelBuffer, new Uint32Array(host.labels.buffer));
    },
    batch() {
      const x = gpu.output([batchSize, ...images.shape]);
      const labels = gpu.output([batchSize], "int32");
      const { lanes } = gpu.tiling;
      for (
        const [tensor, buffer] of [[x, values], [labels, labelBuffer]] as const
      ) {
        gpu.run({
          ...copyProgram(tf.util.sizeFromShape(tensor.shape), { lanes }),
          bind: [tensor, { buffer }],
          written: 1,
        });
      }
      return batchOf(x, labels);
    },
    dispose() {
      destroy(gpu, [values, labelBuffer]);
    },
  };
}

function bufferOf(
  { device }: Gpu,
  { bytes, usage }: { readonly bytes: number; readonly usage: number },
): GPUBuffer {
  return device.createBuffer({
    size: bytes,
    usage: usage | GPUBufferUsage.COPY_DST,
  });
}

function bound(buffer: GPUBuffer): GPUBufferBinding {
  return { buffer };
}

/** Makes tensors of what passes wrote. */
function batchOf(x: tf.TensorInfo, labels: tf.TensorInfo): Batch {
  const engine = tf.engine();
  return {
    x: engine.makeTensorFromTensorInfo(x) as tf.Tensor4D,
    labels: engine.makeTensorFromTensorInfo(labels) as tf.Tensor1D,
  };
}
