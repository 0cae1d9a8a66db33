import assert from "node:assert/strict";
import * as tf from "@tensorflow/tfjs-core";
import { readWeights } from "../../../models/model/device_weights.ts";
import {
  clipScale,
  createOptimizer,
  globalNorm,
  type OptimizerSettings,
} from "../../../models/training/optimizer.ts";
import { onCpu } from "../on_cpu.ts";
import { relativeError } from "../relative_error.ts";
import { onBackends } from "../ops/on_backends.ts";

async function afterOneStep(
  settings: OptimizerSettings,
  { clipNorm }: { readonly clipNorm?: number } = {},
): Promise<Record<string, number>> {
  await onCpu();
  const parameters = tf.tidy(() => ({
    kernel: tf.variable(tf.tensor2d([[1]])),
    bias: tf.variable(tf.tensor1d([1])),
  }));
  const gradients = { kernel: tf.tensor2d([[3]]), bias: tf.tensor1d([4]) };
  const optimizer = createOptimizer(settings, parameters);
  optimizer.update(gradients, {
    step: 0,
    learningRate: 0.1,
    ...(clipNorm === undefined ? {} : { clipNorm }),
  });
  const { kernel, bias } = await readWeights(parameters);
  optimizer.dispose();
  tf.dispose([parameters, gradients]);
  return { kernel: kernel?.data[0] ?? NaN, bias: bias?.data[0] ?? NaN };
}

function close(
  actual: Record<string, number>,
  expected: Record<string, number>,
): void {
  for (const [name, value] of Object.entries(expected)) {
    assert.ok(
      Math.abs((actual[name] ?? NaN) - value) < 1e-6,
      `${name}: ${actual[name]}`,
    );
  }
}

Deno.test("createOptimizer() makes AdamW, which decays kernels but not vectors", async () => {
  // The first step of Adam is the learning rate, whatever the gradient.
  close(
    await afterOneStep({ name: "adamw", learningRate: 1, weightDecay: 0.5 }),
    { kernel: 1 - 0.1 * 0.5 - 0.1, bias: 1 - 0.1 },
  );
});

Deno.test("createOptimizer() makes SGD with momentum", async () => {
  const settings = {
    name: "sgd",
    learningRate: 1,
    weightDecay: 0.5,
    momentum: 0.5,
  } as const;
  close(await afterOneStep(settings), {
    kernel: 1 - 0.05 - 0.3,
    bias: 1 - 0.4,
  });
  close(await afterOneStep({ ...settings, nesterov: true }), {
    kernel: 1 - 0.05 - 0.45,
    bias: 1 - 0.6,
  });
});

Deno.test("createOptimizer() scales gradients to the largest norm allowed", async () => {
  const settings = {
    name: "sgd",
    learningRate: 1,
    weightDecay: 0,
    momentum: 0,
  } as const;
  // The gradients (3, 4) have norm 5.
  close(await afterOneStep(settings, { clipNorm: 1 }), {
    kernel: 0.94,
    bias: 0.92,
  });
  close(await afterOneStep(settings, { clipNorm: 6 }), {
    kernel: 0.7,
    bias: 0.6,
  });
});

Deno.test("createOptimizer() names its state after the parameters and frees it", async () => {
  await onCpu();
  const before = tf.memory().numTensors;
  const parameters = { w: tf.tidy(() => tf.variable(tf.ones([2]))) };
  const adamw = createOptimizer({
    name: "adamw",
    learningRate: 1,
    weightDecay: 0,
  }, parameters);
  const sgd = createOptimizer({
    name: "sgd",
    learningRate: 1,
    weightDecay: 0,
    momentum: 0,
  }, parameters);
  assert.deepEqual(Object.keys(adamw.state), ["first.w", "second.w"]);
  assert.deepEqual(Object.keys(sgd.state), ["velocity.w"]);
  adamw.dispose();
  sgd.dispose();
  tf.dispose(parameters);
  assert.equal(tf.memory().numTensors, before);
});

onBackends("globalNorm() is the norm of all gradients together", async () => {
  const norm = globalNorm([tf.tensor2d([[3, 0]]), tf.scalar(4)]);
  assert.equal((await norm.data())[0], 5);
});

onBackends(
  "clipScale() is one below the limit and limit / norm above it",
  async () => {
    const gradients = [tf.tensor1d([3, 4])];
    assert.equal((await clipScale(gradients, { limit: 6 }).data())[0], 1);
    const scale = await clipScale(gradients, { limit: 1 }).data();
    assert(relativeError(scale, [1 / (5 + 1e-6)]) < 1e-6);
  },
);

onBackends("clipScale() brings the norm down to the limit", async () => {
  const [a, b] = [tf.tensor1d([3]), tf.tensor1d([4])];
  const scale = clipScale([a, b], { limit: 0.5 });
  assert(relativeError(await tf.mul(a, scale).data(), [0.3]) < 1e-6);
  assert(relativeError(await tf.mul(b, scale).data(), [0.4]) < 1e-6);
});
