import assert from "node:assert/strict";
import * as tf from "@tensorflow/tfjs-core";
import type { Images } from "../../../data/images/images.ts";
import { define } from "../../../engine/define/definition.ts";
import { stream } from "../../../engine/define/random.ts";
import type {
  Augmentation,
  DeviceAugmentation,
} from "../../../models/augmentations/augmentation.ts";
import { cropAndMirror } from "../../../models/augmentations/crop_and_mirror.ts";
import { none } from "../../../models/augmentations/none.ts";
import { warp } from "../../../models/augmentations/warp.ts";
import { wide } from "../../../models/augmentations/wide.ts";
import type { Device } from "../../../models/device/device.ts";
import { deviceFeed } from "../../../models/feeds/device_feed.ts";
import { hostBatches } from "../../../models/feeds/host_feed.ts";
import type { ImageFeed } from "../../../models/feeds/image_feed.ts";
import type { Gpu } from "../../../models/kernels/webgpu/gpu/gpu.ts";
import { residentImages } from "../../../models/feeds/resident_images.ts";
import { composedKernels } from "../../../models/ops/fused_kernel.ts";
import { fewOf } from "../../full.ts";
import { onEachDevice } from "../on_each_device.ts";

const SOFTWARE = { devices: ["webgpu-software"] } as const;

/** An augmentation without WGSL. */
const onHost: Augmentation = define(import.meta.url, "onHost", {
  name: "warp_on_host",
  title: warp.title,
  description: warp.description,
  fill: warp.fill,
});

function gpuOf({ gpu }: Device): Gpu {
  assert.ok(gpu !== undefined);
  return gpu;
}

/** Noise, the hardest images to resample: neighbours have nothing in common. */
function noise(n: number, shape: Images["shape"]): Images {
  const random = stream(1, "noise", ...shape);
  const size = shape[0] * shape[1] * shape[2];
  return {
    images: Uint8Array.from({ length: n * size }, () => random.integer(256)),
    labels: Int32Array.from({ length: n }, (_, i) => i % 5),
    shape,
    classes: ["a", "b", "c", "d", "e"],
  };
}

/** Compares the batches of an epoch with those of the host; gives the largest difference. */
async function difference(
  feed: ImageFeed,
  { images, augmentation, batchSize, seed, epoch }: {
    readonly images: Images;
    readonly augmentation: Augmentation;
    readonly batchSize: number;
    readonly seed: number;
    readonly epoch: number;
  },
): Promise<number> {
  const host = hostBatches(images, { augmentation, batchSize, seed });
  host.startEpoch(epoch);
  feed.startEpoch(epoch);
  let largest = 0;
  for (let index = 0; index < feed.batchesPerEpoch; index++) {
    host.fill(index);
    feed.moveTo(index);
    const { x, labels } = feed.batch();
    assert.deepEqual([...await labels.data()], [...host.labels]);
    const values = await x.data();
    assert.equal(values.length, host.values.length);
    for (const [k, value] of host.values.entries()) {
      largest = Math.max(largest, Math.abs(value - (values[k] as number)));
    }
    tf.dispose([x, labels]);
  }
  return largest;
}

const CASES = [
  ...[none, cropAndMirror, wide].flatMap((augmentation) =>
    [[32, 32, 3], [7, 9, 3]].map((shape) => ({ augmentation, shape }))
  ),
  { augmentation: none, shape: [3, 5, 1] },
  { augmentation: warp, shape: [28, 28, 1] },
  { augmentation: warp, shape: [7, 9, 3] },
  { augmentation: cropAndMirror, shape: [5, 6, 1] },
] as unknown as readonly {
  readonly augmentation: Augmentation;
  readonly shape: Images["shape"];
}[];

const FEW = fewOf(
  CASES,
  ({ augmentation, shape: [height] }) => height !== 32 || augmentation === wide,
);

