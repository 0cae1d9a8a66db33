import assert from "node:assert/strict";
import { mixShifts } from "../../../tasks/datasets/mix_shifts.ts";
import { randomImages } from "../../shifts/random_images.ts";
import { runTask } from "../run_task.ts";

Deno.test("mixShifts() takes the first half as in support and the second as out of support", async () => {
  const [inSupport, outOfSupport] = [randomImages(5, 1), randomImages(5, 2)];
  const { images, truth } = await runTask(mixShifts, {
    inSupport,
    outOfSupport,
  });
  assert.deepEqual([...truth.inSupport], [1, 1, 0, 0, 0]);
  const at = ({ images }: typeof inSupport, i: number) =>
    images.subarray(12 * i, 12 * i + 12);
  assert.deepEqual(at(images, 1), at(inSupport, 1));
  assert.deepEqual(at(images, 2), at(outOfSupport, 2));
  await assert.rejects(
    runTask(mixShifts, { inSupport, outOfSupport: randomImages(4, 2) }),
    new RangeError(
      "Cannot mix two shifts of the same images: there are 5 in support and 4 out of support",
    ),
  );
});
