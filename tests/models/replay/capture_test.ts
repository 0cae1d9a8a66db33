import assert from "node:assert/strict";
import * as tf from "@tensorflow/tfjs-core";
import type { Device } from "../../../models/device/device.ts";
import { captureStep } from "../../../models/replay/capture.ts";
import { openReplayer } from "../../../models/replay/replayer.ts";
import type { Gpu } from "../../../models/kernels/webgpu/gpu/gpu.ts";
import { onEachDevice } from "../on_each_device.ts";

const SOFTWARE = { devices: ["webgpu-software"] } as const;

function gpuOf(device: Device): Gpu {
  assert.ok(device.gpu !== undefined);
  return device.gpu;
}

/** A small step: the variable becomes variable · 0.5 + factor (a constant) · number (written by the host); its sum is the output. */
function makeStep(gpu: Gpu): {
  readonly variable: tf.Variable;
  readonly set: (value: number) => void;
  readonly step: () => tf.Tensor;
  readonly dispose: () => void;
} {
  const variable = tf.tidy(() => tf.variable(tf.tensor1d([1, 2, 3, 4])));
  const buffer = gpu.device.createBuffer({
    size: 16,
    usage: GPUBufferUsage.UNIFORM | GPUBufferUsage.COPY_DST,
  });
  const set = (value: number) =>
    gpu.write(buffer, Float32Array.of(value, 0, 0, 0));
  const step = () =>
    tf.tidy(() => {
      const number = tf.engine().makeTensorFromTensorInfo(gpu.output([4]));
      gpu.run({
        code: `
@group(0) @binding(0) var<storage, read_write> y: array<f32>;
@group(0) @binding(1) var<uniform> u: vec4f;
@compute @workgroup_size(4)
fn main(@builtin(local_invocation_id) l: vec3u) { y[l.x] = u.x; }`,
        bind: [number, { buffer }],
        written: 1,
        groups: [1],
      });
      const factor = tf.tensor1d([1, 10, 100, 1000]);
      variable.assign(
        tf.add(tf.mul(variable, 0.5), tf.mul(factor, number)) as tf.Tensor1D,
      );
      return tf.sum(variable);
    });
  return {
    variable,
    set,
    step,
    dispose() {
      variable.dispose();
      buffer.destroy();
    },
  };
}

onEachDevice(
  "a captured step is replayed to the same bytes",
  async (device) => {
    const gpu = gpuOf(device);
    const numbers = [3, 0.25, 7, -2, 1e-3];

    const eager = makeStep(gpu);
    const expected: number[] = [];
    for (const number of numbers) {
      eager.set(number);
      const output = eager.step();
      expected.push((await output.data())[0] as number);
      output.dispose();
    }
    const expectedEnd = [...await eager.variable.data()];
    eager.dispose();

    const before = tf.memory();
    const { variable, set, step, dispose } = makeStep(gpu);
    set(numbers[0] as number);
    const captured = captureStep(gpu, { step, carried: [variable] });
    const actual = [(await captured.output.data())[0]];
    const buffer = gpu.bufferOf(captured.output);
    const replayer = openReplayer(gpu.device, captured.recording, {
      outputs: [{ buffer, offset: 0, bytes: 4 }],
      capacity: 3,
    });
    for (const number of numbers.slice(1)) {
      set(number);
      replayer.step();
      if (replayer.waiting === 3) actual.push(...await replayer.read());
    }
    actual.push(...await replayer.read());
    assert.deepEqual(actual, expected);
    gpu.touched(variable);
    assert.deepEqual([...await variable.data()], expectedEnd);
    // Between two steps others may use tfjs as they like: the step keeps its buffers.
    assert.ok(captured.recording.dynamic.size === 1);
    replayer.dispose();
    captured.dispose();
    dispose();
    assert.equal(tf.memory().numTensors, before.numTensors);
    device.tick();
  },
  SOFTWARE,
);

onEachDevice(
  "a replayed step is not disturbed by what tfjs does in between",
  async (device) => {
    const gpu = gpuOf(device);
    const { variable, set, step, dispose } = makeStep(gpu);
    set(1);
    const captured = captureStep(gpu, { step, carried: [variable] });
    const replayer = openReplayer(gpu.device, captured.recording, {
      outputs: [{ buffer: gpu.bufferOf(captured.output), offset: 0, bytes: 4 }],
      capacity: 8,
    });
    const sums = [(await captured.output.data())[0] as number];
    for (let i = 0; i < 3; i++) {
      const noise = tf.tidy(() =>
        tf.sum(tf.mul(tf.tensor1d([i, 7, 8, 9]), tf.fill([4], 13)))
      );
      await noise.data();
      noise.dispose();
      replayer.step();
      sums.push(...await replayer.read());
    }
    // v ← v/2 + factor, from a sum of 10: s ← s/2 + 1111
    assert.deepEqual(sums, [1116, 1669, 1945.5, 2083.75]);
    replayer.dispose();
    captured.dispose();
    dispose();
    device.tick();
  },
  SOFTWARE,
);

