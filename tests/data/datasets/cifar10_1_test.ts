import assert from "node:assert/strict";
import { cifar101, readCifar101 } from "../../../data/datasets/cifar10_1.ts";
import { cifarPredictions } from "../../../data/tables/cifar_models.ts";
import { mirrorPathOf } from "../../../engine/define/source.ts";
import { npy } from "../asked/tables/npy.ts";

/** Two images, of which the second is a ship. */
const pixels = Uint8Array.from({ length: 2 * 3072 }, (_, i) => i % 251);
const images = npy(pixels, { shape: [2, 32, 32, 3] });
const labels = npy(Int32Array.of(0, 8), { shape: [2] });

Deno.test("readCifar101() gives pixels and labels as the files have them", () => {
  const read = readCifar101({ images, labels });
  assert.deepEqual(read.images, pixels);
  assert.deepEqual(read.labels, Uint8Array.of(0, 8));
  assert.deepEqual(read.shape, [32, 32, 3]);
  assert.equal(read.classes[8], "ship");
});

for (
  const [files, message] of [
    [
      { images: npy(pixels, { shape: [2, 3, 32, 32] }) },
      "images of CIFAR-10.1: its shape is [2, 3, 32, 32], and must be [n, 32, 32, 3]",
    ],
    [
      { images: npy(Float32Array.of(1), { shape: [1] }) },
      "images of CIFAR-10.1: its numbers are <f4, and must be bytes (|u1)",
    ],
    [
      { images: images.subarray(0, 4000) },
      "images of CIFAR-10.1: its header says 2 × 32 × 32 × 3 numbers, which are 6144 bytes, and 3872 follow",
    ],
    [
      { images: npy(pixels, { shape: [2, 32, 32, 3], fortran: true }) },
      "images of CIFAR-10.1: it is in Fortran order",
    ],
    [
      { images: new TextEncoder().encode("version https://git-lfs") },
      "images of CIFAR-10.1: it is no .npy file",
    ],
    [
      { images: npy(new Uint8Array(), { shape: [0, 32, 32, 3] }) },
      "images of CIFAR-10.1: its shape is [0, 32, 32, 3], and must be [n, 32, 32, 3]",
    ],
    [
      { labels: npy(Int32Array.of(0, 8, 1), { shape: [3] }) },
      "labels of CIFAR-10.1: there are 3 for 2 images",
    ],
    [
      { labels: npy(Int32Array.of(0, 8), { shape: [2, 1] }) },
      "labels of CIFAR-10.1: its shape is [2, 1], and must be [n]",
    ],
    [
      { labels: npy(Float64Array.of(0, 8), { shape: [2] }) },
      "labels of CIFAR-10.1: its numbers are <f8, and must be whole numbers of 32 bits (<i4)",
    ],
    [
      { labels: npy(Int32Array.of(0, 10), { shape: [2] }) },
      "labels of CIFAR-10.1: image 1 has label 10, which is no class from 0 to 9",
    ],
    [
      { labels: npy(Int32Array.of(-1, 0), { shape: [2] }) },
      "labels of CIFAR-10.1: image 0 has label -1, which is no class from 0 to 9",
    ],
  ] as const
) {
  Deno.test(`readCifar101() refuses ${message}`, () => {
    assert.throws(() => readCifar101({ images, labels, ...files }), {
      name: "TypeError",
      message: `Cannot read the ${message}`,
    });
  });
}

Deno.test("cifar101 is at the commit of the predictions that are counted", () => {
  const all = Object.values(cifar101).flatMap(({ images, labels }) => [
    images,
    labels,
  ]);
  const repository = cifarPredictions.url.replace("https://github.com/", "");
  const folder =
    `raw.githubusercontent.com/${repository}/${cifarPredictions.commit}/datasets`;
  assert.deepEqual(all.map(mirrorPathOf), [
    `${folder}/cifar10.1_v6_data.npy`,
    `${folder}/cifar10.1_v6_labels.npy`,
    `${folder}/cifar10.1_v4_data.npy`,
    `${folder}/cifar10.1_v4_labels.npy`,
  ]);
});
