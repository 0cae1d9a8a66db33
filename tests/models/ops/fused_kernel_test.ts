import assert from "node:assert/strict";
import * as tf from "@tensorflow/tfjs-core";
import {
  composedKernels,
  isRegistered,
  replaceKernel,
  runFused,
} from "../../../models/ops/fused_kernel.ts";
import { onCpu } from "../on_cpu.ts";

tf.enableProdMode(); // no greeting from the cpu backend
await onCpu();

function double(name: string): number {
  return tf.tidy(() => {
    const x = tf.scalar(3);
    const outputs = runFused(name, {
      inputs: { x },
      attributes: { factor: 2 },
      composition: ({ x }, { factor }) => [tf.mul(x, factor)],
    });
    return outputs[0]?.dataSync()[0] ?? NaN;
  });
}

Deno.test("runFused() runs the composition where the backend has no kernel, and says so", () => {
  assert.equal(isRegistered("TestDouble", "cpu"), false);
  assert.equal(double("TestDouble"), 6);
  assert.equal(double("TestDouble"), 6);
  assert.deepEqual(composedKernels("cpu"), ["TestDouble"]);
  assert.deepEqual(composedKernels("wasm"), []);
});

Deno.test("replaceKernel() puts a kernel in the place of a composition", () => {
  assert.equal(double("TestReplaced"), 6);
  replaceKernel({
    kernelName: "TestReplaced",
    backendName: "cpu",
    kernelFunc: () => [tf.scalar(7)],
  });
  assert.equal(double("TestReplaced"), 7);
  assert.equal(composedKernels("cpu").includes("TestReplaced"), false);
});
