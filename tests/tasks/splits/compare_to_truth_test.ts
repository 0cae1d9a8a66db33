import assert from "node:assert/strict";
import type { Estimate } from "../../../reports/value/claim.ts";
import { compareToTruth } from "../../../tasks/splits/compare_to_truth.ts";
import { HALF, planted, truth } from "./planted_split.ts";
import { runTask } from "../run_task.ts";

const level = 0.95;

/** A split that puts a share of the examples of each part into the other one. */
function split(wrong: number) {
  const ratio = Float64Array.from({ length: 2 * HALF }, (_, i) => {
    const inSupport = i < HALF;
    return inSupport === (i % HALF >= wrong * HALF) ? 1 : 0.1;
  });
  return { ratio, probability: { reference: ratio, shifted: ratio } };
}

const compare = async (wrong: number) =>
  await runTask(compareToTruth, {
    ...planted,
    split: split(wrong),
    truth,
    epsilon: 0.2,
    resamples: 50,
    seed: 1,
    level,
  });

Deno.test("compareToTruth() finds no error in the true split", async () => {
  const { auroc, misassigned, lost, inError, outError, differenceError } =
    await compare(0);
  assert.equal((auroc as Estimate).value, 1);
  assert.equal((misassigned as Estimate).value, 0);
  assert.deepEqual(lost, { inSupport: 0, outOfSupport: 0 });
  for (const error of [inError, outError, differenceError] as Estimate[]) {
    assert.deepEqual([error.value, error.low, error.high], [0, 0, 0]);
  }
});

Deno.test("compareToTruth() finds how examples in the wrong part pull the two parts together", async () => {
  const { lost, ...found } = await compare(0.25);
  assert.deepEqual(lost, { inSupport: 0.25, outOfSupport: 0.25 });
  const { auroc, misassigned, inError, outError, differenceError } =
    found as Record<string, Estimate>;
  assert.ok(Math.abs((auroc?.value ?? NaN) - 0.75) < 1e-9);
  assert.equal(misassigned?.value, 0.25);
  assert.equal(misassigned?.examples, 2 * HALF);
  assert.ok((inError?.low ?? NaN) > 0);
  assert.ok((outError?.high ?? NaN) < 0);
  assert.ok((differenceError?.high ?? NaN) < 0);
});

Deno.test("compareToTruth() measures no part of fewer than 50 examples", async () => {
  const ratio = new Float64Array(2 * HALF).fill(1);
  const { inError } = await runTask(compareToTruth, {
    ...planted,
    split: { ratio, probability: { reference: ratio, shifted: ratio } },
    truth,
    epsilon: 0.2,
    resamples: 5,
    seed: 1,
    level,
    title: "checkpoints",
  });
  assert.deepEqual(inError, {
    tooFew: 0,
    unit: "points",
    title: "checkpoints, in support",
  });
});
