import assert from "node:assert/strict";
import { loadTypesetDigits } from "../../../tasks/datasets/load_typeset_digits.ts";
import { runTask } from "../run_task.ts";

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
