import assert from "node:assert/strict";
import { takeEpoch } from "../../../tasks/evaluation/take_epoch.ts";
import { evaluationOf } from "../../shifts/evaluations.ts";
import { runTask } from "../run_task.ts";

const evaluation = evaluationOf({
  name: "photo, FT",
  seed: 3,
  classes: ["a", "b"],
  networks: [1, 2, 4].map((epoch) => ({
    epoch,
    sets: { plain: { correct: [epoch, 2], total: [5, 5] } },
  })),
});

Deno.test("takeEpoch() keeps one checkpoint with what it got right", async () => {
  const value = await runTask(takeEpoch, { evaluation, epoch: 2 });
  assert.deepEqual(value.networks, [evaluation.networks[1]]);
  assert.deepEqual(value.labels, evaluation.labels);
});

Deno.test("takeEpoch() says which epochs there are", async () => {
  await assert.rejects(runTask(takeEpoch, { evaluation, epoch: 3 }), {
    message:
      'Cannot take epoch 3 of "photo, FT": it was evaluated after 1, 2, 4',
  });
});
