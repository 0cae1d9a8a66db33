import assert from "node:assert/strict";
import type { Images } from "../../../data/images/images.ts";
import { stream } from "../../../engine/define/random.ts";
import { none } from "../../../models/augmentations/none.ts";
import { mlp } from "../../../models/mlp.ts";
import type { DomainScores } from "../../../shifts/measure/support_split.ts";
import { partsOf } from "../../../shifts/measure/parts.ts";
import { auroc } from "../../../stats/intervals/auroc.ts";
import { compareParts } from "../../../tasks/splits/compare_parts.ts";
import { joinScores } from "../../../tasks/splits/join_scores.ts";
import { partBySupport } from "../../../tasks/splits/part_by_support.ts";
import { scoreFeatures } from "../../../tasks/splits/score_features.ts";
import { scoreFold } from "../../../tasks/splits/score_fold.ts";
import { splitSupport } from "../../../tasks/splits/split_support.ts";
import { runTask } from "../run_task.ts";

const N = 4000;

/** One normal feature: reference N(0, 1), shifted N(2, 1), so that the ratio of the densities is exp(2 − 2x). */
function features(mean: number, seed: number, n = N) {
  const random = stream(seed, "features");
  return {
    values: Float32Array.from({ length: n }, () => mean + random.normal()),
    dimension: 1,
  };
}

const scored = await runTask(scoreFeatures, {
  reference: features(0, 1),
  shifted: features(2, 2, N / 2),
  folds: 5,
  seed: 3,
  penalty: 1,
});

for (const calibration of ["temperature", "isotonic"] as const) {
  Deno.test(`splitSupport() comes near the true ratio of two densities by ${calibration}`, async () => {
    const { split, nReference, nShifted, auroc, ...rest } = await runTask(
      splitSupport,
      { scores: scored, calibration, bins: 20 },
    );
    assert.deepEqual([nReference, nShifted], [N, N / 2]);
    const x = features(2, 2, N / 2).values;
    const within = (ratio: number) => ratio >= 0.2;
    const differ = x.filter((value, i) =>
      within(Math.exp(2 - 2 * value)) !== within(split.ratio[i] ?? NaN)
    ).length;
    assert.ok(differ / x.length < 0.04, String(differ / x.length));
    // Φ(2/√2), the probability that the greater of two draws is the shifted one.
    assert.ok(Math.abs(auroc - 0.9214) < 0.01, String(auroc));
    assert.ok(rest.calibrationError < 0.03, String(rest.calibrationError));
    assert.equal(
      rest.reliability.reduce((sum, { n }) =>
        sum + n, 0),
      1.5 * N,
    );
  });
}

Deno.test("splitSupport() undoes scores that are too sure of themselves", async () => {
  const sure = (values: Float64Array) => values.map((value) => 3 * value);
  const by = async (scores: DomainScores) =>
    await runTask(splitSupport, {
      scores,
      calibration: "temperature",
      bins: 20,
    });
  const [plain, stretched] = [
    await by(scored),
    await by({
      ...scored,
      reference: sure(scored.reference),
      shifted: sure(scored.shifted),
    }),
  ];
  for (const [i, ratio] of plain.split.ratio.entries()) {
    assert.ok(
      Math.abs(Math.log((stretched.split.ratio[i] ?? NaN) / ratio)) < 1e-6,
    );
  }
  assert.ok(
    Math.abs(3 * stretched.inverseTemperature - plain.inverseTemperature) <
      1e-9,
  );
});

Deno.test("splitSupport() refuses scores of one fold, which nothing else can calibrate", async () => {
  await assert.rejects(
    runTask(splitSupport, {
      scores: {
        reference: Float64Array.of(1),
        shifted: Float64Array.of(0),
        folds: { reference: Uint8Array.of(0), shifted: Uint8Array.of(0) },
      },
      calibration: "temperature",
      bins: 1,
    }),
    new RangeError("Cannot calibrate by other folds: there are 1"),
  );
});

Deno.test("joinScores() takes each example's score from the fold that held it out", async () => {
  const folds = {
    reference: Uint8Array.of(0, 1),
    shifted: Uint8Array.of(1, 0),
  };
  const fold = (reference: number[], shifted: number[]): DomainScores => ({
    reference: Float64Array.from(reference),
    shifted: Float64Array.from(shifted),
    folds,
  });
  const first = fold([1, NaN], [NaN, 4]);
  const second = fold([NaN, 2], [3, NaN]);
  const joined = await runTask(joinScores, { folds: [first, second] });
  assert.deepEqual([...joined.reference, ...joined.shifted], [1, 2, 3, 4]);
  await assert.rejects(
    runTask(joinScores, { folds: [first, first] }),
    new RangeError(
      "Cannot join scores: reference example 0 was held out 2 times in 2 folds, not once",
    ),
  );
  await assert.rejects(
    runTask(joinScores, { folds: [] }),
    new RangeError("Cannot join scores: there is no fold"),
  );
});

Deno.test("partBySupport() cuts at the threshold", async () => {
  const ratio = Float64Array.of(0, 0.2, 0.19, Infinity);
  const found = await runTask(partBySupport, {
    split: { ratio, probability: { reference: ratio, shifted: ratio } },
    epsilon: 0.2,
  });
  assert.deepEqual([...found.parts.inSupport], [0, 1, 0, 1]);
  assert.deepEqual([found.inSupport, found.outOfSupport], [2, 2]);
});

Deno.test("compareParts() says how far two splits agree", async () => {
  const { agreement, overlap, kappa } = await runTask(compareParts, {
    first: partsOf([true, true, false, false]),
    second: partsOf([true, false, false, false]),
  });
  assert.deepEqual({ agreement, overlap, kappa }, {
    agreement: 0.75,
    overlap: 0.5,
    kappa: 0.5,
  });
});

Deno.test("scoreFold() learns to tell two sets apart, and scores the fold that it did not see", async () => {
  const images = (n: number, level: number): Images => ({
    images: Uint8Array.from({ length: 12 * n }, (_, i) => level + i % 40),
    labels: new Uint8Array(n),
    shape: [2, 2, 3],
    classes: ["a"],
  });
  const args = {
    reference: images(60, 20),
    shifted: images(40, 180),
    model: mlp,
    modelOptions: { width: 4, layers: 1 },
    augmentation: none,
    optimizer: { name: "adamw", learningRate: 0.05, weightDecay: 0 },
    epochs: 6,
    batchSize: 8,
    folds: 5,
    seed: 1,
  } as const;
  const folds = [];
  for (const fold of [0, 1, 2, 3, 4]) {
    folds.push(await runTask(scoreFold, { ...args, fold }));
  }
  const [first] = folds;
  assert.equal(first?.reference.filter((s) => !Number.isNaN(s)).length, 12);
  assert.equal(first?.shifted.filter((s) => !Number.isNaN(s)).length, 8);
  const joined = await runTask(joinScores, { folds });
  assert.equal(auroc(joined.reference, joined.shifted), 1);
  assert.ok(Math.min(...joined.reference) > 0);
});
