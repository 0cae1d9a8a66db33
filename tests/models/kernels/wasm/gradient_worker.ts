/// <reference lib="deno.worker" />
import * as tf from "@tensorflow/tfjs-core";
import { registerWasmKernels } from "../../../../models/kernels/wasm/register.ts";
import { sample, tensor } from "../samples.ts";
import { startWasmBackend } from "./wasm_backend.ts";

await startWasmBackend();
await registerWasmKernels();
const gradient = tf.tidy(() => {
  const x = tensor<tf.Tensor4D>(sample([4, 12, 12, 8], 1));
  return tf.grad((filter) => tf.conv2d(x, filter as tf.Tensor4D, 1, "same"))(
    tensor(sample([3, 3, 8, 16], 2)),
  );
});
self.postMessage(gradient.dataSync());
