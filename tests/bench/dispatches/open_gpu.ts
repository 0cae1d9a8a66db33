import * as tf from "@tensorflow/tfjs-core";
import type { WebGPUBackend } from "@tensorflow/tfjs-backend-webgpu";
import { findAdapter, isSoftware } from "../../../models/device/adapter.ts";
import type { Gpu } from "../../../models/kernels/webgpu/gpu/gpu.ts";
import { registerWebGpuKernels } from "../../../models/kernels/webgpu/register.ts";
import {
  type Tiling,
  tilingOf,
} from "../../../models/kernels/webgpu/gpu/tiling.ts";
import {
  type RunningWebGpu,
  startWebGpu,
} from "../../../models/device/webgpu.ts";
import { TIMESTAMPS } from "./time_dispatches.ts";

/** A GPU on which dispatches are timed. */
export interface BenchGpu extends Omit<RunningWebGpu, "gpu"> {
  readonly adapter: string;
  /** Whether it can time dispatches. */
  readonly hasTimestamps: boolean;
  /** The kernels for another tiling, on the same device. */
  use(tiling: Tiling): Gpu;
  readonly tiling: Tiling;
}

/**
 * Starts WebGPU with timestamps, where the adapter has them.
 *
 * @param kind whose kernels run: those for a GPU can be tried on a software driver
 * @throws {Error} if there is no adapter
 */
export async function openGpu(
  kind?: Tiling["name"],
): Promise<BenchGpu> {
  const adapter = await findAdapter("any");
  if (adapter === null) {
    throw new Error(
      "Cannot list dispatches: this machine has no WebGPU adapter; install a driver (mesa-vulkan-drivers has one that needs no GPU)",
    );
  }
  const { info, limits, features } = adapter;
  const hasTimestamps = features.has(TIMESTAMPS);
  const running = await startWebGpu({
    info,
    limits,
    features,
    requestDevice: (descriptor: GPUDeviceDescriptor = {}) =>
      adapter.requestDevice({
        ...descriptor,
        requiredFeatures: [
          ...descriptor.requiredFeatures ?? [],
          ...hasTimestamps ? [TIMESTAMPS] : [],
        ],
      }),
  } as GPUAdapter);
  const { gpu } = running;
  if (gpu === undefined) throw new Error("Cannot list dispatches: no kernels");
  const { tape } = gpu;
  const software = kind === undefined
    ? isSoftware(adapter)
    : kind === "software";
  return {
    ...running,
    adapter: info.description,
    hasTimestamps,
    tiling: tilingOf({ software }),
    use: (tiling) =>
      registerWebGpuKernels(tf.backend() as WebGPUBackend, { tiling, tape }),
  };
}
