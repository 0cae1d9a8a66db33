import assert from "node:assert/strict";
import { wasmFacts } from "../../../../models/kernels/wasm/kernel_exports.ts";

Deno.test("wasmFacts() says how the processor rounds and which kernels there are, the same each time", async () => {
  const facts = await wasmFacts();
  assert.ok(["fused", "separate"].includes(facts.multiplyAdd));
  assert.match(facts.kernels, /^[0-9a-f]{64}$/);
  assert.deepEqual(await wasmFacts(), facts);
});
