import assert from "node:assert/strict";
import * as tf from "@tensorflow/tfjs-core";
import { devicesOf, onKernels } from "./on_kernels.ts";
import { convolution, geometry } from "./reference.ts";
import { relativeError } from "../relative_error.ts";
import { sample, tensor, TOLERANCE } from "./samples.ts";

interface Case {
  readonly x: readonly [number, number, number, number];
  readonly filter: readonly [number, number, number, number];
  readonly stride?: readonly [number, number];
  readonly dilation?: readonly [number, number];
  readonly pad: "same" | "valid";
  /** One of the few that a software GPU always compiles. */
  readonly few?: boolean;
}

const CASES: readonly Case[] = [
  { x: [2, 32, 32, 3], filter: [3, 3, 3, 16], pad: "same" },
  { x: [5, 16, 16, 16], filter: [3, 3, 16, 32], pad: "same" },
  { x: [3, 8, 8, 32], filter: [3, 3, 32, 64], pad: "same" },
  { x: [2, 7, 5, 3], filter: [3, 3, 3, 5], pad: "same" },
  { x: [2, 7, 5, 3], filter: [3, 3, 3, 5], pad: "valid" },
  { x: [1, 1, 1, 1], filter: [1, 1, 1, 1], pad: "valid" },
  { x: [3, 9, 11, 6], filter: [1, 1, 6, 8], pad: "same" },
  { x: [3, 9, 11, 7], filter: [1, 1, 7, 9], pad: "valid" },
  { x: [3, 4, 5, 5], filter: [1, 1, 5, 4], pad: "same", few: true },
  { x: [3, 4, 5, 4], filter: [2, 2, 4, 3], pad: "same" },
  { x: [2, 9, 8, 4], filter: [3, 3, 4, 10], stride: [2, 2], pad: "same" },
  {
    x: [2, 9, 8, 4],
    filter: [3, 3, 4, 10],
    stride: [2, 2],
    pad: "valid",
    few: true,
  },
  { x: [2, 11, 13, 2], filter: [5, 3, 2, 3], stride: [3, 2], pad: "same" },
  { x: [2, 11, 13, 2], filter: [5, 3, 2, 3], stride: [2, 4], pad: "valid" },
  { x: [2, 6, 6, 8], filter: [4, 2, 8, 16], pad: "same" },
  { x: [4, 8, 8, 3], filter: [4, 4, 3, 12], stride: [4, 4], pad: "valid" },
  { x: [2, 12, 10, 3], filter: [3, 3, 3, 4], dilation: [2, 3], pad: "same" },
  { x: [2, 12, 10, 3], filter: [3, 2, 3, 4], dilation: [2, 2], pad: "valid" },
  // More than a tile of rows, depth and columns; a filter of several sections, one too large for any.
  { x: [3, 9, 10, 36], filter: [3, 3, 36, 68], pad: "same" },
  { x: [2, 7, 6, 24], filter: [3, 3, 24, 20], pad: "same", few: true },
  { x: [1, 4, 4, 96], filter: [5, 5, 96, 8], pad: "same" },
  { x: [1, 4, 4, 512], filter: [3, 3, 512, 8], pad: "same" },
];

/** Cases of the SIMD kernels' ways of their own; any other way gives the same. */
const WINOGRAD_CASES: readonly Case[] = [
  // By F(2×2, 3×3): odd sizes, ragged panels and every remainder of six
  // channels, one block or several, several chunks of images.
  { x: [1, 8, 8, 8], filter: [3, 3, 8, 8], pad: "same" },
  { x: [64, 8, 8, 8], filter: [3, 3, 8, 8], pad: "same" },
  { x: [115, 8, 8, 8], filter: [3, 3, 8, 8], pad: "valid" },
  { x: [66, 7, 9, 12], filter: [3, 3, 12, 20], pad: "same" },
  { x: [119, 7, 9, 12], filter: [3, 3, 12, 20], pad: "valid" },
  { x: [137, 8, 7, 16], filter: [3, 3, 16, 12], pad: "valid" },
  { x: [139, 5, 6, 20], filter: [3, 3, 20, 28], pad: "same" },
  { x: [11, 4, 95, 8], filter: [3, 3, 8, 12], pad: "same" },
  { x: [115, 6, 6, 16], filter: [3, 3, 16, 8], pad: "same" },
  { x: [8, 16, 32, 16], filter: [3, 3, 16, 16], pad: "same" },
  { x: [64, 8, 8, 64], filter: [3, 3, 64, 64], pad: "same" },
  // By F(4×4, 3×3): ragged edges, one block or several, the widest block.
  { x: [1, 4, 4, 16], filter: [3, 3, 16, 16], pad: "same" },
  { x: [9, 13, 7, 20], filter: [3, 3, 20, 28], pad: "same" },
  { x: [3, 14, 9, 16], filter: [3, 3, 16, 20], pad: "valid" },
  { x: [30, 16, 12, 16], filter: [3, 3, 16, 32], pad: "same" },
  { x: [2, 5, 96, 16], filter: [3, 3, 16, 16], pad: "same" },
  // The gradient of the filter by F(4×4, 3×3) too, or by F(2×2, 3×3) for few channels.
  { x: [20, 16, 13, 8], filter: [3, 3, 8, 24], pad: "same" },
  { x: [33, 11, 12, 24], filter: [3, 3, 24, 8], pad: "same" },
  { x: [20, 17, 16, 12], filter: [3, 3, 12, 20], pad: "valid" },
  { x: [22, 14, 15, 12], filter: [3, 3, 12, 12], pad: "same" },
  { x: [66, 8, 8, 48], filter: [3, 3, 48, 48], pad: "same" },
  { x: [9, 5, 95, 20], filter: [3, 3, 20, 28], pad: "same" },
];

