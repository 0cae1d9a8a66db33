import assert from "node:assert/strict";
import { countCorrect } from "../../../models/prediction/count_correct.ts";

Deno.test("countCorrect() counts by class, the first of equal logits winning", () => {
  const logits = new Float32Array([
    ...[1, 0, 0],
    ...[0, 1, 1], // a tie: class 1
    ...[0, 1, 1],
    ...[0, 0, -1], // a tie: class 0
  ]);
  const counts = countCorrect(logits, { labels: [0, 1, 2, 0], classes: 3 });
  assert.deepEqual(counts, { correct: [2, 1, 0], total: [2, 1, 1] });
});

Deno.test("countCorrect() refuses logits that do not fit the labels", () => {
  assert.throws(
    () => countCorrect(new Float32Array(5), { labels: [0, 1], classes: 3 }),
    {
      name: "RangeError",
      message:
        "Cannot count right predictions: 5 logits are not 3 for each of 2 labels",
    },
  );
});
