import assert from "node:assert/strict";
import { criticalValue } from "../../../stats/intervals/quantile.ts";
import { close, scipy } from "../reference.ts";

Deno.test("criticalValue() agrees with SciPy's t.ppf to 1e-9", () => {
  for (const [level, degreesOfFreedom, value] of scipy.student) {
    close(criticalValue(level, degreesOfFreedom), value);
  }
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
