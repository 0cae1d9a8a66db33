import assert from "node:assert/strict";
import { minimiseWithL1 } from "../../../models/linear/minimise_with_l1.ts";
import { close } from "../../stats/reference.ts";

Deno.test("minimiseWithL1() shrinks the minimum of a separable quadratic by its threshold, to zero where it is nearer", () => {
  const at = [3, -2, 0.4, -0.4, 1];
  const { x, value } = minimiseWithL1((x, gradient) => {
    for (const [i, v] of x.entries()) gradient[i] = v - (at[i] ?? NaN);
    return x.reduce((sum, v, i) => sum + (v - (at[i] ?? NaN)) ** 2 / 2, 0);
  }, {
    start: Float64Array.of(-1, 5, 2, 0, 0),
    penalties: Float64Array.of(0.5, 0.5, 0.5, 0.5, 0),
    tolerance: 1e-10,
  });
  close(x[0] ?? NaN, 2.5);
  close(x[1] ?? NaN, -1.5);
  assert.equal(x[2], 0);
  assert.equal(x[3], 0);
  close(x[4] ?? NaN, 1);
  close(value, 0.125 * 2 + 0.08 * 2 + 0.5 * 4);
});

Deno.test("minimiseWithL1() crosses zero where the minimum is beyond it", () => {
  // Two variables that only matter together, so that one pulls the other across.
  const { x } = minimiseWithL1((x, gradient) => {
    const [a = 0, b = 0] = x;
    gradient[0] = 100 * (a + b - 1) + (a - 2);
    gradient[1] = 100 * (a + b - 1) + (b + 3);
    return 50 * (a + b - 1) ** 2 + (a - 2) ** 2 / 2 + (b + 3) ** 2 / 2;
  }, {
    start: Float64Array.of(-4, 4),
    penalties: Float64Array.of(0.1, 0.1),
    tolerance: 1e-10,
  });
  // Both conditions of a minimum: 100 (a + b - 1) + a - 2 + 0.1 = 0, 100 (a + b - 1) + b + 3 - 0.1 = 0.
  const [a = NaN, b = NaN] = x;
  assert.ok(a > 0 && b < 0);
  close(100 * (a + b - 1) + a - 1.9, 0, 1e-9);
  close(100 * (a + b - 1) + b + 2.9, 0, 1e-9);
});

Deno.test("minimiseWithL1() gives up in time, and where there is no number to start from", () => {
  const options = {
    start: Float64Array.of(0),
    penalties: Float64Array.of(0.25),
    tolerance: 1e-8,
  };
  assert.throws(
    () =>
      minimiseWithL1((x, gradient) => {
        gradient[0] = -1;
        return -(x[0] ?? 0);
      }, { ...options, maxSteps: 3 }),
    new RangeError(
      "Cannot minimise a function of 1 variables in 3 steps: a component of its subgradient is still 7.5e-1",
    ),
  );
  assert.throws(
    () => minimiseWithL1(() => NaN, options),
    new RangeError(
      "Cannot minimise a function of 1 variables: it is NaN at the start",
    ),
  );
});
