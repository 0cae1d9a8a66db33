import assert from "node:assert/strict";
import { percentileInterval } from "../../../stats/intervals/percentile.ts";
import { close } from "../reference.ts";

Deno.test("percentileInterval() interpolates as NumPy 2.4.6 does", () => {
  const values = [3, 1, 4, 1, 5, 9, 2, 6];
  const { low, high } = percentileInterval(values, { level: 0.9 });
  assert.equal(low, 1);
  close(high, 7.95);
  close(percentileInterval(values).high, 8.475);
  assert.deepEqual(percentileInterval([2]), { low: 2, high: 2 });
  assert.throws(() => percentileInterval([]), {
    name: "RangeError",
    message: "Cannot take percentiles of 0 values",
  });
});
