import assert from "node:assert/strict";
import { bootstrapExamples } from "../../../stats/splits/bootstrap_examples.ts";
import { stream } from "../../../engine/define/random.ts";
import { close } from "../reference.ts";

const values = [0, 0, 0, 1, 1, 1, 1, 1, 1, 1];

/** The mean of values of which each is there so many times. */
function mean(counts: Float64Array): number {
  const n = counts.reduce((sum, count) => sum + count, 0);
  return values.reduce(
    (sum, value, i) => sum + value * (counts[i] as number),
    0,
  ) /
    n;
}

const drawOf = (resample: number) => {
  const random = stream(0, "test", resample);
  return (bound: number) => random.integer(bound);
};

Deno.test("bootstrapExamples() gives the standard error that a share has", () => {
  const { share } = bootstrapExamples(
    (counts) => ({ share: mean(counts) }),
    { n: 10, resamples: 4000, drawOf, level: 0.6827 },
  );
  assert.equal(share.value, 0.7);
  // √(0.7·0.3/10) = 0.145, and shares of ten examples come in steps of 0.1.
  assert.ok(Math.abs((share.high - share.low) / 2 - 0.145) < 0.06);
});

Deno.test("bootstrapExamples() draws the same examples for all measures", () => {
  const { one, other } = bootstrapExamples(
    (counts) => ({ one: mean(counts), other: -mean(counts) }),
    { n: 10, resamples: 50, drawOf },
  );
  close(other.low, -one.high, 1e-12);
  close(other.high, -one.low, 1e-12);
});

Deno.test("bootstrapExamples() widens an interval to hold the value", () => {
  const first = () => () => 0; // always the first example, which is 0
  const { share } = bootstrapExamples(
    (counts) => ({ share: mean(counts) }),
    { n: 10, resamples: 3, drawOf: first },
  );
  assert.deepEqual(share, { value: 0.7, low: 0, high: 0.7 });
});

Deno.test("bootstrapExamples() has ends that hold the next of as many draws as they should", () => {
  // Of 39 draws the smallest and the largest leave out one of twenty.
  let next = 0;
  const { x } = bootstrapExamples(
    () => ({ x: next++ }),
    { n: 1, resamples: 39, drawOf },
  );
  assert.deepEqual([x.low, x.high], [0, 39]);
});

Deno.test("bootstrapExamples() throws without a resample", () => {
  assert.throws(
    () => bootstrapExamples(() => ({ x: 1 }), { n: 1, resamples: 0, drawOf }),
    { message: "Cannot take percentiles of 0 values" },
  );
});
