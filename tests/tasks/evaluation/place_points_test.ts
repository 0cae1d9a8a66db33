import assert from "node:assert/strict";
import type { Evaluation } from "../../../shifts/measure/evaluation.ts";
import { labelShiftMixture } from "../../../shifts/label_shift.ts";
import { tintMixture } from "../../../shifts/tint.ts";
import { placePoints } from "../../../tasks/evaluation/place_points.ts";
import { evaluationOf } from "../../shifts/evaluations.ts";
import { contextOnCpu } from "../context.ts";

const set = (...correct: number[]) => ({
  correct,
  total: correct.map(() => 10),
});
const scratch: Evaluation = evaluationOf({
  name: "scratch, seed 101",
  seed: 101,
  classes: ["a", "b"],
  networks: [
    { epoch: 4, sets: { own: set(6, 6), random: set(2, 4), plain: set(9, 1) } },
    { sets: { own: set(10, 10), random: set(4, 8), plain: set(10, 10) } },
  ],
});
const photo: Evaluation = {
  ...scratch,
  name: "photo, seed 301",
  seed: 301,
  networks: scratch.networks.slice(1),
};

/** Without what rounding leaves in the last places. */
const tidy = (accuracy: number) => Number(accuracy.toFixed(12));

Deno.test("placePoints() makes a point of each network, run by run", async () => {
  const sizes = { referenceSize: 20, shiftedSize: 20 };
  const points = await placePoints.task.run(
    { evaluations: [scratch, photo], distributions: tintMixture(0.5) },
    contextOnCpu(),
  );
  assert.deepEqual(points.map(({ length }) => length), [2, 1]);
  const tidied = points.flat().map((point) => ({
    ...point,
    reference: tidy(point.reference),
    shifted: tidy(point.shifted),
  }));
  assert.deepEqual(tidied, [
    {
      model: "scratch, seed 101",
      reference: 0.45,
      shifted: 0.3,
      ...sizes,
      seed: 101,
      epoch: 4,
    },
    {
      model: "scratch, seed 101",
      reference: 0.8,
      shifted: 0.6,
      ...sizes,
      seed: 101,
    },
    {
      model: "photo, seed 301",
      reference: 0.8,
      shifted: 0.6,
      ...sizes,
      seed: 301,
    },
  ]);
});

Deno.test("placePoints() reuses an evaluation for a label shift of any strength", async () => {
  for (const pMinority of [0.1, 0.2]) {
    const distributions = labelShiftMixture({ pMinority, seed: 0, classes: 2 });
    const [[point] = []] = await placePoints.task.run(
      { evaluations: [scratch], distributions },
      contextOnCpu(),
    );
    const [first] = distributions.reference.classes ?? [];
    const [rare, common] = first === pMinority ? [0.9, 0.1] : [0.1, 0.9];
    const expected = pMinority * rare + (1 - pMinority) * common;
    assert.ok(Math.abs((point?.reference ?? NaN) - expected) < 1e-12);
    assert.ok(Math.abs((point?.shifted ?? NaN) - (1 - expected)) < 1e-12);
    const size = 10 / (pMinority ** 2 + (1 - pMinority) ** 2);
    assert.equal(point?.referenceSize, Math.round(size));
  }
});
