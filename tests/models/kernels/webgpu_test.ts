import assert from "node:assert/strict";
import * as tf from "@tensorflow/tfjs";
import type { WebGPUBackend } from "@tensorflow/tfjs-backend-webgpu";
import { registerWebGpuKernels } from "../../../models/kernels/webgpu/register.ts";
import { tilingOf } from "../../../models/kernels/webgpu/tiling.ts";
import { batchNorm } from "../../../models/ops/batch_norm.ts";
import { softmaxCrossEntropy } from "../../../models/ops/cross_entropy.ts";
import {
  composedKernels,
  isRegistered,
} from "../../../models/ops/fused_kernel.ts";
import { openTape } from "../../../models/replay/tape.ts";
import { residualConvolution } from "../../../models/ops/residual_convolution.ts";
import { onEachDevice } from "../on_each_device.ts";
import { convolution, geometry, relativeError } from "./reference.ts";
import { sample, tensor, TOLERANCE } from "./samples.ts";

const SOFTWARE = { devices: ["webgpu-software"] } as const;

/** Kernels for either kind of adapter: what is tuned for a GPU must be right everywhere. */
const TILINGS = ["software", "hardware"] as const;

function use(name: typeof TILINGS[number]): void {
  const backend = tf.backend() as WebGPUBackend;
  registerWebGpuKernels(backend, {
    software: name === "software",
    tape: openTape(backend.device as unknown as GPUDevice),
  });
}

async function values(
  ...tensors: readonly tf.Tensor[]
): Promise<Float32Array[]> {
  const data = await Promise.all(tensors.map((one) => one.data()));
  return data.map((one) => one.slice() as Float32Array);
}

interface Case {
  readonly x: readonly [number, number, number, number];
  readonly filter: readonly [number, number, number, number];
  readonly stride?: readonly [number, number];
  readonly pad: "same" | "valid";
}

const CASES: readonly Case[] = [
  { x: [2, 32, 32, 3], filter: [3, 3, 3, 16], pad: "same" },
  { x: [5, 16, 16, 16], filter: [3, 3, 16, 32], pad: "same" },
  { x: [3, 8, 8, 32], filter: [3, 3, 32, 64], pad: "same" },
  { x: [2, 7, 5, 3], filter: [3, 3, 3, 8], pad: "valid" },
  { x: [3, 9, 11, 6], filter: [1, 1, 6, 8], pad: "same" },
  { x: [2, 9, 8, 4], filter: [3, 3, 4, 12], stride: [2, 2], pad: "same" },
  { x: [2, 11, 13, 4], filter: [5, 3, 4, 4], stride: [3, 2], pad: "same" },
  { x: [2, 6, 6, 8], filter: [4, 2, 8, 16], pad: "same" },
  { x: [2, 7, 5, 3], filter: [3, 3, 3, 5], pad: "same" },
  // Filters that are too large for one section, and for any.
  { x: [1, 4, 4, 96], filter: [5, 5, 96, 8], pad: "same" },
  { x: [1, 4, 4, 512], filter: [3, 3, 512, 8], pad: "same" },
];

for (const { x, filter, stride: given, pad } of CASES) {
  const stride = given ?? ([1, 1] as const);
  onEachDevice(
    `tf.conv2d() and its gradients agree with a double loop: [${x}] * [${filter}] stride ${stride}, ${pad}`,
    async (device) => {
      const a = sample(x, 1);
      const b = sample(filter, 2);
      const shape = geometry({
        input: [x[1], x[2]],
        filter: [filter[0], filter[1]],
        stride,
        dilation: [1, 1],
        pad,
      });
      const dy = sample([x[0], shape.out[0], shape.out[1], filter[3]], 3);
      const expected = convolution({
        x: a,
        filter: b,
        geometry: shape,
        depthwise: false,
        dy: dy.data,
      });
      const run = (x: tf.Tensor, filter: tf.Tensor): tf.Tensor =>
        tf.conv2d(x as tf.Tensor4D, filter as tf.Tensor4D, [...stride], pad);
      for (const tiling of TILINGS) {
        use(tiling);
        const results = tf.tidy(() => [
          run(tensor(a), tensor(b)),
          ...tf.grads(run)([tensor(a), tensor(b)], tensor(dy)),
        ]);
        const [y, dx, dfilter] = await values(...results);
        tf.dispose(results);
        device.tick();
        assert(relativeError(y ?? [], expected.y.data) < TOLERANCE);
        assert(relativeError(dx ?? [], expected.dx.data) < TOLERANCE);
        assert(relativeError(dfilter ?? [], expected.dfilter.data) < TOLERANCE);
      }
    },
    SOFTWARE,
  );
}

