/**
 * Image sets that stay on the GPU.
 *
 * @module
 */
import type { Images } from "../../data/images/images.ts";
import type { Gpu } from "../kernels/webgpu/gpu/gpu.ts";

/** An image set on the GPU: bytes as in `Images`, four to a u32. */
export interface ResidentImages {
  /** Whole images one after the other, `perShard` in each but the last. */
  readonly shards: readonly GPUBuffer[];
  readonly perShard: number;
  /** Class numbers: u32 [n]. */
  readonly labels: GPUBuffer;
  /** To be called once by each holder; the last one frees the buffers. */
  release(): void;
}

interface Entry {
  readonly resident: Omit<ResidentImages, "release">;
  holders: number;
}

/** The sets on each GPU, by the object they were uploaded from. */
const resident = new WeakMap<Gpu, Map<Images, Entry>>();

/** How many images fit into a buffer of `limit` bytes that holds whole words. */
export function imagesPerShard(shape: Images["shape"], limit: number): number {
  const size = shape[0] * shape[1] * shape[2];
  return Math.floor(4 * Math.floor(limit / 4) / size);
}

/** The largest buffer that a pass can bind, in bytes. */
export function shardLimit({ device }: Gpu): number {
  const { maxStorageBufferBindingSize, maxBufferSize } = device.limits;
  return Math.min(maxStorageBufferBindingSize, maxBufferSize);
}

/**
 * Puts images on the GPU; who asks for the same object again shares them.
 *
 * @param options.limit largest buffer in bytes; at least one image must fit. Counts for the first holder.
 */
export function residentImages(
  gpu: Gpu,
  images: Images,
  { limit = shardLimit(gpu) }: { readonly limit?: number } = {},
): ResidentImages {
  let sets = resident.get(gpu);
  if (sets === undefined) {
    sets = new Map();
    resident.set(gpu, sets);
  }
  let entry = sets.get(images);
  if (entry === undefined) {
    entry = { resident: upload(gpu, images, limit), holders: 0 };
    sets.set(images, entry);
  }
  const mine = entry;
  mine.holders++;
  return {
    ...mine.resident,
    release() {
      mine.holders--;
      if (mine.holders > 0) return;
      destroy(gpu, [...mine.resident.shards, mine.resident.labels]);
      resident.get(gpu)?.delete(images);
    },
  };
}

function upload(
  gpu: Gpu,
  { images, labels, shape }: Images,
  limit: number,
): Omit<ResidentImages, "release"> {
  const perShard = imagesPerShard(shape, limit);
  const bytes = perShard * shape[0] * shape[1] * shape[2];
  const shards: GPUBuffer[] = [];
  for (let start = 0; start < images.length; start += bytes) {
    const part = images.subarray(start, start + bytes);
    shards.push(filled(gpu.device, part));
  }
  const numbers = Uint32Array.from(labels);
  return {
    shards,
    perShard,
    labels: filled(gpu.device, new Uint8Array(numbers.buffer)),
  };
}

/** A buffer that holds `bytes`. */
function filled(device: GPUDevice, bytes: Uint8Array): GPUBuffer {
  const buffer = device.createBuffer({
    size: 4 * Math.ceil(bytes.length / 4),
    usage: GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_SRC,
    mappedAtCreation: true,
  });
  new Uint8Array(buffer.getMappedRange()).set(bytes);
  buffer.unmap();
  return buffer;
}

/** Gives back buffers that are not tfjs's, after everything that was recorded so far. */
export function destroy(gpu: Gpu, buffers: readonly GPUBuffer[]): void {
  gpu.flush(); // what is recorded may still read them
  for (const buffer of buffers) buffer.destroy();
}
