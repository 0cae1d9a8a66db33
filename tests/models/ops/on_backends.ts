import assert from "node:assert/strict";
import * as tf from "@tensorflow/tfjs";
import { registerWasmKernels } from "../../../models/kernels/wasm/register.ts";
import { startWasmBackend } from "../kernels/wasm_backend.ts";

tf.enableProdMode(); // no greeting from the cpu backend
await startWasmBackend();
await registerWasmKernels();

/** Registers `test` twice: for the compositions on tfjs's cpu backend and for the wasm kernels. */
export function onBackends(name: string, test: () => void): void {
  for (const backend of ["cpu", "wasm"]) {
    Deno.test(`${name} on ${backend}`, async () => {
      await tf.setBackend(backend);
      const before = tf.memory().numTensors;
      tf.tidy(test);
      assert.equal(tf.memory().numTensors, before, "every tensor is disposed");
    });
  }
}
