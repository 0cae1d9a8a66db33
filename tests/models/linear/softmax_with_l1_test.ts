import assert from "node:assert/strict";
import { curvatureOf } from "../../../models/linear/softmax_curvature.ts";
import { minimiseSoftmaxWithL1 } from "../../../models/linear/softmax_with_l1.ts";
import { close } from "../../stats/reference.ts";

/** Five inputs of one number, and two classes. */
const examples = {
  inputs: Float64Array.of(-2, -1, 0.5, 1, 3),
  labels: [0, 0, 1, 0, 1],
  dimension: 1,
  classes: 2,
};
const options = {
  start: new Float64Array(4),
  share: 0.01,
  total: 5,
  tolerance: 1e-12,
};

/** What one class has and the other lacks: it is all that counts, and costs the same. */
const between = ([a = NaN, , b = NaN]: Float64Array) => b - a;

Deno.test("minimiseSoftmaxWithL1() finds the minimum from either side of zero, and stays at one", () => {
  const { x, steps } = minimiseSoftmaxWithL1(examples, options);
  assert.ok(steps > 0);
  assert.ok(between(x) > 0 && (x[0] ?? NaN) <= 0 && (x[2] ?? NaN) >= 0);
  const start = Float64Array.of(5, -3, -5, 2);
  const other = minimiseSoftmaxWithL1(examples, { ...options, start });
  close(between(other.x), between(x), 1e-6);
  const again = minimiseSoftmaxWithL1(examples, { ...options, start: x });
  assert.deepEqual([again.x, again.steps], [x, 0]);
});

Deno.test("minimiseSoftmaxWithL1() finds the minimum with whatever curvature it is given", () => {
  const { x, curvature = [] } = minimiseSoftmaxWithL1(examples, options);
  const times = (factor: number) =>
    curvature.map((part) => ({
      ...part,
      matrix: part.matrix.map((value) => factor * value),
    }));
  const apart = curvatureOf(examples, {
    point: options.start,
    total: options.total,
    together: 2,
  });
  assert.equal(apart.length, 2);
  for (const given of [times(1e-3), times(1e3), apart]) {
    const other = minimiseSoftmaxWithL1(examples, {
      ...options,
      curvature: given,
    });
    close(between(other.x), between(x), 1e-6);
  }
});

Deno.test("minimiseSoftmaxWithL1() gives zero, exactly, where no weight is worth its penalty", () => {
  const { x } = minimiseSoftmaxWithL1(examples, { ...options, share: 10 });
  assert.deepEqual([x[0], x[2]], [0, 0]);
  // Biases are free: the odds are those of the classes.
  close((x[1] ?? NaN) - (x[3] ?? NaN), Math.log(3 / 2), 1e-9);
});

Deno.test("minimiseSoftmaxWithL1() gives up in time, and where a slope is no number", () => {
  assert.throws(
    () => minimiseSoftmaxWithL1(examples, { ...options, maxSteps: 1 }),
    /^RangeError: Cannot fit a softmax regression of 4 weights with an L1 penalty in 1 steps: a component of its subgradient is still \d\.\de-\d$/,
  );
  const inputs = Float64Array.of(-2, -1, NaN, 1, 3);
  assert.throws(
    () => minimiseSoftmaxWithL1({ ...examples, inputs }, options),
    new RangeError(
      "Cannot fit a softmax regression of 4 weights with an L1 penalty: a component of its subgradient is NaN",
    ),
  );
});
