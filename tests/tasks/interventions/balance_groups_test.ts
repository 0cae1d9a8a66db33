import assert from "node:assert/strict";
import { take } from "../../../data/images/images.ts";
import { balanceGroups } from "../../../tasks/interventions/balance_groups.ts";
import { randomImages } from "../../models/training_fixture.ts";
import { runTask } from "../run_task.ts";

const images = randomImages(12);
// Of the first class one image in its own colour and three others, and so on.
const args = {
  images,
  groups: {
    names: ["few", "many"],
    of: Int32Array.from(images.labels, (_, i) => i < 3 ? 0 : 1),
  },
  seed: 5,
};

Deno.test("balanceGroups() gives as many images, half of each of two groups", async () => {
  const balanced = await runTask(balanceGroups, { ...args, balance: "groups" });
  assert.equal(balanced.labels.length, 12);
  const size = 8 * 8 * 3;
  const few = [0, 1, 2].map((i) =>
    images.images.subarray(i * size, (i + 1) * size).join()
  );
  const times = few.map((pixels) =>
    [...Array(12).keys()].filter((i) =>
      balanced.images.subarray(i * size, (i + 1) * size).join() === pixels
    ).length
  );
  assert.deepEqual(times, [2, 2, 2]);
});

Deno.test("balanceGroups() gives classes equal shares where asked", async () => {
  const uneven = {
    ...args,
    images: { ...images, labels: images.labels.map((l) => l === 2 ? 1 : l) },
  };
  const { labels } = await runTask(balanceGroups, {
    ...uneven,
    balance: "classes",
  });
  const half = labels.length / 2;
  assert.deepEqual(labels.toSorted(), new Uint8Array(2 * half).fill(1, half));
});

Deno.test("balanceGroups() refuses groups of other images", async () => {
  await assert.rejects(
    runTask(balanceGroups, {
      ...args,
      images: take(images, [0, 1]),
      balance: "groups",
    }),
    new RangeError("Cannot balance 2 images by the groups of 12"),
  );
});
