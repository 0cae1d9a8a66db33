import assert from "node:assert/strict";
import { partsOf } from "../../../shifts/measure/parts.ts";
import { drawExamples } from "../../../tasks/pictures/draw_examples.ts";
import { randomImages } from "../../shifts/random_images.ts";
import { runTask } from "../run_task.ts";

Deno.test("drawExamples() draws from one part, and says how many there are", async () => {
  const images = randomImages(9, 1);
  const draw = async (name: "in support" | "out of support") =>
    await runTask(drawExamples, {
      images,
      part: { parts: partsOf(new Array(9).fill(false)), name },
      n: 6,
      columns: 3,
      seed: 1,
    });
  const { width, height, count } = await draw("out of support");
  assert.deepEqual([width, height, count], [16, 10, 9]);
  const none = await draw("in support");
  assert.deepEqual([none.width, none.height, none.count], [1, 1, 0]);
});
