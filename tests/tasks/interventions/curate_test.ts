import assert from "node:assert/strict";
import type { Images } from "../../../data/images/images.ts";
import { narrowestOf } from "../../../data/images/narrow.ts";
import { curate } from "../../../tasks/interventions/curate.ts";
import { runTask } from "../run_task.ts";

/** One pixel an image: image i of [red, green, blue], classes in turn. */
function pixels(...colours: readonly [number, number, number][]): Images {
  return {
    images: Uint8Array.from(colours.flat()),
    labels: Uint8Array.from(colours, (_, i) => i % 2),
    shape: [1, 1, 3],
    classes: ["a", "b"],
  };
}

const looks = pixels(
  ...Array.from(
    { length: 40 },
    (_, i) => [i % 7 * 30, 100, i % 5 * 40] as [number, number, number],
  ),
);
// What is chosen is told by the first channel: the position of the image.
const images: Images = {
  ...looks,
  images: Uint8Array.from(looks.images, (_, k) => Math.floor(k / 3)),
};

async function positions(
  n: number,
  { narrowed = false, fill = 0 } = {},
): Promise<number[]> {
  const chosen = await runTask(curate, {
    images,
    looks,
    n,
    narrowed,
    fill,
    seed: 1,
  });
  return [...chosen.images].filter((_, k) => k % 3 === 0);
}

Deno.test("curate() takes as many of each class, and fewer begin more", async () => {
  const [few, more] = [await positions(5), await positions(12)];
  assert.deepEqual(more.slice(0, 5), few);
  assert.equal(new Set(more).size, 12);
  assert.equal(more.filter((i) => i % 2 === 0).length, 6);
});

Deno.test("curate() repeats few examples until an epoch is as long as with many", async () => {
  const few = await positions(4);
  assert.deepEqual(await positions(4, { fill: 10 }), [...few, ...few]);
});

Deno.test("curate() takes bright and warm images alone when narrowed", async () => {
  const eligible = [0, 1].flatMap((label) =>
    narrowestOf(
      looks,
      [...looks.labels.keys()].filter((i) => looks.labels[i] === label),
    )
  );
  assert.equal(eligible.length, 12);
  const chosen = await positions(12, { narrowed: true });
  assert.deepEqual(
    chosen.toSorted((a, b) => a - b),
    eligible.toSorted((a, b) => a - b),
  );
});

Deno.test("narrowestOf() takes the brightest three fifths, and of these the warmer half", () => {
  const five = pixels(
    [0, 0, 0],
    [10, 0, 0],
    [200, 0, 100],
    [100, 0, 200],
    [200, 200, 200],
  );
  assert.deepEqual(narrowestOf(five, [0, 1, 2, 3, 4]), [2, 4]);
  assert.throws(() => narrowestOf({ ...five, shape: [1, 3, 1] }, [0]), {
    name: "RangeError",
    message:
      "Cannot tell warm images of shape [1,3,1]: three channels are needed",
  });
});

Deno.test("curate() throws when a class has too few", async () => {
  await assert.rejects(() => positions(24, { narrowed: true }), {
    name: "RangeError",
    message:
      /^Cannot choose 24 examples of 2 classes: there are 6 of class "[ab]" to choose from$/,
  });
});