for (const each of [...CASES, ...WINOGRAD_CASES]) {
  const { x, filter, stride = [1, 1], dilation = [1, 1], pad, few = false } =
    each;
  const name = `[${x}] * [${filter}] stride ${stride} dilation ${dilation}`;
  const dilated = dilation[0] > 1 || dilation[1] > 1;

  onKernels(
    `tf.conv2d() and its gradients agree with a double loop: ${name}, ${pad}`,
    async () => {
      const a = sample(x, 1);
      const b = sample(filter, 2);
      const shape = geometry({
        input: [x[1], x[2]],
        filter: [filter[0], filter[1]],
        stride,
        dilation,
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
      const run = (x: tf.Tensor4D, filter: tf.Tensor4D): tf.Tensor4D =>
        tf.conv2d(x, filter, [...stride], pad, "NHWC", [...dilation]);
      const y = run(tensor(a), tensor(b));
      assert.deepEqual(y.shape, expected.y.shape);
      assert(relativeError(await y.data(), expected.y.data) < TOLERANCE);
      // tfjs refuses the gradient of a dilated convolution.
      if (dilated) return;
      const [dx, dfilter] = tf.grads(run as (...x: tf.Tensor[]) => tf.Tensor)(
        [tensor(a), tensor(b)],
        tensor(dy),
      ) as [tf.Tensor, tf.Tensor];
      assert(relativeError(await dx.data(), expected.dx.data) < TOLERANCE);
      assert(
        relativeError(await dfilter.data(), expected.dfilter.data) < TOLERANCE,
      );
      const again = tf.grads(run as (...x: tf.Tensor[]) => tf.Tensor)(
        [tensor(a), tensor(b)],
        tensor(dy),
      ) as [tf.Tensor, tf.Tensor];
      assert.deepEqual(await again[0].data(), await dx.data());
      assert.deepEqual(await again[1].data(), await dfilter.data());
    },
    { devices: devicesOf({ few }) },
  );
}

for (const [from, to] of [[3, 11], [8, 12]] as const) {
  onKernels(
    `tf.fused.conv2d() adds the bias and takes the ReLU in one kernel: ${from} → ${to} channels`,
    async () => {
      const x = tensor<tf.Tensor4D>(sample([2, 7, 6, from], 1));
      const filter = tensor<tf.Tensor4D>(sample([3, 3, from, to], 2));
      const bias = tensor<tf.Tensor1D>(sample([to], 3));
      const plain = await tf.conv2d(x, filter, 1, "same").data();
      const added = await bias.data();
      const expected = plain.map((value, i) =>
        Math.max(0, value + (added[i % to] as number))
      );
      const y = tf.fused.conv2d({
        x,
        filter,
        bias,
        strides: 1,
        pad: "same",
        activation: "relu",
      });
      assert(relativeError(await y.data(), expected) < 1e-6);
    },
  );
}

onKernels(
  "tf.fused.conv2d() leaves activations other than ReLU to tfjs",
  async () => {
    const x = tensor<tf.Tensor4D>(sample([1, 6, 6, 4], 1));
    const filter = tensor<tf.Tensor4D>(sample([3, 3, 4, 4], 2));
    const plain = await tf.conv2d(x, filter, 1, "same").data();
    const y = tf.fused.conv2d({
      x,
      filter,
      strides: 1,
      pad: "same",
      activation: "relu6",
    });
    const expected = plain.map((value) => Math.min(6, Math.max(0, value)));
    assert(relativeError(await y.data(), expected) < TOLERANCE);
  },
  { devices: devicesOf({ few: false }) },
);

for (const [from, to] of [[3, 4], [8, 12]] as const) {
  onKernels(
    `tf.conv2d() takes an explicit padding that differs on each side: ${from} → ${to} channels`,
    async () => {
      const a = sample([2, 5, 6, from], 1);
      const b = sample([3, 3, from, to], 2);
      const shape = {
        stride: [1, 1] as const,
        dilation: [1, 1] as const,
        before: [0, 2] as const,
        out: [4, 7] as const,
      };
      const dy = sample([2, 4, 7, to], 3);
      const expected = convolution({
        x: a,
        filter: b,
        geometry: shape,
        depthwise: false,
        dy: dy.data,
      });
      const run = (x: tf.Tensor, filter: tf.Tensor): tf.Tensor =>
        tf.conv2d(x as tf.Tensor4D, filter as tf.Tensor4D, 1, [
          [0, 0],
          [0, 1],
          [2, 1],
          [0, 0],
        ]);
      const y = run(tensor(a), tensor(b));
      assert(relativeError(await y.data(), expected.y.data) < TOLERANCE);
      const [dx, dfilter] = tf.grads(run)(
        [tensor(a), tensor(b)],
        tensor(dy),
      ) as [
        tf.Tensor,
        tf.Tensor,
      ];
      assert(relativeError(await dx.data(), expected.dx.data) < TOLERANCE);
      assert(
        relativeError(await dfilter.data(), expected.dfilter.data) < TOLERANCE,
      );
    },
  );
}
