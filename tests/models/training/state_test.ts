import assert from "node:assert/strict";
import * as tf from "@tensorflow/tfjs-core";
import { readWeights } from "../../../models/model/device_weights.ts";
import { resnet8 } from "../../../models/resnet8.ts";
import { everything } from "../../../models/model/model.ts";
import { startNetwork } from "../../../models/training/state.ts";
import type { Weights } from "../../../models/model/weights.ts";
import { onCpu } from "../on_cpu.ts";
import { bits, randomImages, tinyTraining } from "../training_fixture.ts";

const network = { model: resnet8, modelOptions: { widths: [2, 2, 4] } };

/** Weights of a network that differ from those of seed 1 everywhere. */
async function otherWeights(): Promise<Weights> {
  const options = tinyTraining(await onCpu(), { ...network, seed: 5 });
  const started = await startNetwork(options);
  const weights = await readWeights(everything(started));
  started.dispose();
  return Object.fromEntries(
    Object.entries(weights).map(([name, { shape, data }]) => [
      name,
      { shape, data: data.map((value, i) => value + 0.1 + i / 100) },
    ]),
  );
}

Deno.test("startNetwork() takes over all but the head where nothing is said", async () => {
  const from = await otherWeights();
  const options = tinyTraining(await onCpu(), network);
  const fresh = await startNetwork(options);
  const started = await startNetwork({ ...options, from });
  const own = bits(await readWeights(everything(fresh)));
  const expected = {
    ...bits(from),
    "head.kernel": own["head.kernel"],
    "head.bias": own["head.bias"],
  };
  assert.deepEqual(bits(await readWeights(everything(started))), expected);
  [fresh, started].forEach((network) => network.dispose());
});

Deno.test("startNetwork() takes the head over too when told to carry all", async () => {
  const from = await otherWeights();
  const options = tinyTraining(await onCpu(), network);
  const started = await startNetwork({ ...options, from, carry: "all" });
  assert.deepEqual(
    bits(await readWeights(everything(started))),
    bits(from),
  );
  started.dispose();
});

Deno.test("startNetwork() refuses to carry over the head for another number of classes", async () => {
  const from = await otherWeights();
  const before = tf.memory().numTensors;
  const images = { ...randomImages(34), classes: ["a", "b", "c", "d"] };
  const options = tinyTraining(await onCpu(), { ...network, images, from });
  await assert.rejects(startNetwork({ ...options, carry: "all" }), {
    name: "TypeError",
    message:
      'Cannot carry over the head: "head.kernel" has shape [4,3] and [4,4] is needed for 4 classes; carry over the "trunk" alone',
  });
  assert.equal(tf.memory().numTensors, before);
});

Deno.test("startNetwork() refuses to carry over what is not given", async () => {
  const options = tinyTraining(await onCpu(), { ...network, carry: "trunk" });
  await assert.rejects(startNetwork(options), {
    name: "TypeError",
    message: 'Cannot carry over "trunk": there are no weights to start from',
  });
});
