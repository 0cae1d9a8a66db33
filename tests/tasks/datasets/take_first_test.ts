import assert from "node:assert/strict";
import { take } from "../../../data/images/images.ts";
import { takeFirst } from "../../../tasks/datasets/take_first.ts";
import { randomImages } from "../../models/training_fixture.ts";
import { runTask } from "../run_task.ts";

Deno.test("takeFirst() gives the first images in their order", async () => {
  const images = randomImages(5);
  assert.deepEqual(
    await runTask(takeFirst, { images, n: 2 }),
    take(images, [0, 1]),
  );
});

Deno.test("takeFirst() throws when there are fewer images", async () => {
  await assert.rejects(
    async () => await runTask(takeFirst, { images: randomImages(2), n: 3 }),
    { message: "Cannot take image 2: there are 2 images" },
  );
});
