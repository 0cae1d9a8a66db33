import assert from "node:assert/strict";
import * as tf from "@tensorflow/tfjs";
import { registerWasmKernels } from "../../../models/kernels/wasm/register.ts";
import { makeR8, type Parameters, r8Trainer } from "./r8_network.ts";
import { startWasmBackend } from "./wasm_backend.ts";
import reference from "../data/r8_losses.json" with { type: "json" };

await startWasmBackend();
await registerWasmKernels();

/** The generator of data/r8_losses.py. */
function uniforms(): () => number {
  let state = 1;
  return () => {
    state = (Math.imul(1664525, state) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

/** Trains R8 as data/r8_losses.py does and gives the losses and the weights. */
function train(steps: number): {
  losses: number[];
  weights: Record<string, Float32Array>;
} {
  const uniform = uniforms();
  const parameters: Parameters = makeR8((name, shape) => {
    const n = shape.reduce((product, size) => product * size, 1);
    if (shape.length === 1) {
      return new Float32Array(n).fill(name.includes("scale") ? 1 : 0);
    }
    const bound = Math.sqrt(6 / (n / (shape.at(-1) as number)));
    return Float32Array.from({ length: n }, () => (2 * uniform() - 1) * bound);
  });
  const images = Float32Array.from(
    { length: 64 * 32 * 32 * 3 },
    () => 2 * uniform() - 1,
  );
  const labels = Int32Array.from(
    { length: 64 },
    () => Math.floor(uniform() * 10),
  );
  const trainer = r8Trainer(parameters);
  const losses: number[] = [];
  let counts: number[] = [];
  for (let step = 0; step < steps; step++) {
    const part = step % 4;
    const loss = tf.tidy(() => {
      const size = 16 * 32 * 32 * 3;
      return trainer.step(
        tf.tensor4d(images.slice(part * size, (part + 1) * size), [
          16,
          32,
          32,
          3,
        ]),
        tf.tensor1d(labels.slice(part * 16, part * 16 + 16), "int32"),
      );
    });
    losses.push(loss.dataSync()[0] as number);
    loss.dispose();
    const { numTensors, numBytes } = tf.memory();
    if (step === 0) counts = [numTensors, numBytes];
    else assert.deepEqual([numTensors, numBytes], counts, "memory is flat");
  }
  const weights = Object.fromEntries(
    Object.entries(parameters).map((
      [name, variable],
    ) => [name, variable.dataSync().slice() as Float32Array]),
  );
  trainer.dispose();
  return { losses, weights };
}

function norm(values: Float32Array): number {
  return Math.sqrt(values.reduce((sum, value) => sum + value ** 2, 0));
}

Deno.test("a training of R8 follows PyTorch in double precision for 50 steps, and again to the bit", () => {
  const { losses, weights } = train(50);
  // Rounding grows along a training: the first ten losses agree to 10⁻⁴, all to 1 %.
  for (const [step, expected] of reference.losses.entries()) {
    const error = Math.abs((losses[step] as number) - expected) / expected;
    assert(
      error < (step < 10 ? 1e-4 : 1e-2),
      `step ${step}: ${losses[step]} instead of ${expected}`,
    );
  }
  for (const [name, expected] of Object.entries(reference.finalNorms)) {
    const actual = norm(weights[name] as Float32Array);
    assert(Math.abs(actual - expected) < 1e-2 * expected + 1e-3, name);
  }
  const again = train(50);
  assert.deepEqual(again.losses, losses);
  assert.deepEqual(again.weights, weights);
});

Deno.test("a training of R8 holds no more memory after 200 steps than after one", () => {
  train(200);
});
