import assert from "node:assert/strict";
import { learningRate, planTraining } from "../../../models/training/plan.ts";
import fc from "../../property.ts";

const options = { batchSize: 128, warmup: 0.5, peak: 3e-3 };

Deno.test("planTraining() counts whole batches and steps of warm-up", () => {
  assert.deepEqual(planTraining(8000, { ...options, epochs: 12 }), {
    epochs: 12,
    stepsPerEpoch: 62,
    steps: 744,
    readEvery: 16,
    schedule: { peak: 3e-3, steps: 744, warmup: 31 },
  });
});

Deno.test("planTraining() cuts the last epoch short when steps are given", () => {
  const plan = planTraining(38000, { ...options, steps: 3000 });
  assert.equal(plan.stepsPerEpoch, 296);
  assert.equal(plan.epochs, 11);
  assert.equal(plan.steps, 3000);
});

Deno.test("planTraining() refuses fewer images than a batch", () => {
  assert.throws(() => planTraining(127, { ...options, epochs: 1 }), {
    name: "RangeError",
    message:
      "Cannot train on 127 images in batches of 128: there is no whole batch",
  });
});

Deno.test("planTraining() gives a warm-up half of the training at most", () => {
  const warmupOf = (steps: number, warmup = 4) =>
    planTraining(128, { ...options, warmup, steps }).schedule.warmup;
  assert.deepEqual([1, 2, 3, 7, 8, 9].map((steps) => warmupOf(steps)), [
    0,
    1,
    1,
    3,
    4,
    4,
  ]);
  for (const warmup of [-1, NaN]) {
    assert.throws(() => warmupOf(3, warmup), {
      name: "RangeError",
      message:
        `Cannot train with a warmup of ${warmup} epochs: it must be 0 or more`,
    });
  }
});

Deno.test("planTraining() wants epochs or steps, not both, as a positive integer", () => {
  for (
    const [epochs, steps] of [[undefined, undefined], [1, 1], [0, undefined], [
      undefined,
      1.5,
    ]] as const
  ) {
    assert.throws(() => planTraining(128, { ...options, epochs, steps }), {
      name: "RangeError",
      message:
        `Cannot train for epochs ${epochs} and steps ${steps}: one of them must be a positive integer, the other left out`,
    });
  }
});

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
