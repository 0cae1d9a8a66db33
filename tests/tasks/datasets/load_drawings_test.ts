import assert from "node:assert/strict";
import { take } from "../../../data/images/images.ts";
import { quickDraw } from "../../../data/drawings/quick_draw.ts";
import { labelCoarsely } from "../../../tasks/datasets/label_coarsely.ts";
import { loadDrawings } from "../../../tasks/datasets/load_drawings.ts";
import { uniteClasses } from "../../../tasks/datasets/unite_classes.ts";
import { contextOnCpu } from "../context.ts";
import { test } from "../../full.ts";

async function load(perClass: number, seed = 0) {
  return await loadDrawings.task.run({ seed, perClass }, contextOnCpu());
}

Deno.test("loadDrawings() gives images like CIFAR-10's of every category, as many of each", async () => {
  const { images, labels, shape, classes } = await load(2);
  assert.deepEqual(shape, [32, 32, 3]);
  assert.deepEqual(classes, quickDraw.classes);
  assert.equal(images.length, 2 * classes.length * 32 * 32 * 3);
  assert.deepEqual(
    [...labels],
    classes.flatMap((_, label) => [label, label]),
  );
  const size = 32 * 32 * 3;
  for (let i = 0; i < labels.length; i++) {
    const first = images[i * size];
    const drawing = images.subarray(i * size, (i + 1) * size);
    assert.ok(
      drawing.some((value) => value !== first),
      `nothing on image ${i}`,
    );
  }
});

test.inFull("loadDrawings() begins each category alike when fewer are asked for", async () => {
  const [two, one] = await Promise.all([load(2), load(1)]);
  const first = Array.from(one.labels, (label) => 2 * label);
  assert.deepEqual(take(two, first), one);
});

Deno.test("uniteClasses() puts photographs with coarse labels beside drawings", async () => {
  const drawings = await load(1);
  const photographs = {
    images: new Uint8Array(2 * 32 * 32 * 3),
    labels: Uint8Array.of(0, 1),
    shape: drawings.shape,
    classes: ["ship", "frog"],
  };
  const coarse = await labelCoarsely.task.run(
    { images: photographs },
    contextOnCpu(),
  );
  const { labels, classes } = await uniteClasses.task.run(
    { sets: [coarse, drawings] },
    contextOnCpu(),
  );
  assert.equal(classes.length, 2 + quickDraw.classes.length);
  assert.deepEqual(
    [...labels.subarray(0, 3)].map((label) => classes[label]),
    ["vehicle", "animal", quickDraw.classes[0]],
  );
});
