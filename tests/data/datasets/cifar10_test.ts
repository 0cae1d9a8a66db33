import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { cifar10, readCifar10 } from "../../../data/datasets/cifar10.ts";
import { type Images, take } from "../../../data/images/images.ts";
import { isDefinition } from "../../../engine/define/definition.ts";
import { inFull, test } from "../../full.ts";

const PIXELS = 32 * 32;

let reading: ReturnType<typeof readCifar10> | undefined;

/** The dataset, read once for all tests of this file. */
function read(): ReturnType<typeof readCifar10> {
  return reading ??= readCifar10();
}

/** The official binary layout: for each image its label, then its red, green and blue plane. */
function officialBytes({ images, labels }: Images): Uint8Array {
  const record = 1 + 3 * PIXELS;
  const bytes = new Uint8Array(labels.length * record);
  for (let i = 0; i < labels.length; i++) {
    bytes[i * record] = labels[i] as number;
    for (let pixel = 0; pixel < PIXELS; pixel++) {
      for (let channel = 0; channel < 3; channel++) {
        bytes[i * record + 1 + channel * PIXELS + pixel] =
          images[(i * PIXELS + pixel) * 3 + channel] as number;
      }
    }
  }
  return bytes;
}

function md5(images: Images): string {
  return createHash("md5").update(officialBytes(images)).digest("hex");
}

function classCounts({ labels, classes }: Images): number[] {
  const counts = classes.map(() => 0);
  for (const label of labels) counts[label] = (counts[label] ?? 0) + 1;
  return counts;
}

test.inFull("readCifar10() gives the bytes of the official binary version", async () => {
  const { train, test } = await read();
  const batches = inFull(0, 1, 2, 3, 4).map((batch) =>
    take(train, Array.from({ length: 10_000 }, (_, i) => batch * 10_000 + i))
  );
  // The checksums of test_batch.bin and data_batch_1.bin … data_batch_5.bin in
  // cifar-10-batches-bin.
  assert.deepEqual([test, ...batches].map(md5), [
    "803d5f7f4d78ea53de84dbe85f74fb6d",
    ...inFull(
      "5dd7e06a14cb22eb9f671a540d1b7c25",
      "5ea93a67294ea407fff1d09f752e9692",
      "942cd6a4bcdd0dd3c604fbe906cb4421",
      "ae636b3ba5c66a11e91e8cb52e771fcb",
      "53f37980c15c3d472c316c40844f3f0d",
    ),
  ]);
});

test.inFull("readCifar10() gives the same number of images of each class", async () => {
  const { train, test } = await read();
  assert.deepEqual(classCounts(train), Array(10).fill(5_000));
  assert.deepEqual(classCounts(test), Array(10).fill(1_000));
});

test.inFull("cifar10 states the sizes, shape and classes that readCifar10() gives", async () => {
  const { train, test } = await read();
  assert.equal(train.labels.length, cifar10.sizes.train);
  assert.equal(test.labels.length, cifar10.sizes.test);
  assert.equal(train.images.length, cifar10.sizes.train * PIXELS * 3);
  assert.deepEqual(test.shape, cifar10.shape);
  assert.deepEqual(test.classes, cifar10.classes);
});

test.inFull("cifar10 states the mean and deviation of each channel of the training images", async () => {
  const { train } = await read();
  const n = train.images.length / 3;
  for (let channel = 0; channel < 3; channel++) {
    let [sum, squares] = [0, 0];
    for (let k = channel; k < train.images.length; k += 3) {
      const value = train.images[k] as number;
      sum += value;
      squares += value * value;
    }
    const mean = sum / n;
    const deviation = Math.sqrt(squares / n - mean * mean);
    assert.equal(
      cifar10.channels.mean[channel],
      Math.round(mean / 255 * 10_000) / 10_000,
    );
    assert.equal(
      cifar10.channels.deviation[channel],
      Math.round(deviation / 255 * 10_000) / 10_000,
    );
  }
});

Deno.test("cifar10 states the length of each file", async () => {
  for (const { name, bytes } of cifar10.files) {
    const url = new URL(import.meta.resolve(`${cifar10.source}/${name}`));
    assert.equal((await Deno.stat(url)).size, bytes, name);
  }
});

Deno.test("cifar10 names the package and version that is installed", async () => {
  const url = new URL(import.meta.resolve(`${cifar10.source}/package.json`));
  const { name, version } = JSON.parse(await Deno.readTextFile(url));
  assert.deepEqual([name, version], [cifar10.source, cifar10.version]);
});

Deno.test("cifar10 is a definition, and all that it says survives JSON", () => {
  assert.ok(isDefinition(cifar10));
  const { read: _, ...said } = cifar10;
  // The mark of a definition is a symbol, which JSON leaves out.
  const back = JSON.parse(JSON.stringify(cifar10));
  assert.deepEqual(back, Object.fromEntries(Object.entries(said)));
});
