import assert from "node:assert/strict";
import { loadLetters } from "../../tasks/datasets/load_letters.ts";
import { loadTypesetDigits } from "../../tasks/datasets/load_typeset_digits.ts";
import { runTask } from "./run_task.ts";

Deno.test("loadTypesetDigits() gives the ten digits of each face, with its family", async () => {
  const digits = await runTask(loadTypesetDigits, {
    families: 3,
    facesPerFamily: 2,
  });
  const { images, families, n, familyCount, skipped } = digits;
  // Caveat has two faces here, Allura and Abril Fatface one: the first of three styles.
  assert.deepEqual([n, familyCount, skipped], [40, 3, []]);
  assert.deepEqual([...new Set(families)], [
    "Caveat",
    "Allura",
    "Abril Fatface",
  ]);
  assert.deepEqual(
    [...images.labels],
    Array.from({ length: 40 }, (_, i) => i % 10),
  );
});

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
