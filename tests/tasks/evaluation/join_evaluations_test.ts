import assert from "node:assert/strict";
import { joinEvaluations } from "../../../tasks/evaluation/join_evaluations.ts";
import { evaluationOf } from "../../shifts/evaluations.ts";
import { runTask } from "../run_task.ts";

/** A run with a checkpoint, on some sets of which it gets so many of five images right. */
function run(right: Readonly<Record<string, number>>, change: object = {}) {
  const sets = (less: number) =>
    Object.fromEntries(
      Object.entries(right).map(([set, n]) => [
        set,
        { correct: [n - less, 1], total: [3, 2] },
      ]),
    );
  return evaluationOf({
    name: "scratch",
    seed: 7,
    classes: ["a", "b"],
    networks: [{ epoch: 2, sets: sets(1) }, { sets: sets(0) }],
    ...change,
  });
}

Deno.test("joinEvaluations() gives what one evaluation on all of the sets would give", async () => {
  const [first, second] = [run({ own: 2, random: 3 }), run({ turned: 1 })];
  assert.deepEqual(
    await runTask(joinEvaluations, { first, second }),
    run({ own: 2, random: 3, turned: 1 }),
  );
});

Deno.test("joinEvaluations() refuses evaluations of other networks", async () => {
  const first = run({ own: 2 });
  for (const change of [{ seed: 8 }, { name: "photo" }, { networks: [] }]) {
    await assert.rejects(
      () =>
        runTask(joinEvaluations, { first, second: run({ turned: 1 }, change) }),
      /^TypeError: Cannot join evaluations: they are of other networks or classes/,
    );
  }
});
