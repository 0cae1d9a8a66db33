import assert from "node:assert/strict";
import * as tf from "@tensorflow/tfjs-core";
import {
  chooseDevice,
  type DeviceChoice,
  type DeviceRequest,
} from "../../../models/device/choose_device.ts";
import { startDevice } from "../../../models/device/device.ts";
import { onEachDevice } from "../on_each_device.ts";

function adapter(
  description: string,
  { software }: { readonly software: boolean },
): GPUAdapter {
  return {
    info: {
      description,
      vendor: "v",
      architecture: "a",
      isFallbackAdapter: software,
    },
  } as GPUAdapter;
}
const hardware = adapter("Graphics 3000", { software: false });
const llvmpipe = adapter("llvmpipe (LLVM 19)", { software: true });

const choose = (request: DeviceRequest, found: GPUAdapter | null) =>
  chooseDevice(request, { find: () => Promise.resolve(found) });

Deno.test("chooseDevice() takes a GPU when there is one", async () => {
  const { device, reason, facts } = await choose("auto", hardware);
  assert.equal(device, "webgpu");
  assert.equal(reason, "a GPU was found: Graphics 3000");
  assert.deepEqual(facts, {
    device: "webgpu",
    adapter: "Graphics 3000",
    vendor: "v",
    architecture: "a",
  });
});

Deno.test("chooseDevice() takes wasm rather than a software driver, and says so", async () => {
  const { device, reason } = await choose("auto", llvmpipe);
  assert.equal(device, "wasm");
  assert.equal(
    reason,
    "the only WebGPU adapter is a software driver (llvmpipe (LLVM 19)), which is slower than WebAssembly",
  );
});

Deno.test("chooseDevice() takes wasm where there is no adapter", async () => {
  const { device, reason, facts } = await choose("auto", null);
  assert.equal(device, "wasm");
  assert.equal(
    reason,
    "no GPU was found, and WebAssembly is the fastest device without one",
  );
  assert.equal(facts["device"], "wasm");
});

Deno.test("chooseDevice() recognises a software driver by its name", async () => {
  const unmarked = adapter("SwiftShader Device", { software: false });
  assert.equal((await choose("auto", unmarked)).device, "wasm");
});

Deno.test("chooseDevice() takes what is asked for", async () => {
  assert.equal((await choose("webgpu", hardware)).device, "webgpu");
  assert.equal(
    (await choose("webgpu-software", llvmpipe)).device,
    "webgpu-software",
  );
  for (const device of ["wasm", "cpu"] as const) {
    const choice = await choose(device, hardware);
    assert.equal(choice.device, device);
    assert.equal(choice.reason, "it was asked for");
  }
});

Deno.test("chooseDevice() names the way out where a device is missing", async () => {
  const refusals = [
    [
      "webgpu",
      null,
      'Cannot use device "webgpu": no WebGPU adapter was found; use "auto" or "wasm"',
    ],
    [
      "webgpu",
      llvmpipe,
      'Cannot use device "webgpu": the only adapter is the software driver "llvmpipe (LLVM 19)"; use "webgpu-software" to compute on it all the same, or "wasm", which is faster',
    ],
    [
      "webgpu-software",
      null,
      'Cannot use device "webgpu-software": no software WebGPU adapter was found; install a software Vulkan driver (Debian: mesa-vulkan-drivers) or use "auto"',
    ],
    [
      "webgpu-software",
      hardware,
      'Cannot use device "webgpu-software": no software WebGPU adapter was found; install a software Vulkan driver (Debian: mesa-vulkan-drivers) or use "auto"',
    ],
    [
      "gpu" as DeviceRequest,
      null,
      'Cannot use device "gpu": the devices are auto, webgpu, webgpu-software, wasm, cpu',
    ],
  ] as const;
  for (const [request, found, message] of refusals) {
    await assert.rejects(choose(request, found), { message });
  }
});

onEachDevice("startDevice() gives the same device twice", async (device) => {
  const again = await startDevice(await chooseDevice(device.name));
  assert.equal(again, device);
  assert.equal(
    tf.getBackend(),
    device.name === "webgpu-software" ? "webgpu" : device.name,
  );
});

async function inWorker(
  choice: DeviceChoice,
  permissions: Deno.PermissionOptions,
): Promise<unknown> {
  const worker = new Worker(import.meta.resolve("../device_worker.ts"), {
    type: "module",
    deno: { permissions },
  });
  try {
    return await new Promise<unknown>((resolve, reject) => {
      worker.onmessage = ({ data }) => resolve(data);
      worker.onerror = (event) => reject(new Error(event.message));
      worker.postMessage(choice);
    });
  } finally {
    worker.terminate();
  }
}

onEachDevice("startDevice() works in a worker", async ({ name, facts }) => {
  const choice = { device: name, reason: "", facts };
  assert.deepEqual(await inWorker(choice, "inherit"), { name, sum: 6 });
});

Deno.test("startDevice() says so when the wasm module cannot be loaded", async () => {
  const choice = { device: "wasm", reason: "", facts: {} } as const;
  assert.deepEqual(await inWorker(choice, { read: false }), {
    error:
      'Cannot start device "wasm": its module could not be loaded from the package "@tensorflow/tfjs-backend-wasm"; run "deno install"',
  });
});

Deno.test("startDevice() refuses an adapter that is not there", async () => {
  const choice = await choose("webgpu", hardware);
  await assert.rejects(startDevice(choice), {
    message:
      /^Cannot start device "webgpu": the adapter "Graphics 3000" is not there$|^Cannot start device "webgpu": "webgpu-software" is running; dispose it first$/,
  });
});
