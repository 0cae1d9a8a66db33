import assert from "node:assert/strict";
import { descend } from "../../../tasks/training/descend.ts";
import { line } from "../linear_points.ts";
import { runTask } from "../run_task.ts";

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
