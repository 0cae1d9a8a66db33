import assert from "node:assert/strict";
import { criticalValue } from "../../../stats/intervals/quantile.ts";
import { close, scipy } from "../reference.ts";

Deno.test("criticalValue() agrees with SciPy's t.ppf to 1e-9", () => {
  for (const [level, degreesOfFreedom, value] of scipy.student) {
    close(criticalValue(level, degreesOfFreedom), value);
  }
});

Deno.test("criticalValue() is SciPy's to 1e-11 for degrees that are not whole, and on both sides of a thousand", () => {
  // SciPy 1.17.1: stats.t.ppf((1 + level) / 2, degrees)
  const values: readonly (readonly [number, number, number])[] = [
    [0.5, 0.7, 1.20033074345741],
    [0.95, 0.7, 36.6114150315887],
    [0.99, 0.7, 364.935202981585],
    [0.5, 17.3, 0.688935424181439],
    [0.95, 17.3, 2.10703200375347],
    [0.99, 17.3, 2.89202764112729],
    [0.5, 1000, 0.674735164607009],
    [0.95, 1000, 1.96233908082641],
    [0.99, 1000, 2.58075469806595],
    [0.5, 1000.5, 0.674735041921427],
    [0.95, 1000.5, 1.96233789245935],
    [0.99, 1000.5, 2.58075223217431],
    [0.5, 100000, 0.674492203553292],
    [0.95, 100000, 1.95998770753461],
    [0.99, 100000, 2.57587846990838],
    [0.5, 10000000000, 0.674489750220615],
    [0.95, 10000000000, 1.95996398477728],
    [0.99, 10000000000, 2.57582930404056],
  ];
  for (const [level, degreesOfFreedom, value] of values) {
    const relative = criticalValue(level, degreesOfFreedom) / value - 1;
    assert.ok(Math.abs(relative) < 1e-11, `${degreesOfFreedom}: ${relative}`);
  }
});

Deno.test("criticalValue() is Infinity where degrees are so few that no number holds it", () => {
  assert.equal(criticalValue(0.999, 0.01), Infinity);
  assert.ok(criticalValue(0.5, 0.01) < 1e60);
});

Deno.test("criticalValue() is normal for infinitely many degrees of freedom, and for very many", () => {
  for (const [level, value] of scipy.normal) {
    for (const degreesOfFreedom of [Infinity, 1e13, 1e20, 1e54]) {
      close(criticalValue(level, degreesOfFreedom), value);
    }
  }
});

Deno.test("criticalValue() refuses a level in per cent", () => {
  assert.throws(() => criticalValue(95, 3), {
    name: "RangeError",
    message:
      "Cannot take an interval of level 95: levels lie strictly between 0 and 1",
  });
});

Deno.test("criticalValue() refuses 0 degrees of freedom", () => {
  assert.throws(() => criticalValue(0.95, 0), {
    message:
      "Cannot take a Student t interval with 0 degrees of freedom: more than 0 are needed",
  });
});
