/**
 * Devices: where networks are trained and used. A device is chosen, with the
 * reason, before anything runs, and started in each isolate that computes.
 *
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import type { Gpu } from "./kernels/webgpu/gpu.ts";
import { startWasm } from "./wasm.ts";
import {
  type AdapterKind,
  findAdapter,
  isSoftware,
  startWebGpu,
  webGpuFacts,
} from "./webgpu.ts";

/** The devices there are; `webgpu-software` is a WebGPU driver that computes on the CPU. */
export const DEVICES = ["webgpu", "webgpu-software", "wasm", "cpu"] as const;

/** A device that computes. */
export type DeviceName = typeof DEVICES[number];

/** What a user may ask for. */
export type DeviceRequest = "auto" | DeviceName;

/** A device that was chosen, and why. Plain data: it can be stored or sent to a worker. */
export interface DeviceChoice {
  readonly device: DeviceName;
  /** One sentence. */
  readonly reason: string;
  /** Everything about the device that results may depend on. */
  readonly facts: Readonly<Record<string, string>>;
}

/** A device that was started in this isolate. */
export interface Device {
  readonly name: DeviceName;
  readonly facts: Readonly<Record<string, string>>;
  /** The GPU, for what is done there without tfjs; left out on the other devices. */
  readonly gpu?: Gpu;
  /**
   * To be called between steps and after every read-back.
   *
   * @throws {GpuFault} if the device reported an error: its results are void
   */
  tick(): void;
  /** Gives a GPU back. The other devices have nothing to give back. */
  dispose(): void;
}

/** Where adapters come from; replaced in tests. */
export type FindAdapter = (kind: AdapterKind) => Promise<GPUAdapter | null>;

/**
 * Chooses a device. Nothing is left running.
 *
 * @throws {Error} if the device asked for is not there; the message names the way out
 */
export async function chooseDevice(
  request: DeviceRequest,
  { find = findAdapter }: { readonly find?: FindAdapter } = {},
): Promise<DeviceChoice> {
  switch (request) {
    case "auto": {
      const adapter = await find("any");
      if (adapter !== null && !isSoftware(adapter)) {
        return webGpuChoice("webgpu", {
          adapter,
          reason: `a GPU was found: ${adapter.info.description}`,
        });
      }
      return await wasmChoice(
        adapter === null
          ? "no GPU was found, and WebAssembly is the fastest device without one"
          : `the only WebGPU adapter is a software driver (${adapter.info.description}), which is slower than WebAssembly`,
      );
    }
    case "webgpu": {
      const adapter = await find("any");
      if (adapter === null) {
        throw new Error(
          'Cannot use device "webgpu": no WebGPU adapter was found; use "auto" or "wasm"',
        );
      }
      if (isSoftware(adapter)) {
        throw new Error(
          `Cannot use device "webgpu": the only adapter is the software driver "${adapter.info.description}"; use "webgpu-software" to compute on it all the same, or "wasm", which is faster`,
        );
      }
      return webGpuChoice("webgpu", { adapter, reason: "it was asked for" });
    }
    case "webgpu-software": {
      const adapter = await find("software");
      if (adapter === null || !isSoftware(adapter)) {
        throw new Error(
          'Cannot use device "webgpu-software": no software WebGPU adapter was found; install a software Vulkan driver (Debian: mesa-vulkan-drivers) or use "auto"',
        );
      }
      return webGpuChoice("webgpu-software", {
        adapter,
        reason: "it was asked for",
      });
    }
    case "wasm":
      return await wasmChoice("it was asked for");
    case "cpu":
      return {
        device: "cpu",
        reason: "it was asked for",
        facts: { device: "cpu", tfjs: tf.version.tfjs },
      };
    default:
      return unreachable(request);
  }
}

function webGpuChoice(
  device: "webgpu" | "webgpu-software",
  { adapter, reason }: {
    readonly adapter: GPUAdapter;
    readonly reason: string;
  },
): DeviceChoice {
  return { device, reason, facts: { device, ...webGpuFacts(adapter) } };
}

async function wasmChoice(reason: string): Promise<DeviceChoice> {
  return {
    device: "wasm",
    reason,
    facts: { device: "wasm", ...await startWasm() },
  };
}

function unreachable(request: never): never {
  throw new TypeError(
    `Cannot use device "${request}": the devices are auto, ${
      DEVICES.join(", ")
    }`,
  );
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
    else await tf.setBackend("cpu");
    return { name, facts, tick: () => {}, dispose: () => {} };
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
    ...(gpu === undefined ? {} : { gpu }),
    tick,
    dispose() {
      started.delete(name);
      dispose();
    },
  };
}
