import assert from "node:assert/strict";
import type { Images } from "../../../data/images/images.ts";
import { tintsOf } from "../../../shifts/tint.ts";
import { countEligible } from "../../../tasks/interventions/count_eligible.ts";
import { takeOneTint } from "../../../tasks/interventions/take_one_tint.ts";
import { runTask } from "../run_task.ts";

const N = 240;
const draw = { p: 0.5, seed: 3, subset: "refit" };
const labels = Uint8Array.from({ length: N }, (_, i) => i % 3);
/** One pixel an image, told by its first channel. */
const images: Images = {
  images: Uint8Array.from(
    { length: 3 * N },
    (_, k) => k % 3 === 0 ? k / 3 : 90,
  ),
  labels,
  shape: [1, 1, 3],
  classes: ["a", "b", "c"],
};

Deno.test("takeOneTint() takes all images that get one colour, of every class enough", async () => {
  const taken = await runTask(takeOneTint, { images, draw, least: 7 });
  const tints = tintsOf(images, draw);
  const positions = [...taken.images].filter((_, k) => k % 3 === 0);
  const colours = new Set(positions.map((i) => tints[i]));
  assert.equal(colours.size, 1);
  const [colour] = colours;
  const counts = [0, 1, 2].map((tint) =>
    tints.filter((other) => other === tint).length
  );
  assert.equal(positions.length, counts[colour ?? -1]);
  assert.equal(positions.length, Math.max(...counts));
  for (const [k, i] of positions.entries()) {
    assert.equal(taken.labels[k], labels[i]);
  }
  const { fewest, most } = await runTask(countEligible, {
    looks: taken,
    narrowed: false,
  });
  const ofClass = [0, 1, 2].map((label) =>
    taken.labels.filter((other) => other === label).length
  );
  assert.deepEqual([fewest, most], [
    Math.min(...ofClass),
    Math.max(...ofClass),
  ]);
  assert.ok(fewest >= 7 && fewest < most);
});

Deno.test("countEligible() counts bright and warm images alone when narrowed", async () => {
  assert.deepEqual(
    await runTask(countEligible, { looks: images, narrowed: true }),
    { fewest: 24, most: 24 },
  );
});

Deno.test("takeOneTint() refuses where no colour is frequent enough", async () => {
  await assert.rejects(
    () => runTask(takeOneTint, { images, draw, least: 70 }),
    {
      name: "RangeError",
      message: /none has 70 images of each of 3 classes$/,
    },
  );
});
