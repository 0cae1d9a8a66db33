import assert from "node:assert/strict";
import { loadLetters } from "../../../tasks/datasets/load_letters.ts";
import { runTask } from "../run_task.ts";

Deno.test("loadLetters() gives capitals and small letters one class", async () => {
  const { images, n, familyCount } = await runTask(loadLetters, {
    families: 2,
    facesPerFamily: 1,
  });
  assert.deepEqual([n, familyCount], [104, 2]);
  assert.equal(images.classes.length, 26);
  const counts = new Array<number>(26).fill(0);
  for (const label of images.labels) counts[label] = (counts[label] ?? 0) + 1;
  assert.deepEqual(counts, new Array(26).fill(4));
});
