import assert from "node:assert/strict";
import { minimise } from "../../../models/linear/minimise.ts";
import { close } from "../../stats/reference.ts";

Deno.test("minimise() finds the minimum of a quadratic that is a hundred thousand times steeper one way", () => {
  const { x, value } = minimise((x, gradient) => {
    const [a = 0, b = 0] = x;
    gradient[0] = 1e5 * (a - 3);
    gradient[1] = b + 4;
    return 0.5e5 * (a - 3) ** 2 + 0.5 * (b + 4) ** 2;
  }, { start: Float64Array.of(0, 0), tolerance: 1e-8 });
  close(x[0] ?? NaN, 3);
  close(x[1] ?? NaN, -4, 1e-7);
  assert.ok(value < 1e-12);
});

Deno.test("minimise() stays where the gradient is zero", () => {
  const { steps } = minimise((x, gradient) => {
    gradient[0] = 2 * (x[0] ?? 0);
    return (x[0] ?? 0) ** 2;
  }, { start: Float64Array.of(0), tolerance: 1e-8 });
  assert.equal(steps, 0);
});

Deno.test("minimise() gives up in time, and where there is no number to start from", () => {
  assert.throws(
    () =>
      minimise((x, gradient) => {
        gradient[0] = -1;
        return -(x[0] ?? 0);
      }, { start: Float64Array.of(0), tolerance: 1e-8, maxSteps: 3 }),
    new RangeError(
      "Cannot minimise a function of 1 variables in 3 steps: a component of its gradient is still 1.0e+0",
    ),
  );
  assert.throws(
    () => minimise(() => NaN, { start: Float64Array.of(0), tolerance: 1 }),
    new RangeError(
      "Cannot minimise a function of 1 variables: it is NaN at the start",
    ),
  );
});
