import assert from "node:assert/strict";
import type { Counts } from "../../../shifts/measure/evaluation.ts";
import {
  type Candidate,
  chooseRun,
} from "../../../tasks/training/choose_run.ts";
import { evaluationOf } from "../../shifts/evaluations.ts";
import { runTask } from "../run_task.ts";

/** A run that is right so often on the selection set, and the other way round on the test set. */
function candidate(name: string, correct: readonly number[]): Candidate {
  const total = [10, 30];
  const test: Counts = {
    correct: correct.map((count, i) => (total[i] ?? NaN) - count),
    total,
  };
  return {
    name,
    value: Number(name),
    evaluation: evaluationOf({
      name: `rate ${name}`,
      seed: 1,
      classes: ["a", "b"],
      networks: [{ sets: { selection: { correct, total }, test } }],
    }),
  };
}

const candidates = [
  candidate("0.01", [4, 20]),
  candidate("0.003", [9, 18]),
  candidate("0.001", [7, 20]),
  candidate("0.0003", [0, 1]),
];

Deno.test("chooseRun() takes the run of highest accuracy on the deciding set, the first of equals", async () => {
  const args = { candidates, set: "selection" };
  const { name, value, accuracies } = await runTask(chooseRun, args);
  assert.equal(name, "0.003");
  assert.equal(value, 0.003);
  assert.deepEqual(accuracies, {
    "0.01": 24 / 40,
    "0.003": 27 / 40,
    "0.001": 27 / 40,
    "0.0003": 1 / 40,
  });
});

Deno.test("chooseRun() refuses no candidates and two of one name", async () => {
  await assert.rejects(
    async () => await runTask(chooseRun, { candidates: [], set: "selection" }),
    { message: "Cannot choose a run: there are no candidates" },
  );
  await assert.rejects(
    async () =>
      await runTask(chooseRun, {
        candidates: [candidate("0.01", [1, 1]), candidate("0.01", [2, 1])],
        set: "selection",
      }),
    { message: 'Cannot choose a run: two candidates are named "0.01"' },
  );
});

Deno.test("chooseRun() refuses runs that were not evaluated on the deciding set", async () => {
  await assert.rejects(
    async () => await runTask(chooseRun, { candidates, set: "validation" }),
    {
      message: 'Cannot mix accuracies: there are no counts of set "validation"',
    },
  );
});
