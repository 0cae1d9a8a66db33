import assert from "node:assert/strict";
import { cifarPredictions } from "../../data/tables/cifar_models.ts";
import { hitsOf, tableOf } from "../../tools/cifar_models.ts";

const labels = Array.from({ length: 2000 }, (_, i) => i % 10);
const options = { path: "a.json", labels, set: "v6" } as const;

/** A file of NumPy's with labels that are all 0. */
function npy(length: number, type = "<i4"): Uint8Array {
  const header =
    `{'descr': '${type}', 'fortran_order': False, 'shape': (${length},), }`;
  const start = `\x93NUMPY\x01\x00\x76\x00${header.padEnd(118)}`;
  return Uint8Array.from([
    ...Array.from(start, (one) => one.charCodeAt(0)),
    ...new Uint8Array(4 * length),
  ]);
}

const json = (classes: readonly unknown[]) =>
  new TextEncoder().encode(JSON.stringify(classes));

Deno.test("hitsOf() counts predictions that are the label of their own image", () => {
  assert.equal(hitsOf(labels, options), 2000);
  assert.equal(hitsOf([...labels.slice(1), 0], options), 0);
  assert.equal(hitsOf([9, ...labels.slice(1)], options), 1999);
});

Deno.test("hitsOf() refuses what is not a class from 0 to 9 for each image", () => {
  for (
    const wrong of [
      labels.slice(1),
      labels.map((one) => one + 1),
      labels.map(String),
    ]
  ) {
    assert.throws(() => hitsOf(wrong, options), {
      message:
        'Cannot count the hits in "a.json": it does not have a class from 0 to 9 for each of 2000 images',
    });
  }
});

Deno.test("tableOf() reads 92 files, and refuses others than were counted", async () => {
  const read: string[] = [];
  const table = tableOf((path) => {
    read.push(path);
    const set = /v4|v6/.exec(path)?.[0];
    const images = set === "v4" ? 2021 : set === "v6" ? 2000 : 10_000;
    return Promise.resolve(
      path.endsWith(".npy") ? npy(images) : json(Array(images).fill(0)),
    );
  });
  await assert.rejects(table, {
    message: new RegExp(
      `^Cannot count from these predictions: their digest is [0-9a-f]{64}, not ${cifarPredictions.sha256}; take commit ${cifarPredictions.commit}$`,
    ),
  });
  assert.equal(new Set(read).size, 92);
});

Deno.test("tableOf() refuses labels of another type", async () => {
  await assert.rejects(tableOf(() => Promise.resolve(npy(2021, "<i8"))), {
    message: /^Cannot read labels: their header is [^]*'<i8'/,
  });
});
