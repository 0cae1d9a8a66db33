import assert from "node:assert/strict";
import { Buffer } from "node:buffer";
import { BINARY, compileKernels } from "../../../../tools/build_kernels.ts";
import { test } from "../../../full.ts";

test.inFull("the committed kernels are what their source compiles to", async () => {
  const committed = await Deno.readFile(BINARY);
  const compiled = await compileKernels();
  assert(
    Buffer.compare(committed, compiled) === 0,
    "models/kernels/wasm/kernels.wasm is stale: run `deno task build:kernels`",
  );
});

Deno.test("the kernels import the memory of tfjs alone and bring no data into it", async () => {
  const module = await WebAssembly.compile(await Deno.readFile(BINARY));
  assert.deepEqual(WebAssembly.Module.imports(module), [
    { module: "env", name: "memory", kind: "memory" },
  ]);
  // A module without data segments leaves a memory of ones as it is.
  const memory = new WebAssembly.Memory({ initial: 1 });
  new Uint8Array(memory.buffer).fill(1);
  await WebAssembly.instantiate(module, { env: { memory } });
  assert(new Uint8Array(memory.buffer).every((byte) => byte === 1));
});
