import assert from "node:assert/strict";
import { planTraining } from "../../../models/training/plan.ts";

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
