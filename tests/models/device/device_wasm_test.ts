import assert from "node:assert/strict";
import * as tf from "@tensorflow/tfjs-core";
import { startWasm } from "../../../models/device/device.ts";

Deno.test("startWasm() uses the SIMD build without threads", async () => {
  await startWasm();
  assert.equal(tf.getBackend(), "wasm");
  assert.equal(await tf.env().getAsync("WASM_HAS_SIMD_SUPPORT"), true);
  assert.equal(await tf.env().getAsync("WASM_HAS_MULTITHREAD_SUPPORT"), false);
});
