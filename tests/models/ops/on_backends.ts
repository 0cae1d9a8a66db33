import assert from "node:assert/strict";
import * as tf from "@tensorflow/tfjs-core";
import { onKernels } from "../kernels/on_kernels.ts";
import { onCpu } from "../on_cpu.ts";

tf.enableProdMode(); // no greeting from the cpu backend

/** Registers `test` for the compositions on tfjs's cpu backend and for the kernels of every other. */
export function onBackends(
  name: string,
  test: () => void | Promise<void>,
  options: Parameters<typeof onKernels>[2] = {},
): void {
  Deno.test(`${name} on cpu`, async () => {
    await onCpu();
    const before = tf.memory().numTensors;
    tf.engine().startScope(); // tf.tidy() does not wait
    try {
      await test();
    } finally {
      tf.engine().endScope();
    }
    assert.equal(tf.memory().numTensors, before, "every tensor is disposed");
  });
  onKernels(name, test, options);
}