/** The same computation by the compositions on tfjs's own cpu backend. */
async function onCpu(run: () => tf.Tensor[]): Promise<Float32Array[]> {
  const backend = tf.getBackend();
  await tf.setBackend("cpu");
  const results = tf.tidy(run);
  const all = await values(...results);
  tf.dispose(results);
  await tf.setBackend(backend);
  return all;
}

async function agreesWithCpu(run: () => tf.Tensor[]): Promise<void> {
  const expected = await onCpu(run);
  for (const tiling of TILINGS) {
    use(tiling);
    const before = tf.memory().numTensors;
    const results = tf.tidy(run);
    const actual = await values(...results);
    const again = tf.tidy(run);
    assert.deepEqual(await values(...again), actual, "the same bits again");
    tf.dispose([results, again]);
    assert.equal(tf.memory().numTensors, before, "every tensor is disposed");
    for (const [i, one] of expected.entries()) {
      const error = relativeError(actual[i] ?? [], one);
      assert(error < TOLERANCE, `${tiling}, result ${i}: ${error}`);
    }
  }
}

for (const channels of [6, 8]) {
  for (const [relu, withResidual] of [[true, true], [false, false]] as const) {
    onEachDevice(
      `batchNorm() and its gradients agree with the composition: ${channels} channels, relu ${relu}, residual ${withResidual}`,
      async (device) => {
        await agreesWithCpu(() => {
          const shape = [5, 6, 7, channels];
          // Far from zero, where digits cancel.
          const x = tf.add(tensor(sample(shape, 1)), 30);
          const inputs = [
            x,
            tensor(sample([channels], 2)),
            tensor(sample([channels], 3)),
            ...withResidual ? [tensor(sample(shape, 4))] : [],
          ] as tf.Tensor[];
          const run = (...[x, scale, offset, residual]: tf.Tensor[]) =>
            batchNorm(x as tf.Tensor4D, {
              scale: scale as tf.Tensor1D,
              offset: offset as tf.Tensor1D,
              epsilon: 1e-5,
              relu,
              ...residual === undefined
                ? {}
                : { residual: residual as tf.Tensor4D },
            });
          const { y, mean, variance } = run(...inputs);
          const gradients = tf.grads((...all) => run(...all).y)(
            inputs,
            tensor(sample(shape, 5)),
          );
          return [y, mean, variance, ...gradients];
        });
        device.tick();
      },
      SOFTWARE,
    );
  }
}

onEachDevice(
  "softmaxCrossEntropy() and its gradient agree with the composition",
  async (device) => {
    await agreesWithCpu(() => {
      const labels = tf.tensor1d([3, 0, 6, 6, 2], "int32");
      const run = (logits: tf.Tensor) =>
        softmaxCrossEntropy(logits as tf.Tensor2D, labels, { smoothing: 0.1 });
      const logits: tf.Tensor = tensor(sample([5, 7], 1));
      return [run(logits), tf.grad(run)(logits)];
    });
    device.tick();
  },
  SOFTWARE,
);

onEachDevice(
  "residualConvolution(), tf.fused.conv2d() and the gradient of tf.relu() agree with the compositions",
  async (device) => {
    await agreesWithCpu(() => {
      const x = tensor<tf.Tensor4D>(sample([2, 7, 6, 8], 1));
      const filter = tensor<tf.Tensor4D>(sample([3, 3, 8, 12], 2));
      const bias = tensor<tf.Tensor1D>(sample([12], 3));
      const residual = tensor<tf.Tensor4D>(sample([2, 7, 6, 8], 4));
      const odd = {
        filter: tensor<tf.Tensor4D>(sample([3, 3, 8, 9], 5)),
        bias: tensor<tf.Tensor1D>(sample([9], 6)),
      };
      return [
        residualConvolution(x, { ...odd, residual }),
        residualConvolution(x, { filter, bias, residual }),
        tf.fused.conv2d({
          ...{ x, filter, bias, strides: 1, pad: "same", activation: "relu" },
        }),
        tf.grad((x) => tf.relu(x))(x, residual),
      ];
    });
    device.tick();
  },
  SOFTWARE,
);

onEachDevice(
  "registerWebGpuKernels() leaves nothing large to tfjs's convolutions or to compositions in a residual network",
  (device) => {
    use("software");
    for (const name of ["BatchNormTraining", "SoftmaxCrossEntropyMean"]) {
      assert(isRegistered(name, "webgpu"));
      assert(!composedKernels("webgpu").includes(name));
    }
    device.tick();
    return Promise.resolve();
  },
  SOFTWARE,
);

Deno.test("tilingOf() gives an invocation more to do on a software driver than on a GPU", () => {
  const [software, hardware] = [true, false].map((software) =>
    tilingOf({ software })
  );
  assert((software?.channels ?? 0) > (hardware?.channels ?? 0));
  assert((software?.invocations ?? 0) < (hardware?.invocations ?? 0));
});
