import assert from "node:assert/strict";
import { refitDisagreement } from "../../../tasks/interventions/refit_disagreement.ts";
import { refitPublished } from "../../../tasks/interventions/refit_published.ts";
import { refitWeighted } from "../../../tasks/interventions/refit_weighted.ts";
import {
  accuracies,
  markedImages,
  taught,
} from "../../models/interventions/planted_bias.ts";
import { contextOnCpu } from "../context.ts";
import { runTask } from "../run_task.ts";

const network = taught(markedImages({ n: 2000, p: 0.8, seed: 1 }));
const held = markedImages({ n: 900, p: 0.8, seed: 2 });
const test = markedImages({ n: 3000, p: 0, seed: 3 });
const args = {
  weights: network,
  features: held.features,
  groups: held.groups,
  images: {
    images: new Uint8Array(900),
    labels: held.labels,
    shape: [1, 1, 1] as const,
    classes: ["a", "b", "c"],
  },
};

Deno.test("refitWeighted() gives weights and facts by groups, by classes and by neither", async () => {
  const [groups, classes, none] = await Promise.all(
    (["groups", "classes", "none"] as const).map((balance) =>
      runTask(refitWeighted, { ...args, balance })
    ),
  );
  assert.equal(groups?.facts.balanced?.groups, 9);
  assert.equal(classes?.facts.balanced?.groups, 3);
  assert.equal(none?.facts.balanced, null);
  const worst = [groups, classes, none].map((refit) =>
    accuracies(refit?.weights ?? {}, test).worst
  );
  assert.ok((worst[0] ?? NaN) > (worst[1] ?? NaN) + 0.1);
  assert.ok(Math.abs((worst[1] ?? NaN) - (worst[2] ?? NaN)) < 0.05);
});

Deno.test("refitPublished() gives weights and the chosen C", async () => {
  const context = contextOnCpu();
  const { weights, facts } = await runTask(refitPublished, {
    ...args,
    seed: 3,
    candidates: [0.3, 0.01],
    refits: 2,
  }, context);
  assert.deepEqual(context.told.at(-1), { unit: "fit", done: 4, total: 4 });
  assert.equal(facts.c, 0.3);
  assert.equal(facts.refits, 2);
  assert.ok(accuracies(weights, test).worst > accuracies(network, test).worst);
});

Deno.test("refitDisagreement() gives weights and what it was refitted on", async () => {
  const { weights, facts } = await runTask(refitDisagreement, {
    weights: network,
    features: held.features,
    images: args.images,
    early: { weights: network, features: held.features },
    take: 30,
  });
  // Nothing differs, so of each class the first are taken.
  assert.deepEqual(facts.distance, { chosen: 0, all: 0 });
  assert.equal(facts.chosen.length, 30);
  assert.deepEqual(Object.keys(weights).sort(), Object.keys(network).sort());
});
