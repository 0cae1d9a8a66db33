import assert from "node:assert/strict";
import * as tf from "@tensorflow/tfjs";
import { cropAndMirror } from "../../models/augmentations/crop_and_mirror.ts";
import { none } from "../../models/augmentations/none.ts";
import { batches } from "../../models/batches.ts";
import { onCpu } from "./on_cpu.ts";
import { randomImages } from "./training_fixture.ts";

const images = randomImages(10);

async function epochOf(
  options: { readonly epoch: number; readonly augmentation?: typeof none },
): Promise<{ labels: number[]; pixels: number[] }> {
  await onCpu();
  const seen = { labels: [] as number[], pixels: [] as number[] };
  for (
    const { x, labels } of batches(images, {
      augmentation: none,
      batchSize: 4,
      seed: 0,
      ...options,
    })
  ) {
    assert.deepEqual(x.shape, [4, 8, 8, 3]);
    assert.equal(labels.dtype, "int32");
    seen.labels.push(...await labels.data());
    seen.pixels.push(...await x.data());
  }
  return seen;
}

Deno.test("batches() drops the last batch that is not full", async () => {
  assert.equal((await epochOf({ epoch: 1 })).labels.length, 8);
});

Deno.test("batches() gives each image with its own label", async () => {
  const { labels, pixels } = await epochOf({ epoch: 1 });
  const size = 8 * 8 * 3;
  labels.forEach((label, i) => {
    const pixel = Math.round(255 * (pixels[i * size] ?? NaN));
    const original = Array.from(images.labels).findIndex((known, j) =>
      known === label && images.images[j * size] === pixel
    );
    assert.ok(original >= 0);
  });
});

Deno.test("batches() shuffles and augments each epoch in its own way", async () => {
  const first = await epochOf({ epoch: 1, augmentation: cropAndMirror });
  assert.deepEqual(
    first,
    await epochOf({ epoch: 1, augmentation: cropAndMirror }),
  );
  assert.notDeepEqual(
    first,
    await epochOf({ epoch: 2, augmentation: cropAndMirror }),
  );
});

Deno.test("batches() orders images alike whatever the augmentation is", async () => {
  const plain = await epochOf({ epoch: 3 });
  const cropped = await epochOf({ epoch: 3, augmentation: cropAndMirror });
  assert.deepEqual(plain.labels, cropped.labels);
});

Deno.test("batches() frees a batch when the next is taken or the loop is left", async () => {
  await onCpu();
  const before = tf.memory().numTensors;
  const options = { augmentation: none, batchSize: 2, seed: 0, epoch: 1 };
  let taken = 0;
  for (const _ of batches(images, options)) {
    assert.equal(tf.memory().numTensors, before + 2);
    if (++taken === 3) break;
  }
  assert.equal(tf.memory().numTensors, before);
});
