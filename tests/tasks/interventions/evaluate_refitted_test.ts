import assert from "node:assert/strict";
import { stream } from "../../../engine/define/random.ts";
import { REFITS } from "../../../models/interventions/refits.ts";
import { mlp } from "../../../models/mlp.ts";
import type { Weights } from "../../../models/model/weights.ts";
import { evaluate } from "../../../tasks/evaluation/evaluate.ts";
import { evaluateRefitted } from "../../../tasks/interventions/evaluate_refitted.ts";
import { randomImages } from "../../shifts/random_images.ts";
import { contextOnCpu } from "../context.ts";
import { runTask } from "../run_task.ts";

const random = stream(7, "refitted");
const drawn = (...shape: readonly number[]) => ({
  shape,
  data: Float32Array.from(
    { length: shape.reduce((product, side) => product * side, 1) },
    () => random.normal(),
  ),
});
const trunk = { "layer1.kernel": drawn(12, 8), "layer1.bias": drawn(8) };
const head = (): Weights => ({
  "head.kernel": drawn(8, 4),
  "head.bias": drawn(4),
});

const sets = { plain: randomImages(300, 1), other: randomImages(140, 2) };
const network = {
  model: mlp,
  modelOptions: { width: 8, layers: 1 },
  seed: 101,
  sets,
};
const weights = { ...trunk, ...head() };
const refitted = {
  weighted: head(),
  published: head(),
  disagreement: head(),
  unbalanced: head(),
};

Deno.test("evaluateRefitted() judges every refit as evaluate() judges that network", async () => {
  const context = contextOnCpu();
  const all = await runTask(
    evaluateRefitted,
    { ...network, name: "scratch", weights, refitted },
    context,
  );
  assert.deepEqual(context.told.at(-1), {
    unit: "test set",
    done: 2,
    total: 2,
  });
  for (const refit of REFITS) {
    const name = `scratch, ${refit}`;
    const alone = await evaluate.task.run({
      ...network,
      name,
      networks: { final: { ...trunk, ...refitted[refit] } },
    }, contextOnCpu());
    assert.deepEqual(all[refit], alone);
  }
  const right = REFITS.map((refit) => all[refit].networks[0]?.sets["plain"]);
  assert.equal(
    new Set(right.map((set) => set?.right.join())).size,
    REFITS.length,
  );
});

Deno.test("evaluateRefitted() refuses a last layer that is not for the features of the network", async () => {
  const wider = { ...head(), "head.kernel": drawn(9, 4) };
  await assert.rejects(
    () =>
      runTask(evaluateRefitted, {
        ...network,
        name: "scratch",
        weights,
        refitted: { ...refitted, published: wider },
      }, contextOnCpu()),
    /last layer of shape \[9,4\]/,
  );
});
