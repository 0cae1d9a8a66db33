/**
 * tfjs's WebGPU backend on a GPU device of our own, whose errors are loud.
 *
 * @module
 */
import * as tf from "@tensorflow/tfjs-core";
import { WebGPUBackend } from "@tensorflow/tfjs-backend-webgpu";
import { collectGarbage } from "../../engine/define/collect_garbage.ts";
import { isSoftware } from "./adapter.ts";
import { GpuFault } from "./gpu_fault.ts";
import type { Gpu } from "../kernels/webgpu/gpu/gpu.ts";
import { registerWebGpuKernels } from "../kernels/webgpu/register.ts";
import { HALF_PRECISION, tilingOf } from "../kernels/webgpu/gpu/tiling.ts";
import { openTape } from "../kernels/webgpu/gpu/tape.ts";

/** Dispatches between two collections of dead bind groups; each holds native memory that V8 does not see. */
export const DISPATCHES_BETWEEN_COLLECTIONS = 10_000;

/** The running WebGPU backend. */
export interface RunningWebGpu {
  /** The device for kernels and recordings; left out where tfjs's own kernels run. */
  readonly gpu?: Gpu;
  /**
   * Frees dead bind groups when it is time.
   *
   * @throws {GpuFault} on any error that the GPU reported so far
   */
  tick(): void;
  /** Gives the GPU device back and removes the backend. */
  dispose(): void;
}

/** The parts of the backend that are used here although they are private to tfjs 4.22.0. */
interface Program {
  readonly outputShape: readonly number[];
  readonly shaderKey: string;
}
type Run = (
  program: Program,
  inputs: readonly tf.TensorInfo[],
  ...rest: readonly unknown[]
) => tf.TensorInfo;
interface Internals {
  runWebGPUProgram: Run;
  thresholdToIncreaseWorkgroups: number;
}

/**
 * Starts the backend on `adapter` and makes it current.
 *
 * Deno prints nothing for an uncaptured GPU error and tfjs does not look for
 * them: results would be stale or zero without a word. Here they are recorded
 * and thrown by `tick()`.
 *
 * @throws {Error} if tfjs cannot use the adapter
 */
export async function startWebGpu(
  adapter: GPUAdapter,
  { collect = collectGarbage, kernels = "ours" }: {
    readonly collect?: () => void;
    /** Whose kernels run: ours, or tfjs's own alone to compare with. */
    readonly kernels?: "ours" | "tfjs";
  } = {},
): Promise<RunningWebGpu> {
  const { limits } = adapter;
  const gpu = await adapter.requestDevice({
    requiredFeatures: [HALF_PRECISION].filter((one) =>
      adapter.features.has(one)
    ),
    requiredLimits: {
      maxBufferSize: limits.maxBufferSize,
      maxStorageBufferBindingSize: limits.maxStorageBufferBindingSize,
      maxComputeWorkgroupStorageSize: limits.maxComputeWorkgroupStorageSize,
      maxComputeInvocationsPerWorkgroup:
        limits.maxComputeInvocationsPerWorkgroup,
      maxComputeWorkgroupSizeX: limits.maxComputeWorkgroupSizeX,
      maxComputeWorkgroupsPerDimension: limits.maxComputeWorkgroupsPerDimension,
    },
  });
  const tape = openTape(gpu);
  let failure: string | undefined;
  gpu.addEventListener("uncapturederror", (event) => {
    failure ??= (event as GPUUncapturedErrorEvent).error.message;
  });
  let disposed = false;
  gpu.lost.then(({ message }) => {
    if (!disposed) failure ??= `the device is lost: ${message}`;
  });

  // The name must stay: tfjs's kernels are registered under it.
  if (tf.findBackendFactory("webgpu") !== null) tf.removeBackend("webgpu");
  tf.registerBackend(
    "webgpu",
    () =>
      new WebGPUBackend(
        gpu as unknown as ConstructorParameters<typeof WebGPUBackend>[0],
        adapter.info as unknown as ConstructorParameters<
          typeof WebGPUBackend
        >[1],
      ),
    3,
  );
  if (!(await tf.setBackend("webgpu"))) {
    throw new Error(
      `Cannot start the WebGPU backend on "${adapter.info.description}": tfjs refused it`,
    );
  }
  // Small tensors would else be computed by JavaScript in double precision.
  tf.env().set("WEBGPU_CPU_FORWARD", false);
  const backend = tf.backend() as unknown as Internals;
  // The split-K product adds with float atomics, so it is not repeatable, and is wrong for a transposed second factor.
  backend.thresholdToIncreaseWorkgroups = 0;

  let dispatches = 0;
  const run = backend.runWebGPUProgram.bind(backend);
  backend.runWebGPUProgram = (program, inputs, ...rest) => {
    for (const shape of [program.outputShape, ...inputs.map((i) => i.shape)]) {
      const bytes = 4 * tf.util.sizeFromShape([...shape]);
      if (bytes > gpu.limits.maxStorageBufferBindingSize) {
        throw new RangeError(
          `Cannot run "${
            program.shaderKey.split("_")[0]
          }" on the GPU: a tensor of shape [${shape}] takes ${bytes} bytes, more than the ${gpu.limits.maxStorageBufferBindingSize} it can bind; use a smaller batch`,
        );
      }
    }
    return run(program, inputs, ...rest);
  };

  const create = gpu.createBindGroup.bind(gpu);
  gpu.createBindGroup = (description) => {
    dispatches++;
    return create(description);
  };
  const own = kernels === "tfjs"
    ? undefined
    : registerWebGpuKernels(tf.backend() as WebGPUBackend, {
      tiling: tilingOf({ software: isSoftware(adapter) }),
      tape,
      collect,
    });

  return {
    ...(own === undefined ? {} : { gpu: own }),
    tick() {
      if (failure !== undefined) {
        throw new GpuFault(`Cannot trust the GPU's results: ${failure}`);
      }
      if (dispatches >= DISPATCHES_BETWEEN_COLLECTIONS) {
        dispatches = 0;
        collect();
      }
    },
    dispose() {
      disposed = true;
      tf.removeBackend("webgpu");
      tape.close();
      gpu.destroy();
    },
  };
}
