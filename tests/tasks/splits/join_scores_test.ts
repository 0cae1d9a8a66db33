import assert from "node:assert/strict";
import { joinScores } from "../../../tasks/splits/join_scores.ts";
import { runTask } from "../run_task.ts";

/** Two folds of two reference and two shifted examples; each tells those that it held out. */
function fold(own: number, score = 1) {
  const held = Uint8Array.of(0, 1);
  const scores = () =>
    Float64Array.from(held, (fold) => fold === own ? score : NaN);
  return {
    reference: scores(),
    shifted: scores(),
    folds: { reference: held, shifted: held },
  };
}

Deno.test("joinScores() takes each score from the fold that held its example out", async () => {
  const { reference, shifted } = await runTask(joinScores, {
    folds: [fold(0, 2), fold(1, 3)],
  });
  assert.deepEqual([...reference, ...shifted], [2, 3, 2, 3]);
});

Deno.test("joinScores() names the fold whose classifier gives no number", async () => {
  await assert.rejects(
    () => runTask(joinScores, { folds: [fold(0), fold(1, NaN)] }),
    {
      message:
        "Cannot join scores: the classifier of fold 1 gives reference example 1 none; its training may have diverged",
    },
  );
});
