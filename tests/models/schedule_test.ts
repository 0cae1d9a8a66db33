import assert from "node:assert/strict";
import fc from "fast-check";
import { learningRate } from "../../models/training/plan.ts";

Deno.test("learningRate() rises linearly, then falls along a cosine", () => {
  const schedule = { peak: 0.8, steps: 10, warmup: 4 };
  const rates = Array.from({ length: 11 }, (_, i) => learningRate(i, schedule));
  const expected = [
    ...[0.2, 0.4, 0.6, 0.8], // peak · (step + 1) / 4
    ...[0.8, 0.746410161514, 0.6, 0.4, 0.2, 0.053589838486, 0], // 0.4 · (1 + cos(π · k / 6))
  ];
  rates.forEach((rate, i) =>
    assert.ok(Math.abs(rate - (expected[i] ?? NaN)) < 1e-12, `${i}: ${rate}`)
  );
});

Deno.test("learningRate() needs no rise", () => {
  assert.equal(learningRate(0, { peak: 1, steps: 2, warmup: 0 }), 1);
  assert.equal(learningRate(1, { peak: 1, steps: 2, warmup: 0 }), 0.5);
});

Deno.test("learningRate() stays within 0 and the peak", () => {
  fc.assert(fc.property(
    fc.nat(50),
    fc.integer({ min: 1, max: 200 }),
    fc.nat(300),
    (warmup, length, step) => {
      fc.pre(step < warmup + length);
      const rate = learningRate(step, {
        peak: 3,
        steps: warmup + length,
        warmup,
      });
      return rate > 0 && rate <= 3;
    },
  ));
});
