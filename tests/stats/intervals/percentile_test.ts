import assert from "node:assert/strict";
import {
  bootstrapInterval,
  percentileInterval,
} from "../../../stats/intervals/percentile.ts";
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

Deno.test("bootstrapInterval() ends at places 0.025 (B + 1) and 0.975 (B + 1) of B samples", () => {
  const { low, high } = bootstrapInterval(
    Array.from({ length: 999 }, (_, i) => i + 1),
  );
  close(low, 25, 1e-9);
  close(high, 975, 1e-9);
  const samples = Array.from({ length: 199 }, (_, i) => i + 1);
  close(bootstrapInterval(samples, { level: 0.9 }).low, 10, 1e-9);
});
