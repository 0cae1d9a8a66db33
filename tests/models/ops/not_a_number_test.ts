/** A training that diverges must not seem to be well: what is rectified keeps NaN. */
import assert from "node:assert/strict";
import * as tf from "@tensorflow/tfjs-core";
import { batchNorm } from "../../../models/ops/batch_norm.ts";
import { residualConvolution } from "../../../models/ops/residual_convolution.ts";
import { sample, tensor } from "../kernels/samples.ts";
import { devicesOf } from "../kernels/on_kernels.ts";
import { onBackends } from "./on_backends.ts";

/** Random values, of which the last is NaN. */
function spoilt(shape: readonly number[]): tf.Tensor {
  const values = sample(shape, 1);
  values.data[values.data.length - 1] = NaN;
  return tensor(values);
}

/** Whether the last value is NaN, and one that does not come from it is none. */
async function keepsNaN(y: tf.Tensor): Promise<boolean> {
  const values = await y.data();
  return Number.isNaN(values.at(-1)) && !Number.isNaN(values[0]);
}

for (const channels of [3, 4, 16]) {
  onBackends(`rectified values keep NaN: ${channels} channels`, async () => {
    const few = tensor(sample([channels], 2));
    const x = tensor<tf.Tensor4D>(sample([2, 5, 4, channels], 3));
    const filter = tensor<tf.Tensor4D>(sample([3, 3, channels, channels], 4));
    const bias = spoilt([channels]) as tf.Tensor1D;
    const residual = spoilt([2, 5, 4, channels]) as tf.Tensor4D;
    assert.ok(
      await keepsNaN(
        batchNorm(residual, {
          scale: few as tf.Tensor1D,
          offset: few as tf.Tensor1D,
          epsilon: 1e-5,
          relu: true,
        }).y,
      ),
      "batch normalisation",
    );
    assert.ok(
      await keepsNaN(residualConvolution(x, { filter, bias, residual })),
      "convolution with a residual",
    );
    for (
      const [name, y] of Object.entries({
        convolution: tf.fused.conv2d({
          x,
          filter,
          bias,
          strides: 1,
          pad: "same",
          activation: "relu",
        }),
        product: tf.fused.matMul({
          a: tensor<tf.Tensor2D>(sample([6, 40], 5)),
          b: tensor<tf.Tensor2D>(sample([40, channels], 6)),
          bias,
          activation: "relu",
        }),
        "long product": tf.fused.matMul({
          a: tensor<tf.Tensor2D>(sample([2, 4096], 5)),
          b: tensor<tf.Tensor2D>(sample([4096, channels], 6)),
          bias,
          activation: "relu",
        }),
      })
    ) {
      assert.ok(await keepsNaN(y), name);
    }
  }, { devices: devicesOf({ few: channels === 4 }) });
}
