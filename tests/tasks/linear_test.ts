/** The tasks of the theory: descend, compareStarts, testLinear, compareLinear, listPoints. */
import assert from "node:assert/strict";
import type { LabelledPoints } from "../../data/datasets/labelled_points.ts";
import { compareLinear } from "../../tasks/training/compare_linear.ts";
import { compareStarts } from "../../tasks/training/compare_starts.ts";
import { descend } from "../../tasks/training/descend.ts";
import { listPoints } from "../../tasks/datasets/list_points.ts";
import { testLinear } from "../../tasks/training/test_linear.ts";
import { contextOnCpu } from "./context.ts";
import { runTask } from "./run_task.ts";

/** Points of the first axis of a plane, of which three of four are of the class. */
const line: LabelledPoints = {
  inputs: Float64Array.of(1, 0, 1, 0, 1, 0, 1, 0),
  labels: Int32Array.of(1, 1, 1, -1),
  dimension: 2,
};

Deno.test("descend() starts at zero, at learned weights, at their negative or at normal ones", async () => {
  const run = async (start: Parameters<typeof descend.task.run>[0]["start"]) =>
    await runTask(descend, { points: line, start });
  const weights = [0.5, -2];
  assert.deepEqual((await run({ kind: "zero" })).start, [0, 0]);
  assert.deepEqual((await run({ kind: "learned", weights })).start, weights);
  const negated = await run({ kind: "negated", weights });
  assert.deepEqual(negated.start, [-0.5, 2]);
  assert.ok(Math.abs((negated.weights[0] ?? 0) - Math.log(3)) < 1e-11);
  assert.equal(negated.weights[1], 2);
  assert.ok(negated.steps > 0 && negated.distance < 1e-11);
  const [a, b] = await Promise.all(
    [1, 2].map((seed) => run({ kind: "normal", seed })),
  );
  assert.notDeepEqual(a?.start, b?.start);
});

Deno.test("compareStarts() measures differences in the span, changes off it and distances there", async () => {
  const result = await runTask(compareStarts, {
    points: line,
    descents: [
      { start: [0, 0], weights: [1, 0], steps: 7 },
      { start: [5, 3], weights: [1.25, 3], steps: 3 },
      { start: [5, -2], weights: [1, -1.5], steps: 5 },
    ],
  });
  const { basis, ...rest } = result;
  assert.deepEqual(rest, {
    rank: 1,
    within: 0.25,
    beyond: 0.5,
    apart: 4.5,
    fewest: 3,
    most: 7,
  });
  assert.deepEqual(basis.map((row) => row.map(Math.abs)), [[1, 0]]);
});

const corners: LabelledPoints = {
  inputs: Float64Array.of(1, 1, 1, -1, -1, 1, -1, -1),
  labels: Int32Array.of(1, 1, -1, -1),
  dimension: 2,
};

Deno.test("testLinear() gives accuracies and counts the points on which classifiers disagree", async () => {
  const { accuracies, disagreements, n } = await runTask(testLinear, {
    points: corners,
    classifiers: [[1, 0], [2, 0.5], [0, 1]],
  });
  assert.deepEqual(accuracies, [1, 1, 0.5]);
  assert.equal(disagreements, 2);
  assert.equal(n, 4);
  const agreeing = await runTask(testLinear, {
    points: corners,
    classifiers: [[1, 0], [2, 0.5]],
  });
  assert.equal(agreeing.disagreements, 0);
});

Deno.test("compareLinear() takes the interval of the difference over the same points", async () => {
  const result = await runTask(compareLinear, {
    points: corners,
    first: [1, 0],
    second: [0, 1],
    level: 0.95,
  });
  assert.equal(result.first, 1);
  assert.equal(result.second, 0.5);
  assert.equal(result.value, 0.5);
  // scipy.stats.ttest_1samp([0, 1, 1, 0], 0).confidence_interval(0.95), SciPy 1.15.3
  assert.ok(Math.abs(result.low - -0.4186931155) < 1e-9, `${result.low}`);
  assert.ok(Math.abs(result.high - 1.4186931155) < 1e-9, `${result.high}`);
});

Deno.test("listPoints() lists the points of a plane and refuses others", async () => {
  const value = await listPoints.task.run({ points: corners }, contextOnCpu());
  assert.deepEqual(value[1], { at: [1, -1], label: 1 });
  const points = { ...line, dimension: 4, labels: Int32Array.of(1, -1) };
  await assert.rejects(runTask(listPoints, { points }), {
    name: "RangeError",
    message: "Cannot draw points of 4 dimensions in a plane: 2 are needed",
  });
});
