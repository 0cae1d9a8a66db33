import assert from "node:assert/strict";
import { countClasses } from "../../../tasks/datasets/count_classes.ts";
import { randomImages } from "../../shifts/random_images.ts";
import { runTask } from "../run_task.ts";

Deno.test("countClasses() counts the images of each class of each set", async () => {
  const images = {
    ...randomImages(4, 1),
    labels: Uint8Array.of(0, 0, 3, 1),
  };
  const { columns, rows } = await runTask(countClasses, {
    sets: [{ title: "Sketches", images }],
  });
  assert.deepEqual(columns, ["set", "a", "b", "c", "d", "all"]);
  assert.deepEqual(
    rows[0]?.map((cell) => typeof cell === "object" ? cell?.value : cell),
    ["Sketches", 2, 1, 0, 1, 4],
  );
});
