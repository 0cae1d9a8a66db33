import assert from "node:assert/strict";
import { take } from "../../../data/images/images.ts";
import {
  firstOfEachClass,
  takeOfEachClass,
} from "../../../tasks/datasets/take_of_each_class.ts";
import { randomImages } from "../../models/training_fixture.ts";
import { runTask } from "../run_task.ts";

const images = {
  ...randomImages(7),
  labels: Int32Array.of(0, 1, 0, 0, 2, 1, 0),
  classes: ["a", "b", "c"],
};

Deno.test("firstOfEachClass() takes the first images of every class in their order, fewer where there are fewer", () => {
  assert.deepEqual(
    firstOfEachClass(images, 2),
    take(images, [0, 1, 2, 4, 5]),
  );
  assert.deepEqual(
    firstOfEachClass(images, 9),
    take(images, [...Array(7).keys()]),
  );
});

Deno.test("takeOfEachClass() gives classes of one size", async () => {
  const taken = await runTask(takeOfEachClass, { images, n: 1 });
  assert.deepEqual(taken, take(images, [0, 1, 4]));
});
