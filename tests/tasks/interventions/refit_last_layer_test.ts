import assert from "node:assert/strict";
import { stream } from "../../../engine/define/random.ts";
import { chooseDevice } from "../../../models/device/choose_device.ts";
import { startDevice } from "../../../models/device/device.ts";
import { refitDisagreement } from "../../../models/interventions/refit_disagreement.ts";
import { refitPublished } from "../../../models/interventions/refit_published.ts";
import { refitWeighted } from "../../../models/interventions/refit_weighted.ts";
import { mlp } from "../../../models/mlp.ts";
import type { Weights } from "../../../models/model/weights.ts";
import { extractFeatures } from "../../../models/prediction/extract_features.ts";
import { refitLastLayer } from "../../../tasks/interventions/refit_last_layer.ts";
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
const network = (): Weights => ({
  "layer1.kernel": drawn(12, 8),
  "layer1.bias": drawn(8),
  "head.kernel": drawn(8, 4),
  "head.bias": drawn(4),
});

const images = randomImages(400, 1);
const args = {
  model: mlp,
  modelOptions: { width: 8, layers: 1 },
  weights: network(),
  early: network(),
  images,
  groups: {
    names: ["few", "many"],
    of: Int32Array.from(images.labels, (_, i) => i % 5 === 0 ? 0 : 1),
  },
  seed: 3,
  subsets: 2,
  disagreeing: 40,
};

Deno.test("refitLastLayer() gives what each refit gives on the network's features", async () => {
  const context = contextOnCpu();
  const { facts, ...refitted } = await runTask(refitLastLayer, args, context);
  assert.deepEqual(context.told.at(-1), { unit: "fit", done: 9, total: 9 });
  const device = await startDevice(await chooseDevice("cpu"));
  const featuresOf = (weights: Weights) =>
    extractFeatures({ ...args, weights, device });
  const { weights, early, groups, seed } = args;
  const { labels } = images;
  const refitting = { weights, labels, features: await featuresOf(weights) };
  const published = refitPublished(refitting, { groups, seed, refits: 2 });
  const disagreement = refitDisagreement(refitting, {
    early: { weights: early, features: await featuresOf(early) },
    images: 40,
  });
  assert.deepEqual(refitted, {
    weighted: refitWeighted(refitting, { balance: groups }).weights,
    published: published.weights,
    disagreement: disagreement.weights,
    unbalanced: refitWeighted(refitting, { balance: null }).weights,
  });
  assert.equal(
    new Set(
      Object.values(refitted).map((layer) => layer["head.kernel"]?.data.join()),
    ).size,
    4,
  );
  assert.equal(facts.published.c, published.facts.c);
  assert.equal(facts.published.candidates.length, 7);
  assert.deepEqual(facts.disagreement, disagreement.facts.distance);
});
