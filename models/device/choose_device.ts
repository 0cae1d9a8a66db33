/**
 * Which device a run computes on: chosen, with the reason, before anything runs
 * and without loading tfjs.
 *
 * @module
 */
import {
  adapterFacts,
  type AdapterKind,
  findAdapter,
  isSoftware,
} from "./adapter.ts";
import { wasmFacts } from "../kernels/wasm/kernel_exports.ts";

/** The devices there are; `webgpu-software` is a WebGPU driver that computes on the CPU. */
export const DEVICES = ["webgpu", "webgpu-software", "wasm", "cpu"] as const;

/** A device that computes. */
export type DeviceName = typeof DEVICES[number];

/** What a user may ask for. */
export type DeviceRequest = "auto" | DeviceName;

/** A device that was chosen, and why. Plain data: it can be stored or sent to a worker. */
export interface DeviceChoice {
  readonly device: DeviceName;
  /** Why this device was chosen, in one sentence. */
  readonly reason: string;
  /** Everything about the device that results may depend on. */
  readonly facts: Readonly<Record<string, string>>;
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
        facts: { device: "cpu" },
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
  return { device, reason, facts: { device, ...adapterFacts(adapter) } };
}

async function wasmChoice(reason: string): Promise<DeviceChoice> {
  return {
    device: "wasm",
    reason,
    facts: { device: "wasm", ...await wasmFacts() },
  };
}

function unreachable(request: never): never {
  throw new TypeError(
    `Cannot use device "${request}": the devices are auto, ${
      DEVICES.join(", ")
    }`,
  );
}
