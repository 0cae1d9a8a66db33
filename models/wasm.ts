/**
 * tfjs's WebAssembly backend, from the files of the npm package.
 *
 * @module
 */
import { fileURLToPath } from "node:url";
import * as tf from "@tensorflow/tfjs";
import { setWasmPaths } from "@tensorflow/tfjs-backend-wasm";
import { registerWasmKernels } from "./kernels/wasm/register.ts";

let isSet = false;

/**
 * Starts the backend, makes it current and registers our kernels with it.
 *
 * @throws {Error} if the WebAssembly module cannot be loaded
 */
export async function startWasm(): Promise<void> {
  if (!isSet) {
    isSet = true;
    const entry = import.meta.resolve("@tensorflow/tfjs-backend-wasm");
    setWasmPaths(fileURLToPath(new URL(".", entry)));
    // tfjs's threaded build does not start under Deno.
    tf.env().set("WASM_HAS_MULTITHREAD_SUPPORT", false);
  }
  if (!(await tf.setBackend("wasm"))) {
    throw new Error(
      'Cannot start device "wasm": its module could not be loaded from the package "@tensorflow/tfjs-backend-wasm"; run "deno install"',
    );
  }
  await registerWasmKernels();
}
