/**
 * Devices: where networks are trained and used. A device that was chosen for
 * the run is started in each isolate that computes.
 *
 * @module
 */
import { fileURLToPath } from "node:url";
import * as tf from "@tensorflow/tfjs-core";
import { setWasmPaths } from "@tensorflow/tfjs-backend-wasm";
import { findAdapter } from "./adapter.ts";
import type { DeviceChoice, DeviceName } from "./choose_device.ts";
import { registerWasmKernels } from "../kernels/wasm/register.ts";
import type { Gpu } from "../kernels/webgpu/gpu/gpu.ts";
import { composedKernels } from "../ops/fused_kernel.ts";
import { startWebGpu } from "./webgpu.ts";

/** A device that was started in this isolate. */
export interface Device {
  readonly name: DeviceName;
  readonly facts: Readonly<Record<string, string>>;
  /** The GPU, for what is done there without tfjs; left out on the other devices. */
  readonly gpu?: Gpu;
  /**
   * What it computed with plain tfjs because it has no fast kernel for it, as a
   * sentence; `undefined` if there is nothing, or nothing has run yet.
   */
  fallbacks(): string | undefined;
  /**
   * To be called between steps and after every read-back.
   *
   * @throws {GpuFault} if the device reported an error: its results are void
   */
  tick(): void;
  /** Gives a GPU back. The other devices have nothing to give back. */
  dispose(): void;
}

const started = new Map<DeviceName, Device>();

/**
 * Starts a chosen device in this isolate and makes it tfjs's current backend.
 * Starting it again gives the same device.
 *
 * @throws {Error} if it is not there any more, or is not the one that was chosen
 */
export async function startDevice(choice: DeviceChoice): Promise<Device> {
  tf.enableProdMode(); // no greetings, no warnings
  const name = choice.device;
  const running = started.get(name);
  if (running !== undefined) {
    await tf.setBackend(backendOf(name));
    return running;
  }
  const device = await start(choice);
  started.set(name, device);
  return device;
}

function backendOf(name: DeviceName): string {
  return name === "webgpu-software" ? "webgpu" : name;
}

async function start({ device: name, facts }: DeviceChoice): Promise<Device> {
  if (name === "wasm" || name === "cpu") {
    if (name === "wasm") await startWasm();
    else await startCpu();
    return {
      name,
      facts,
      fallbacks: () => fallbacksOf(name),
      tick: () => {},
      dispose: () => {},
    };
  }
  const other = name === "webgpu" ? "webgpu-software" : "webgpu";
  if (started.has(other)) {
    throw new Error(
      `Cannot start device "${name}": "${other}" is running; dispose it first`,
    );
  }
  const adapter = await findAdapter(name === "webgpu" ? "any" : "software");
  if (
    adapter === null || adapter.info.description !== facts["adapter"]
  ) {
    throw new Error(
      `Cannot start device "${name}": the adapter "${
        facts["adapter"]
      }" is not there`,
    );
  }
  const { tick, dispose, gpu } = await startWebGpu(adapter);
  return {
    name,
    facts,
    fallbacks: () => fallbacksOf(name),
    ...(gpu === undefined ? {} : { gpu }),
    tick,
    dispose() {
      started.delete(name);
      dispose();
    },
  };
}

// Not written where it is imported: Deno would read it on every device, for 80 ms.
const CPU_BACKEND = "@tensorflow/tfjs-backend-cpu";

/** Starts tfjs's plain JavaScript and makes it current. */
async function startCpu(): Promise<void> {
  await import(CPU_BACKEND);
  await tf.setBackend("cpu");
}

let isWasmSet = false;

/**
 * Starts tfjs's WebAssembly backend, from the files of the npm package, makes
 * it current and registers our kernels with it.
 *
 * @throws {Error} if the WebAssembly module cannot be loaded
 */
export async function startWasm(): Promise<void> {
  if (!isWasmSet) {
    isWasmSet = true;
    const folder = new URL(
      ".",
      import.meta.resolve("@tensorflow/tfjs-backend-wasm"),
    );
    setWasmPaths(fileURLToPath(folder));
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

function fallbacksOf(name: DeviceName): string | undefined {
  const kernels = composedKernels(backendOf(name));
  return kernels.length === 0
    ? undefined
    : `${name} has no fast kernel for ${
      kernels.join(", ")
    }; plain tfjs does it`;
}
