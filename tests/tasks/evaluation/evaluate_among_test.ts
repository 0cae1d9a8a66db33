import assert from "node:assert/strict";
import { mlp } from "../../../models/mlp.ts";
import type { Weights } from "../../../models/model/weights.ts";
import {
  evaluate,
  type EvaluateArgs,
} from "../../../tasks/evaluation/evaluate.ts";
import { randomImages } from "../../shifts/random_images.ts";
import { contextOnCpu } from "../context.ts";

/** Weights of a network that prefers class 3, then class 1, whatever it sees. */
const stubborn: Weights = {
  "layer1.kernel": { shape: [12, 2], data: new Float32Array(24) },
  "layer1.bias": { shape: [2], data: new Float32Array(2) },
  "head.kernel": { shape: [2, 4], data: new Float32Array(8) },
  "head.bias": { shape: [4], data: Float32Array.of(0, 1, 0, 2) },
};

const args: EvaluateArgs = {
  name: "scratch",
  seed: 1,
  model: mlp,
  modelOptions: { width: 2, layers: 1 },
  networks: { final: stubborn, "2": stubborn },
  sets: {
    photographs: {
      ...randomImages(6, 1),
      labels: Uint8Array.of(0, 1, 1, 3, 3, 3),
    },
  },
  among: ["a", "b", "c"],
};

const run = async (changes: Partial<EvaluateArgs> = {}) =>
  await evaluate.task.run({ ...args, ...changes }, contextOnCpu());

Deno.test("evaluate() among some classes leaves out images of others and never predicts them", async () => {
  const { labels, networks } = await run();
  const sets = {
    photographs: {
      correct: [0, 2, 0, 0],
      total: [1, 2, 0, 0],
      right: Uint8Array.of(0, 1, 1),
    },
  };
  assert.deepEqual(networks, [{ epoch: 2, sets }, { sets }]);
  assert.deepEqual(labels, { photographs: Uint8Array.of(0, 1, 1) });
});

Deno.test("evaluate() among all classes is evaluate() without a choice", async () => {
  const { networks } = await run({
    networks: { final: stubborn },
    among: ["a", "b", "c", "d"],
  });
  assert.deepEqual(networks, [{
    sets: {
      photographs: {
        correct: [0, 0, 0, 3],
        total: [1, 2, 0, 3],
        right: Uint8Array.of(0, 0, 0, 1, 1, 1),
      },
    },
  }]);
});

Deno.test("evaluate() among classes throws when one is not one of the images'", async () => {
  await assert.rejects(
    () => run({ among: ["a", "deer"] }),
    {
      name: "RangeError",
      message:
        'Cannot evaluate among class "deer": the images have the classes "a", "b", "c", "d"',
    },
  );
});
