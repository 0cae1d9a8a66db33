import assert from "node:assert/strict";
import * as tf from "@tensorflow/tfjs-core";
import { residualConvolution } from "../../../models/ops/residual_convolution.ts";
import { convolution, geometry } from "../kernels/reference.ts";
import { relativeError } from "../relative_error.ts";
import { sample, tensor, TOLERANCE } from "../kernels/samples.ts";
import { devicesOf } from "../kernels/on_kernels.ts";
import { onBackends } from "./on_backends.ts";

interface Case {
  /** [n, height, width, channel]. */
  readonly x: readonly [number, number, number, number];
  readonly columns: number;
  /** Channels of the residual. */
  readonly residual: number;
  /** Side of the filter; 3 where left out. */
  readonly side?: number;
  /** One of the few that a software GPU always compiles. */
  readonly few?: boolean;
}

const CASES: readonly Case[] = [
  // By F(2×2, 3×3) and F(4×4, 3×3): odd sizes, several chunks of images.
  { x: [3, 8, 8, 8], columns: 8, residual: 8, few: true },
  { x: [2, 6, 5, 24], columns: 24, residual: 8 },
  { x: [70, 7, 9, 12], columns: 12, residual: 12 },
  { x: [67, 16, 15, 8], columns: 24, residual: 8 },
  { x: [5, 13, 7, 24], columns: 48, residual: 24 },
  { x: [41, 8, 8, 48], columns: 48, residual: 48 },
  { x: [3, 14, 11, 20], columns: 28, residual: 12 },
  // A residual that ends within a vector of channels.
  { x: [3, 8, 8, 8], columns: 12, residual: 3 },
  { x: [3, 9, 8, 16], columns: 16, residual: 10 },
  { x: [2, 5, 6, 8], columns: 32, residual: 6 },
  // By the direct product.
  { x: [2, 7, 6, 3], columns: 5, residual: 3 },
  { x: [2, 5, 4, 6], columns: 8, residual: 8 },
  { x: [2, 4, 3, 12], columns: 9, residual: 9, side: 1 },
];

for (
  const { x: shape, columns, residual: channels, side = 3, few = false }
    of CASES
) {
  onBackends(
    `residualConvolution() agrees with a double loop: [${shape}] by ${side}×${side} to ${columns}, residual of ${channels}`,
    async () => {
      const [n, height, width, depth] = shape;
      const x = sample(shape, 1);
      const filter = sample([side, side, depth, columns], 2);
      const bias = sample([columns], 3);
      const residual = sample([n, height, width, channels], 4);
      const { y } = convolution({
        x,
        filter,
        geometry: geometry({
          input: [height, width],
          filter: [side, side],
          stride: [1, 1],
          dilation: [1, 1],
          pad: "same",
        }),
        depthwise: false,
        dy: new Float64Array(n * height * width * columns),
      });
      const expected = y.data.map((value, i) => {
        const column = i % columns;
        const added = column < channels
          ? residual.data[Math.floor(i / columns) * channels + column] as number
          : 0;
        return Math.max(0, value + (bias.data[column] as number) + added);
      });
      const actual = residualConvolution(tensor(x), {
        filter: tensor(filter),
        bias: tensor(bias),
        residual: tensor(residual),
      });
      assert.deepEqual(actual.shape, [n, height, width, columns]);
      assert(relativeError(await actual.data(), expected) < TOLERANCE);
    },
    { devices: devicesOf({ few }) },
  );
}

onBackends("residualConvolution() gives the bits of its parts", async () => {
  for (const [depth, channels] of [[8, 8], [24, 8], [6, 3]] as const) {
    const x = tensor<tf.Tensor4D>(sample([9, 8, 7, depth], 1));
    const filter = tensor<tf.Tensor4D>(sample([3, 3, depth, 24], 2));
    const bias = tensor<tf.Tensor1D>(sample([24], 3));
    const residual = tensor<tf.Tensor4D>(sample([9, 8, 7, channels], 4));
    const y = tf.fused.conv2d({ x, filter, bias, strides: 1, pad: "same" });
    const wide = tf.pad(residual, [
      [0, 0],
      [0, 0],
      [0, 0],
      [0, 24 - channels],
    ]);
    assert.deepEqual(
      await residualConvolution(x, { filter, bias, residual }).data(),
      await tf.relu(tf.add(y, wide)).data(),
    );
  }
}, { devices: devicesOf({ few: false }) });

onBackends(
  "residualConvolution() passes a gradient to all it is given",
  async () => {
    const given = [
      sample([2, 4, 4, 8], 1),
      sample([3, 3, 8, 12], 2),
      sample([12], 3),
      sample([2, 4, 4, 8], 4),
    ].map((values) => tensor(values));
    const dy = tensor(sample([2, 4, 4, 12], 5));
    const fused = (
      x: tf.Tensor,
      filter: tf.Tensor,
      bias: tf.Tensor,
      residual: tf.Tensor,
    ): tf.Tensor =>
      residualConvolution(x as tf.Tensor4D, {
        filter: filter as tf.Tensor4D,
        bias: bias as tf.Tensor1D,
        residual: residual as tf.Tensor4D,
      });
    const parts = (
      x: tf.Tensor,
      filter: tf.Tensor,
      bias: tf.Tensor,
      residual: tf.Tensor,
    ): tf.Tensor => {
      const y = tf.conv2d(x as tf.Tensor4D, filter as tf.Tensor4D, 1, "same");
      const wide = tf.concat([residual, tf.zeros([2, 4, 4, 4])], 3);
      return tf.relu(tf.add(tf.add(y, bias), wide));
    };
    const expected = tf.grads(parts)(given, dy);
    for (const [i, gradient] of tf.grads(fused)(given, dy).entries()) {
      const { [i]: values } = expected;
      assert(values !== undefined);
      assert.deepEqual(gradient.shape, values.shape);
      assert(relativeError(await gradient.data(), await values.data()) < 1e-6);
    }
  },
  { devices: devicesOf({ few: false }) },
);
