import * as tf from "@tensorflow/tfjs-core";
import { setWasmPaths } from "@tensorflow/tfjs-backend-wasm";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import "../../../../models/ops/gradients.ts";

/** Starts tfjs's wasm backend, without our kernels. */
export async function startWasmBackend(): Promise<void> {
  const entry = fileURLToPath(
    import.meta.resolve("@tensorflow/tfjs-backend-wasm"),
  );
  setWasmPaths(join(dirname(entry), "/"));
  tf.env().set("WASM_HAS_MULTITHREAD_SUPPORT", false);
  if (!await tf.setBackend("wasm")) {
    throw new Error("Cannot start the wasm backend: tfjs gave no reason");
  }
  await tf.ready();
}
