import assert from "node:assert/strict";
import * as tf from "@tensorflow/tfjs-core";
import { predict } from "../../../models/prediction/predict.ts";
import { captureStep } from "../../../models/replay/capture.ts";
import { openReplayer } from "../../../models/replay/replayer.ts";
import { train } from "../../../models/training/train.ts";
import { onEachDevice } from "../on_each_device.ts";
import { tinyTraining } from "../training_fixture.ts";

const SOFTWARE = { devices: ["webgpu-software"] } as const;

/** How many buffers tfjs's pool holds, free ones too, and their bytes. */
function pool() {
  const { bufferManager } = tf.backend() as unknown as {
    readonly bufferManager: {
      readonly numBytesAllocated: number;
      readonly numFreeBuffers: number;
      readonly numUsedBuffers: number;
    };
  };
  const { numBytesAllocated, numFreeBuffers, numUsedBuffers } = bufferManager;
  return { numBytesAllocated, numFreeBuffers, numUsedBuffers };
}

onEachDevice(
  "train() gives all memory of the GPU back, whatever the architectures",
  async (device) => {
    await train(tinyTraining(device, { steps: 3 }));
    const before = pool();
    for (const width of [5, 7, 9]) {
      await train(tinyTraining(device, {
        modelOptions: { width, layers: 2 },
        steps: 3,
      }));
      assert.deepEqual(pool(), before);
    }
    assert.equal(before.numFreeBuffers, 0);
    device.tick();
  },
  SOFTWARE,
);

onEachDevice(
  "train() and predict() let the programs of an architecture go when another is used, and keep them until then",
  async (device) => {
    const { gpu } = device;
    assert.ok(gpu !== undefined);
    const made: WeakRef<GPUComputePipeline>[] = [];
    const { createComputePipeline } = gpu.device;
    gpu.device.createComputePipeline = (options) => {
      const pipeline = createComputePipeline.call(gpu.device, options);
      made.push(new WeakRef(pipeline));
      return pipeline;
    };
    const ofWidth = (width: number) =>
      tinyTraining(device, { modelOptions: { width, layers: 1 }, steps: 2 });
    /** How many programs the training of a perceptron makes. */
    const programs = async (width: number): Promise<number> => {
      const before = made.length;
      await train(ofWidth(width));
      return made.length - before;
    };
    const ofFirst = await programs(11);
    assert.ok(ofFirst > 10);
    assert.equal(await programs(11), 0);
    assert.ok(await programs(13) > 10);
    const live = made.slice(0, ofFirst).filter((one) => one.deref());
    assert.equal(live.length, 0);
    assert.equal(await programs(11), ofFirst);
    const { final } = await train(ofWidth(11));
    await predict({ ...ofWidth(11), weights: final });
    assert.equal(await programs(11), 0);
    const { final: wider } = await train(ofWidth(13));
    assert.equal(await programs(11), ofFirst);
    await predict({ ...ofWidth(13), weights: wider });
    assert.equal(await programs(11), ofFirst);
    Object.assign(gpu.device, { createComputePipeline });
    device.tick();
  },
  SOFTWARE,
);

onEachDevice(
  "100,000 replayed dispatches make no buffer and no group of bindings",
  async (device) => {
    const { gpu } = device;
    assert.ok(gpu !== undefined);
    const variable = tf.tidy(() => tf.variable(tf.ones([8])));
    const captured = captureStep(gpu, {
      step: () =>
        tf.tidy(() => {
          let y: tf.Tensor = variable;
          for (let i = 0; i < 99; i++) y = tf.neg(y);
          variable.assign(y as tf.Tensor1D);
          return tf.sum(y);
        }),
      carried: [variable],
    });
    const replayer = openReplayer(gpu.device, captured.recording, {
      outputs: [{ buffer: gpu.bufferOf(captured.output), offset: 0, bytes: 4 }],
      capacity: 100,
    });
    const { commands } = captured.recording;
    assert.equal(
      commands.filter(({ kind }) => kind === "dispatch").length,
      100,
    );
    // What each dispatch of tfjs makes anew, and native memory grows by.
    let made = 0;
    const { createBindGroup, createBuffer } = gpu.device;
    gpu.device.createBindGroup = (options) => {
      made++;
      return createBindGroup.call(gpu.device, options);
    };
    gpu.device.createBuffer = (options) => {
      made++;
      return createBuffer.call(gpu.device, options);
    };
    for (let i = 0; i < 10; i++) {
      for (let k = 0; k < 100; k++) replayer.step();
      const sums = await replayer.read();
      // An odd number of changes of sign a step.
      assert.deepEqual([sums[0], sums[1], sums.length], [8, -8, 100]);
    }
    assert.equal(made, 0);
    Object.assign(gpu.device, { createBindGroup, createBuffer });
    replayer.dispose();
    captured.dispose();
    variable.dispose();
    device.tick();
  },
  SOFTWARE,
);
