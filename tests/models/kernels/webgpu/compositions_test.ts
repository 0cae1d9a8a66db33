import assert from "node:assert/strict";
import * as tf from "@tensorflow/tfjs-core";
import { tilingOf } from "../../../../models/kernels/webgpu/gpu/tiling.ts";
import { batchNorm } from "../../../../models/ops/batch_norm.ts";
import { softmaxCrossEntropy } from "../../../../models/ops/cross_entropy.ts";
import { gelu } from "../../../../models/ops/gelu.ts";
import { layerNorm } from "../../../../models/ops/layer_norm.ts";
import { scaledSoftmax } from "../../../../models/ops/scaled_softmax.ts";
import {
  composedKernels,
  isRegistered,
} from "../../../../models/ops/fused_kernel.ts";
import { residualConvolution } from "../../../../models/ops/residual_convolution.ts";
import { onEachDevice } from "../../on_each_device.ts";
import { TILINGS, use } from "../on_kernels.ts";
import { relativeError } from "../../relative_error.ts";
import { sample, tensor, TOLERANCE } from "../samples.ts";
import { inFull } from "../../../full.ts";
import { onCpu as startCpu } from "../../on_cpu.ts";

const SOFTWARE = { devices: ["webgpu-software"] } as const;
const IN_FULL = { devices: inFull(...SOFTWARE.devices) };

async function values(
  ...tensors: readonly tf.Tensor[]
): Promise<Float32Array[]> {
  const data = await Promise.all(tensors.map((one) => one.data()));
  return data.map((one) => one.slice() as Float32Array);
}

/** The same computation by the compositions on tfjs's own cpu backend. */
async function onCpu(run: () => tf.Tensor[]): Promise<Float32Array[]> {
  const backend = tf.getBackend();
  await startCpu();
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

for (const channels of [6, ...inFull(8)]) {
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
      // So wide that a GPU computes products of tiles.
      const wide = {
        filter: tensor<tf.Tensor4D>(sample([3, 3, 8, 24], 7)),
        bias: tensor<tf.Tensor1D>(sample([24], 8)),
      };
      return [
        residualConvolution(x, { ...odd, residual }),
        residualConvolution(x, { ...wide, residual }),
        tf.fused.conv2d({
          x,
          ...wide,
          strides: 1,
          pad: "same",
          activation: "relu",
        }),
        residualConvolution(x, { filter, bias, residual }),
        tf.fused.conv2d({
          x,
          filter,
          bias,
          strides: 1,
          pad: "same",
          activation: "relu",
        }),
        tf.grad((x) => tf.relu(x))(x, residual),
      ];
    });
    device.tick();
  },
  IN_FULL,
);

onEachDevice(
  "products, windows and sums of WGSL agree with tfjs on the CPU and repeat to the bit",
  async (device) => {
    await agreesWithCpu(() => {
      const image: tf.Tensor = tensor(sample([3, 9, 8, 8], 1));
      const filter: tf.Tensor = tensor(sample([3, 3, 8, 1], 2));
      const depthwise = (x: tf.Tensor, filter: tf.Tensor): tf.Tensor =>
        tf.depthwiseConv2d(x as tf.Tensor4D, filter as tf.Tensor4D, 1, "same");
      const pooled = (x: tf.Tensor): tf.Tensor =>
        tf.add(
          tf.maxPool(x as tf.Tensor4D, 3, 2, "valid"),
          // Not padded: there tfjs's gradient on the CPU divides by the whole window.
          tf.avgPool(x as tf.Tensor4D, 3, 2, "valid"),
        );
      // So deep that it is cut into slices.
      const tall: tf.Tensor = tensor(sample([2000, 12], 3));
      const gradient = (run: (x: tf.Tensor) => tf.Tensor) =>
        tf.grad(run)(tall, tensor(sample([2000, 12], 7)));
      return [
        tf.matMul(tall, tall, true, false),
        tf.sum(tall, 0),
        tf.mean(tall),
        ...tf.grads(depthwise)([image, filter], tensor(sample(image.shape, 4))),
        tf.grad(pooled)(image),
        tf.softmax(tall),
        gradient((x) => scaledSoftmax(x, { scale: 0.5 })),
        gradient((x) => gelu(x)),
        ...tf.grads((x, scale) =>
          layerNorm(x as tf.Tensor, {
            scale: scale as tf.Tensor1D,
            offset: tf.zeros([12]),
            epsilon: 1e-5,
          })
        )([tall, tensor(sample([12], 5))], tensor(sample([2000, 12], 6))),
      ];
    });
    device.tick();
  },
  IN_FULL,
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

/** Channels in and out, side of the filter, stride. */
const CONVOLUTIONS = [
  [4, 8, 3, 2],
  [3, 5, 3, 1],
  ...inFull(
    [3, 16, 3, 2],
    [32, 64, 3, 2],
    [7, 10, 5, 3],
    [6, 8, 1, 1],
  ),
] as const;

for (const tiling of TILINGS) {
  onEachDevice(
    `no gradient of a convolution and no convolution with a filter of less than 64 KiB is left to tfjs: ${tiling}`,
    (device) => {
      use(tiling); // forgets what was left to tfjs before
      for (const [from, to, side, stride] of CONVOLUTIONS) {
        const run = (x: tf.Tensor, filter: tf.Tensor): tf.Tensor =>
          tf.conv2d(x as tf.Tensor4D, filter as tf.Tensor4D, stride, 1);
        const x = sample([4, 24, 24, from], 1);
        const filter = sample([side, side, from, to], 2);
        tf.tidy(() => {
          tf.grads(run)([tensor(x), tensor(filter)]);
        });
      }
      const left = composedKernels("webgpu");
      use("software");
      device.tick();
      assert.deepEqual(left.filter((name) => name.startsWith("Conv2D")), []);
      return Promise.resolve();
    },
    SOFTWARE,
  );
}

Deno.test("tilingOf() gives an invocation more to do on a software driver than on a GPU", () => {
  const [software, hardware] = [true, false].map((software) =>
    tilingOf({ software })
  );
  assert((software?.channels ?? 0) > (hardware?.channels ?? 0));
  assert((software?.invocations ?? 0) < (hardware?.invocations ?? 0));
});
