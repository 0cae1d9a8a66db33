import assert from "node:assert/strict";
import * as tf from "@tensorflow/tfjs-core";
import type { Images } from "../../../data/images/images.ts";
import { define } from "../../../engine/define/definition.ts";
import { stream } from "../../../engine/define/random.ts";
import type { Augmentation } from "../../../models/augmentations/augmentation.ts";
import { cropAndMirror } from "../../../models/augmentations/crop_and_mirror.ts";
import { none } from "../../../models/augmentations/none.ts";
import { warp } from "../../../models/augmentations/warp.ts";
import type { Device } from "../../../models/device/device.ts";
import type {
  FeedOptions,
  ImageFeed,
} from "../../../models/feeds/image_feed.ts";
import { openFeed } from "../../../models/feeds/device_feed.ts";
import { onEachDevice } from "../on_each_device.ts";
import { randomImages } from "../training_fixture.ts";

const images = randomImages(10);
const given = { augmentation: none, batchSize: 4, seed: 0 };

/** An augmentation without WGSL. */
const onHost: Augmentation = define(import.meta.url, "onHost", {
  name: "warp_on_host",
  title: warp.title,
  description: warp.description,
  fill: warp.fill,
});

interface Seen {
  readonly labels: readonly number[];
  readonly pixels: readonly number[];
}

/** What the next batch holds. */
async function seen(feed: ImageFeed): Promise<Seen> {
  const { x, labels } = feed.batch();
  assert.deepEqual(x.shape, [labels.shape[0], 8, 8, 3]);
  assert.equal(x.dtype, "float32");
  assert.equal(labels.dtype, "int32");
  const values = {
    labels: [...await labels.data()],
    pixels: [...await x.data()],
  };
  tf.dispose([x, labels]);
  return values;
}

async function epochOf(
  device: Device,
  { epoch, ...options }:
    & { readonly epoch: number }
    & Partial<FeedOptions & { readonly images: Images }>,
): Promise<Seen> {
  const feed = openFeed(options.images ?? images, {
    ...given,
    ...options,
    device,
  });
  feed.startEpoch(epoch);
  const all = { labels: [] as number[], pixels: [] as number[] };
  for (let index = 0; index < feed.batchesPerEpoch; index++) {
    feed.moveTo(index);
    const { labels, pixels } = await seen(feed);
    all.labels.push(...labels);
    all.pixels.push(...pixels);
  }
  feed.dispose();
  return all;
}

onEachDevice("a feed drops the last batch that is not full", async (device) => {
  const feed = openFeed(images, { ...given, device });
  assert.equal(feed.batchesPerEpoch, 2);
  feed.startEpoch(1);
  assert.throws(() => feed.moveTo(2), {
    name: "RangeError",
    message: "Cannot move to batch 2 of an epoch: it has 2 batches",
  });
  feed.dispose();
  await Promise.resolve();
});

onEachDevice("moveTo() throws before an epoch has begun", async (device) => {
  const feed = openFeed(images, { ...given, device });
  assert.throws(() => feed.moveTo(0), {
    name: "RangeError",
    message: "Cannot move to batch 0: no epoch has begun",
  });
  feed.dispose();
  await Promise.resolve();
});

onEachDevice(
  "a feed gives images with their labels in the order of the stream",
  async (device) => {
    const { labels, pixels } = await epochOf(device, { epoch: 3 });
    const order = stream(0, "shuffle", 3).permutation(10);
    const size = 8 * 8 * 3;
    assert.equal(labels.length, 8);
    for (const [i, label] of labels.entries()) {
      const image = order[i] as number;
      assert.equal(label, images.labels[image]);
      assert.deepEqual(
        pixels.slice(i * size, (i + 1) * size).map((value) =>
          Math.round(255 * value)
        ),
        [...images.images.subarray(image * size, (image + 1) * size)],
      );
    }
  },
);

onEachDevice("a feed augments each epoch in its own way", async (device) => {
  const augmentation = cropAndMirror;
  const first = await epochOf(device, { epoch: 1, augmentation });
  assert.deepEqual(first, await epochOf(device, { epoch: 1, augmentation }));
  assert.notDeepEqual(
    first.pixels,
    (await epochOf(device, { epoch: 2, augmentation })).pixels,
  );
});

onEachDevice(
  "a feed orders images alike whatever the augmentation is",
  async (device) => {
    const plain = await epochOf(device, { epoch: 3 });
    const cropped = await epochOf(device, {
      epoch: 3,
      augmentation: cropAndMirror,
    });
    assert.deepEqual(plain.labels, cropped.labels);
  },
);

for (const augmentation of [cropAndMirror, onHost]) {
  onEachDevice(
    `what a feed draws for ${augmentation.name} depends on the place in the epoch, not on the batch`,
    async (device) => {
      const four = await epochOf(device, { epoch: 1, augmentation });
      const two = await epochOf(device, {
        epoch: 1,
        augmentation,
        batchSize: 2,
      });
      assert.deepEqual(four.pixels, two.pixels.slice(0, four.pixels.length));
      const feed = openFeed(images, { ...given, augmentation, device });
      feed.startEpoch(1);
      feed.moveTo(1);
      assert.deepEqual(
        (await seen(feed)).pixels,
        four.pixels.slice(four.pixels.length / 2),
      );
      feed.dispose();
    },
  );
}

onEachDevice(
  "a feed leaves nothing behind, however many epochs it gives",
  async (device) => {
    const memory = () => {
      const { numTensors, numDataBuffers, numBytes } = tf.memory();
      return { numTensors, numDataBuffers, numBytes };
    };
    await epochOf(device, { epoch: 1, augmentation: cropAndMirror });
    const before = memory();
    for (const epoch of [1, 2, 3]) {
      await epochOf(device, { epoch, augmentation: cropAndMirror });
      await epochOf(device, { epoch, augmentation: onHost });
      assert.deepEqual(memory(), before);
    }
    device.tick();
  },
);