/** Adds 1 to each of four numbers in place. */
function increment(gpu: Gpu, tensor: tf.Tensor): void {
  gpu.run({
    code: `
@group(0) @binding(0) var<storage, read_write> y: array<f32>;
@compute @workgroup_size(4)
fn main(@builtin(local_invocation_id) l: vec3u) { y[l.x] += 1.0; }`,
    bind: [tensor],
    written: 1,
    groups: [1],
  });
}

onEachDevice(
  "captureStep() copies a constant in each step only where the step changes it",
  async (device) => {
    const gpu = gpuOf(device);
    const step = (changed: boolean) => () =>
      tf.tidy(() => {
        const constant = tf.tensor1d([1, 10, 100, 1000]);
        const twice = tf.mul(constant, 2);
        if (changed) increment(gpu, constant);
        return tf.sum(tf.add(constant, twice));
      });
    for (const changed of [false, true]) {
      const captured = captureStep(gpu, { step: step(changed), carried: [] });
      const { commands } = captured.recording;
      const copies = commands.filter(({ kind }) => kind === "copy");
      assert.equal(copies.length, changed ? 1 : 0);
      const buffer = gpu.bufferOf(captured.output);
      const replayer = openReplayer(gpu.device, captured.recording, {
        outputs: [{ buffer, offset: 0, bytes: 4 }],
        capacity: 3,
      });
      for (let i = 0; i < 3; i++) replayer.step();
      const sum = changed ? 3337 : 3333;
      assert.deepEqual([...await replayer.read()], [sum, sum, sum]);
      replayer.dispose();
      captured.dispose();
    }
    device.tick();
  },
  SOFTWARE,
);

onEachDevice(
  "a captured step leaves a constant alone that is used after it",
  async (device) => {
    const gpu = gpuOf(device);
    const constant = tf.tensor1d([1, 10, 100, 1000]);
    const captured = captureStep(gpu, {
      step: () => tf.sum(constant),
      carried: [],
    });
    captured.dispose();
    const negative = tf.neg(constant);
    assert.deepEqual([...await negative.data()], [-1, -10, -100, -1000]);
    negative.dispose();
    assert.throws(() => gpu.tape.constant(Float32Array.of(1)), {
      message: "Cannot make a constant: nothing is recorded",
    });
    constant.dispose();
    device.tick();
  },
  SOFTWARE,
);

onEachDevice(
  "captureStep() refuses a step that copies from what the host mapped",
  (device) => {
    const gpu = gpuOf(device);
    const { MAP_WRITE, COPY_SRC, COPY_DST } = GPUBufferUsage;
    const from = gpu.device.createBuffer({
      size: 16,
      usage: MAP_WRITE | COPY_SRC,
    });
    const to = gpu.device.createBuffer({ size: 16, usage: COPY_DST });
    assert.throws(
      () =>
        captureStep(gpu, {
          carried: [],
          step: () => {
            const encoder = gpu.device.createCommandEncoder();
            encoder.copyBufferToBuffer(from, 0, to, 0, 16);
            return tf.scalar(0);
          },
        }),
      {
        message:
          "Cannot record a step: values came from the host that are not known",
      },
    );
    from.destroy();
    to.destroy();
    return Promise.resolve();
  },
  SOFTWARE,
);

onEachDevice(
  "captureStep() refuses a step in which the host writes a buffer of data",
  (device) => {
    const gpu = gpuOf(device);
    const buffer = gpu.device.createBuffer({
      size: 16,
      usage: GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_DST,
    });
    assert.throws(
      () =>
        captureStep(gpu, {
          carried: [],
          step: () => {
            gpu.device.queue.writeBuffer(buffer, 0, new Float32Array(4));
            return tf.scalar(0);
          },
        }),
      {
        message:
          "Cannot record a step: the host wrote a buffer that no step owns",
      },
    );
    assert.equal(gpu.tape.recording, false);
    assert.throws(() => gpu.tape.stop(), {
      message: "Cannot stop a recording: none was started",
    });
    buffer.destroy();
    return Promise.resolve();
  },
  SOFTWARE,
);

onEachDevice(
  "a replayer refuses more steps than it has room for",
  async (device) => {
    const gpu = gpuOf(device);
    const { variable, set, step, dispose } = makeStep(gpu);
    set(1);
    const captured = captureStep(gpu, { step, carried: [variable] });
    const replayer = openReplayer(gpu.device, captured.recording, {
      outputs: [],
      capacity: 1,
    });
    replayer.step();
    assert.throws(() => replayer.step(), {
      name: "RangeError",
      message: "Cannot replay a step: the outputs of 1 steps wait to be read",
    });
    assert.deepEqual(await replayer.read(), new Float32Array());
    replayer.step();
    replayer.dispose();
    captured.dispose();
    dispose();
    device.tick();
  },
  SOFTWARE,
);
