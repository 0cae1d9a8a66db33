import assert from "node:assert/strict";
import * as tf from "@tensorflow/tfjs-core";
import type { Progress } from "../../../engine/define/task_context.ts";
import type { Device } from "../../../models/device/device.ts";
import { GpuFault, isGpuFault } from "../../../models/device/gpu_fault.ts";
import { train } from "../../../models/training/train.ts";
import { withDevice } from "../../../models/device/with_device.ts";
import { fewOf } from "../../full.ts";
import { onEachDevice } from "../on_each_device.ts";
import { bits, memoryPlace, tinyTraining } from "../training_fixture.ts";

const SOFTWARE = { devices: ["webgpu-software"] } as const;

/** What a stage's key says of a device. */
function contextOf(device: Device) {
  const said: Progress[] = [];
  return {
    said,
    environment: device.facts,
    progress: (progress: Progress) => said.push(progress),
  };
}

/** The raw GPU behind the backend. */
function rawGpu(): GPUDevice {
  return (tf.backend() as unknown as { device: GPUDevice }).device;
}

/** Ways in which a GPU fails in the middle of a training. */
const FAULTS: Readonly<Record<string, (gpu: GPUDevice) => unknown>> = {
  "is lost": (gpu) => gpu.destroy(),
  "refuses a command": () => {
    // More inputs than a program may bind.
    tf.tidy(() => tf.addN(Array.from({ length: 12 }, () => tf.ones([3]))));
  },
  // A driver that computes on the CPU promises memory that it does not have: the error is made here.
  "runs out of memory": (gpu) =>
    gpu.dispatchEvent(
      new GPUUncapturedErrorEvent("uncapturederror", {
        error: new GPUOutOfMemoryError("out of memory"),
      }),
    ),
};

for (
  const [fault, cause] of fewOf(
    Object.entries(FAULTS),
    ([fault]) => fault === "is lost",
  )
) {
  onEachDevice(
    `withDevice() goes on from the checkpoint when the GPU ${fault}`,
    async (device) => {
      const whole = await train(tinyTraining(device));
      const checkpoint = memoryPlace();
      const context = contextOf(device);
      const steps: number[] = [];
      const trained = await withDevice(
        context,
        (device) =>
          train(tinyTraining(device, {
            checkpoint,
            onProgress({ step }) {
              if (step === 6 && !steps.includes(6)) {
                cause(rawGpu());
              }
              steps.push(step);
            },
          })),
      );
      assert.deepEqual(bits(trained.final), bits(whole.final));
      assert.deepEqual(trained.history, whole.history);
      // The epoch that failed was repeated, the one before it was not.
      assert.equal(steps.filter((step) => step <= 4).length, 4);
      assert.equal(steps.at(-1), 12);
      assert.ok(steps.filter((step) => step === 5).length === 2);
      const [retry, ...others] = context.said;
      assert.deepEqual(others, []);
      assert.match(
        retry?.note ?? "",
        /^Cannot trust the GPU's results: .*; trying once more on a fresh device$/s,
      );
    },
    SOFTWARE,
  );
}

onEachDevice(
  "withDevice() gives up when the GPU fails again, and keeps the checkpoint",
  async (device) => {
    const checkpoint = memoryPlace();
    let attempts = 0;
    await assert.rejects(
      withDevice(contextOf(device), (device) => {
        attempts++;
        return train(tinyTraining(device, {
          checkpoint,
          onProgress: ({ step }) => step === 6 && rawGpu().destroy(),
        }));
      }),
      (error) =>
        error instanceof GpuFault &&
        isGpuFault(new Error("stage", { cause: error })) &&
        /^Cannot trust the GPU's results: the device is lost/.test(
          error.message,
        ),
    );
    assert.equal(attempts, 2);
    assert.equal(checkpoint.saved.length, 1);
  },
  SOFTWARE,
);

onEachDevice(
  "withDevice() does not repeat work that failed by itself",
  async (device) => {
    let attempts = 0;
    await assert.rejects(
      withDevice(contextOf(device), () => {
        attempts++;
        return Promise.reject(new Error("no"));
      }),
      { message: "no" },
    );
    assert.equal(attempts, 1);
    assert.equal(isGpuFault(new Error("no")), false);
  },
);