for (const { augmentation, shape } of FEW) {
  onEachDevice(
    `deviceFeed() gives the batches of the host with ${augmentation.name} of images [${shape}]`,
    async (device) => {
      const images = noise(shape[0] > 20 ? 200 : 603, shape);
      const options = { images, augmentation, batchSize: 50, seed: 3 };
      const feed = deviceFeed(gpuOf(device), options);
      const largest = await difference(feed, { ...options, epoch: 2 });
      assert.ok(largest <= 1e-5, `${largest}`);
      assert.ok(
        !composedKernels("webgpu").includes(`Augment ${augmentation.name}`),
      );
      feed.dispose();
      device.tick();
    },
    SOFTWARE,
  );
}

const fillWithDraws: Augmentation["fill"] = (batch, { from, draw }) => {
  const size = from.shape[0] * from.shape[1] * 3;
  for (let k = 0; k < batch.length; k++) {
    batch[k] = draw(Math.floor(k / size), 5 * (k % 3));
  }
};

const drawsInWgsl: DeviceAugmentation = {
  draws: 11,
  plan: (_, { draw }) => ({
    statements: "",
    values: [0, 5, 10].map((j) => `f32(${draw(j)}) / 16777216.0`),
  }),
  pixel: (_, { number, value }) => ({
    statements: `let image = ${value("row", "column", 0)};`, // a pass uses all that it binds
    values: [0, 1, 2].map((k) => `select(${number(k)}, 0.0, image < 0.0)`),
  }),
};

/** Shows its draws: the values of a pixel are draws 0, 5 and 10 of its image. */
const shown: Augmentation = define(import.meta.url, "shown", {
  name: "shown",
  title: "Draws",
  description: "Draws instead of images.",
  fill: fillWithDraws,
  device: drawsInWgsl,
});

onEachDevice(
  "deviceFeed() draws what the host draws, to the bit",
  async (device) => {
    const images = noise(600, [1, 1, 3]);
    const options = { images, augmentation: shown, batchSize: 200, seed: 9 };
    const feed = deviceFeed(gpuOf(device), options);
    assert.equal(await difference(feed, { ...options, epoch: 7 }), 0);
    feed.dispose();
    device.tick();
  },
  SOFTWARE,
);

onEachDevice(
  "deviceFeed() spreads images over several buffers when one cannot be bound",
  async (device) => {
    const images = noise(53, [7, 9, 3]); // 189 bytes each: 10 in 2,000 bytes
    const options = {
      images,
      augmentation: cropAndMirror,
      batchSize: 20,
      seed: 5,
    };
    const feed = deviceFeed(gpuOf(device), { ...options, limit: 2_000 });
    assert.equal(feed.buffers.length, 6 + 3);
    assert.ok(await difference(feed, { ...options, epoch: 1 }) < 1e-6);
    feed.dispose();
    device.tick();
  },
  SOFTWARE,
);

onEachDevice(
  "deviceFeed() fills on the host, and says so, what a pass cannot bind",
  async (device) => {
    const images = noise(53, [7, 9, 3]);
    const options = { images, augmentation: wide, batchSize: 20, seed: 5 };
    const feed = deviceFeed(gpuOf(device), { ...options, limit: 1_000 });
    assert.equal(feed.buffers.length, 2);
    assert.equal(await difference(feed, { ...options, epoch: 1 }), 0);
    assert.ok(composedKernels("webgpu").includes("Augment wide"));
    feed.dispose();
    device.tick();
  },
  SOFTWARE,
);

onEachDevice(
  "deviceFeed() fills on the host, and says so, when an augmentation has no WGSL",
  async (device) => {
    const images = noise(40, [8, 8, 1]);
    const options = { images, augmentation: onHost, batchSize: 16, seed: 5 };
    const feed = deviceFeed(gpuOf(device), options);
    assert.equal(await difference(feed, { ...options, epoch: 1 }), 0);
    assert.ok(composedKernels("webgpu").includes("Augment warp_on_host"));
    feed.dispose();
    device.tick();
  },
  SOFTWARE,
);

