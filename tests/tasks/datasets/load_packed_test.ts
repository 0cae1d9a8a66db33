import assert from "node:assert/strict";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { type Images, images as codec } from "../../../data/images/images.ts";
import { type PackedImages, SETS } from "../../../data/own/packed_images.ts";
import { define } from "../../../engine/define/definition.ts";
import { loadPacked } from "../../../tasks/datasets/load_packed.ts";
import { takeShare } from "../../../tasks/datasets/take_share.ts";
import { randomImages } from "../../models/training_fixture.ts";
import { runTask } from "../run_task.ts";

/** A shift of 6 images a set in files. */
async function packed(): Promise<
  AsyncDisposable & { readonly from: PackedImages; readonly all: Images }
> {
  const folder = await Deno.makeTempDir({ prefix: "packed-" });
  const all = randomImages(6);
  for (const name of SETS) {
    await Deno.writeFile(
      join(folder, `${name}.safetensors`),
      codec.encode(all),
    );
  }
  const file = (name: string) =>
    pathToFileURL(join(folder, `${name}.safetensors`));
  return {
    all,
    from: define(import.meta.url, "from", {
      title: "photos",
      files: {
        reference: file("reference"),
        test: file("test"),
        shifted: file("shifted"),
      },
    }),
    [Symbol.asyncDispose]: () => Deno.remove(folder, { recursive: true }),
  };
}

/** The images of a set in the order of their bytes. */
function looks({ images, labels }: Images): readonly string[] {
  const size = images.length / labels.length;
  return Array.from(
    labels,
    (label, i) => `${label} ${images.subarray(i * size, (i + 1) * size)}`,
  );
}

Deno.test("loadPacked() shuffles every set by its seed, and keeps label and image together", async () => {
  await using written = await packed();
  const { from, all } = written;
  const loaded = await runTask(loadPacked, { from, most: 100, seed: 1 });
  assert.deepEqual(loaded.sizes, { reference: 6, test: 6, shifted: 6 });
  assert.deepEqual(loaded.classes, all.classes);
  for (const name of SETS) {
    assert.deepEqual(looks(loaded[name]).toSorted(), looks(all).toSorted());
  }
  assert.notDeepEqual(looks(loaded.reference), looks(all));
  const other = await runTask(loadPacked, { from, most: 100, seed: 2 });
  assert.notDeepEqual(looks(other.reference), looks(loaded.reference));
  assert.notEqual(other.digest, loaded.digest);
});

Deno.test("loadPacked() takes at most so many, the first of the same order", async () => {
  await using written = await packed();
  const { from } = written;
  const all = await runTask(loadPacked, { from, most: 6, seed: 1 });
  const few = await runTask(loadPacked, { from, most: 2, seed: 1 });
  assert.deepEqual(few.sizes, { reference: 2, test: 2, shifted: 2 });
  assert.deepEqual(looks(few.test), looks(all.test).slice(0, 2));
});

Deno.test("takeShare() gives the first share of images, rounded up", async () => {
  const images = randomImages(5);
  const third = await runTask(takeShare, { images, share: 1 / 3 });
  assert.deepEqual(looks(third), looks(images).slice(0, 2));
});
