import assert from "node:assert/strict";
import { stream } from "../../../engine/define/random.ts";
import { curvatureOf } from "../../../models/linear/softmax_curvature.ts";
import { meanLoss } from "../../../models/linear/softmax_loss.ts";
import { close } from "../../stats/reference.ts";

const random = stream(3, "softmax curvature");
const [n, dimension, classes] = [10, 2, 3];
const width = dimension + 1;
const size = classes * width;
const examples = {
  inputs: Float64Array.from({ length: n * dimension }, () => random.normal()),
  labels: Int32Array.from({ length: n }, (_, i) => i % classes),
  weights: Float64Array.from({ length: n }, (_, i) => i % 4),
  dimension,
  classes,
};
const total = examples.weights.reduce((sum, weight) => sum + weight, 0);
const point = Float64Array.from({ length: size }, () => random.normal());

Deno.test("curvatureOf() is how the slopes of the loss change", () => {
  const lossInto = meanLoss(examples, total);
  const [all, ...others] = curvatureOf(examples, { point, total });
  assert.deepEqual([all?.from, all?.size, others], [0, size, []]);
  const slopesAt = (by: number, i: number) => {
    const slopes = new Float64Array(size);
    lossInto(point.with(i, (point[i] ?? NaN) + by), slopes);
    return slopes;
  };
  for (let i = 0; i < size; i++) {
    const [above, below] = [slopesAt(1e-5, i), slopesAt(-1e-5, i)];
    for (let k = 0; k < size; k++) {
      const change = ((above[k] ?? NaN) - (below[k] ?? NaN)) / 2e-5;
      close(all?.matrix[i * size + k] ?? NaN, change, 1e-9);
    }
  }
});

Deno.test("curvatureOf() leaves out what classes have to do with each other where they have too many weights", () => {
  const [all] = curvatureOf(examples, { point, total });
  const parts = curvatureOf(examples, { point, total, together: 7 });
  assert.deepEqual(
    parts.map(({ from, size }) => [from, size]),
    [[0, 6], [6, 3]],
  );
  assert.deepEqual(
    curvatureOf(examples, { point, total, together: 1 }).length,
    classes,
    "one class at least",
  );
  for (const { from, size: own, matrix } of parts) {
    for (let i = 0; i < own; i++) {
      const row = (from + i) * size + from;
      assert.deepEqual(
        matrix.subarray(i * own, (i + 1) * own),
        all?.matrix.subarray(row, row + own),
      );
    }
  }
});
