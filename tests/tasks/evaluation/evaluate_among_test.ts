import assert from "node:assert/strict";
import { mlp } from "../../../models/mlp.ts";
import type { Weights } from "../../../models/model/weights.ts";
import {
  evaluateAmong,
  type EvaluateAmongArgs,
} from "../../../tasks/evaluation/evaluate_among.ts";
import { randomImages } from "../../shifts/random_images.ts";
import { contextOnCpu } from "../context.ts";

/** Weights of a network that prefers class 3, then class 1, whatever it sees. */
const stubborn: Weights = {
  "layer1.kernel": { shape: [12, 2], data: new Float32Array(24) },
  "layer1.bias": { shape: [2], data: new Float32Array(2) },
  "head.kernel": { shape: [2, 4], data: new Float32Array(8) },
  "head.bias": { shape: [4], data: Float32Array.of(0, 1, 0, 2) },
};

const args: EvaluateAmongArgs = {
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

const run = async (changes: Partial<EvaluateAmongArgs> = {}) =>
  await evaluateAmong.task.run({ ...args, ...changes }, contextOnCpu());

Deno.test("evaluateAmong() leaves out images of masked classes and never predicts them", async () => {
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

Deno.test("evaluateAmong() is evaluate() where all classes count", async () => {
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

Deno.test("evaluateAmong() throws when a class is not one of the images'", async () => {
  await assert.rejects(
    () => run({ among: ["a", "deer"] }),
    {
      name: "RangeError",
      message:
        'Cannot evaluate among class "deer": the images have the classes "a", "b", "c", "d"',
    },
  );
});