for (
  const [augmentation, shape, message] of [
    [
      cropAndMirror,
      [4, 9, 3],
      "Cannot pad images of shape [4,9,3] by reflection: height and width must be above 4",
    ],
    [
      wide,
      [9, 9, 1],
      "Cannot recolour images of shape [9,9,1]: three channels are needed",
    ],
  ] as const
) {
  onEachDevice(
    `deviceFeed() throws at the first batch when images do not suit ${augmentation.name}`,
    async (device) => {
      const images = noise(4, shape);
      const feed = deviceFeed(gpuOf(device), {
        images,
        augmentation,
        batchSize: 2,
        seed: 0,
      });
      feed.startEpoch(1);
      feed.moveTo(0);
      const { numTensors } = tf.memory();
      assert.throws(() => feed.batch(), { name: "RangeError", message });
      assert.equal(tf.memory().numTensors, numTensors);
      feed.dispose();
      device.tick();
      await Promise.resolve();
    },
    SOFTWARE,
  );
}

/** Counts the bytes of the buffers that are made and not destroyed while `body` runs. */
async function watchBuffers(
  gpu: Gpu,
  body: (alive: () => number) => Promise<void>,
): Promise<void> {
  const { device } = gpu;
  const create = device.createBuffer;
  let bytes = 0;
  device.createBuffer = (description) => {
    const buffer = create.call(device, description);
    bytes += buffer.size;
    const destroy = buffer.destroy.bind(buffer);
    buffer.destroy = () => {
      bytes -= buffer.size;
      return destroy();
    };
    return buffer;
  };
  try {
    await body(() => bytes);
  } finally {
    device.createBuffer = create;
  }
}

onEachDevice(
  "residentImages() uploads a set once for all holders and frees it with the last",
  async (device) => {
    const gpu = gpuOf(device);
    const images = noise(11, [8, 8, 3]);
    await watchBuffers(gpu, async (alive) => {
      const first = residentImages(gpu, images);
      const uploaded = alive();
      assert.equal(uploaded, images.images.length + 4 * images.labels.length);
      const second = residentImages(gpu, images);
      assert.equal(alive(), uploaded);
      assert.deepEqual(first.shards, second.shards);
      first.release();
      assert.equal(alive(), uploaded);
      second.release();
      assert.equal(alive(), 0);
      // The same images in another object are another set.
      const [third, fourth] = [images, { ...images }].map((set) =>
        residentImages(gpu, set)
      );
      assert.equal(alive(), 2 * uploaded);
      third?.release();
      fourth?.release();
      assert.equal(alive(), 0);
      await Promise.resolve();
    });
  },
  SOFTWARE,
);

onEachDevice(
  "dispose() of a device feed frees its buffers, though passes that read them wait",
  async (device) => {
    const gpu = gpuOf(device);
    const images = noise(9, [8, 8, 3]);
    const make = (augmentation: Augmentation) => {
      const feed = deviceFeed(gpu, {
        images,
        augmentation,
        batchSize: 4,
        seed: 1,
      });
      feed.startEpoch(1);
      feed.moveTo(0);
      return feed;
    };
    const warm = make(none); // leaves the plan and the tensors of a batch in the pool
    tf.dispose(Object.values(warm.batch()));
    warm.dispose();
    await watchBuffers(gpu, async (alive) => {
      const feed = make(none);
      const { x, labels } = feed.batch();
      assert.ok(alive() > images.images.length);
      const tensors = alive() -
        feed.buffers.reduce((sum, buffer) => sum + buffer.size, 0);
      feed.dispose();
      assert.equal(alive(), tensors);
      const host = hostBatches(images, {
        augmentation: none,
        batchSize: 4,
        seed: 1,
      });
      host.startEpoch(1);
      host.fill(0);
      assert.deepEqual([...await labels.data()], [...host.labels]);
      tf.dispose([x, labels]);
      const upload = make(onHost);
      upload.dispose();
    });
    device.tick();
  },
  SOFTWARE,
);
