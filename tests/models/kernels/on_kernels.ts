/**
 * Tests of kernels that run on every backend for which we have them.
 *
 * @module
 */
import assert from "node:assert/strict";
import * as tf from "@tensorflow/tfjs-core";
import type { WebGPUBackend } from "@tensorflow/tfjs-backend-webgpu";
import type { Gpu } from "../../../models/kernels/webgpu/gpu/gpu.ts";
import { registerWebGpuKernels } from "../../../models/kernels/webgpu/register.ts";
import {
  type Tiling,
  tilingOf,
} from "../../../models/kernels/webgpu/gpu/tiling.ts";
import type { DeviceName } from "../../../models/device/choose_device.ts";
import {
  openTape,
  type Tape,
} from "../../../models/kernels/webgpu/gpu/tape.ts";
import { inFull } from "../../full.ts";
import { onEachDevice } from "../on_each_device.ts";

/** Kernels for either kind of adapter: what is tuned for a GPU must be right everywhere. */
export const TILINGS = ["software", "hardware"] as const;

const BOTH = ["wasm", "webgpu-software"] as const;

const tapes = new WeakMap<object, Tape>();

/** Lets the running WebGPU backend use the kernels for one kind of adapter, recorded by the device's tape if steps are to be captured. */
export function use(
  tiling: typeof TILINGS[number] | Tiling,
  recorded?: Tape,
): Gpu {
  const backend = tf.backend() as WebGPUBackend;
  const device = backend.device as unknown as GPUDevice;
  const tape = recorded ?? tapes.get(device) ?? openTape(device);
  if (recorded === undefined) tapes.set(device, tape);
  return registerWebGpuKernels(backend, {
    tiling: typeof tiling === "string"
      ? tilingOf({ software: tiling === "software" })
      : tiling,
    tape,
  });
}

/**
 * Where a case of a sweep runs: on wasm, and on a software GPU, which takes a
 * second to compile it, if it is one of a few or all of the sweep is tried.
 */
export function devicesOf(
  { few }: { readonly few: boolean },
): readonly DeviceName[] {
  return few ? BOTH : ["wasm", ...inFull(BOTH[1])];
}

/**
 * Registers `test` for the wasm kernels and for the WebGPU kernels of either
 * tiling. Tensors that it makes are disposed; others must be left as they were.
 */
export function onKernels(
  name: string,
  test: () => void | Promise<void>,
  { devices = BOTH }: {
    readonly devices?: readonly DeviceName[];
  } = {},
): void {
  onEachDevice(name, async (device) => {
    for (const tiling of device.name === "wasm" ? [undefined] : TILINGS) {
      if (tiling !== undefined) use(tiling);
      const before = tf.memory().numTensors;
      tf.engine().startScope(); // tf.tidy() does not wait
      try {
        await test();
      } finally {
        tf.engine().endScope();
        if (device.name !== "wasm") use("software");
      }
      device.tick();
      assert.equal(tf.memory().numTensors, before, "every tensor is disposed");
    }
  }, { devices });
}
