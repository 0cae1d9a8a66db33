import assert from "node:assert/strict";
import { rightPredictions } from "../../../models/prediction/right_predictions.ts";

Deno.test("rightPredictions() takes the first of equal logits", () => {
  const logits = new Float32Array([
    ...[1, 0, 0],
    ...[0, 1, 1], // a tie: class 1
    ...[0, 1, 1],
    ...[0, 0, -1], // a tie: class 0
  ]);
  assert.deepEqual(
    rightPredictions(logits, { labels: [0, 1, 2, 0], classes: 3 }),
    Uint8Array.of(1, 1, 0, 1),
  );
});

Deno.test("rightPredictions() refuses logits that do not fit the labels", () => {
  assert.throws(
    () => rightPredictions(new Float32Array(5), { labels: [0, 1], classes: 3 }),
    {
      name: "RangeError",
      message:
        "Cannot tell right predictions: 5 logits are not 3 for each of 2 labels",
    },
  );
});
