import assert from "node:assert/strict";
import * as tf from "@tensorflow/tfjs-core";
import { devicesOf, onKernels } from "./on_kernels.ts";
import { convolution, geometry } from "./reference.ts";
import { relativeError } from "../relative_error.ts";
import { sample, tensor, TOLERANCE } from "./samples.ts";

const CASES = [
  { x: [2, 8, 8, 16], filter: [3, 3, 16, 1], stride: 1, pad: "same" },
  { x: [2, 7, 5, 6], filter: [3, 3, 6, 1], stride: 1, pad: "valid" },
  { x: [3, 9, 7, 5], filter: [3, 2, 5, 1], stride: 2, pad: "same" },
  { x: [2, 7, 9, 3], filter: [3, 3, 3, 2], stride: 1, pad: "same" },
  { x: [2, 9, 9, 4], filter: [5, 3, 4, 3], stride: 2, pad: "valid" },
] as const;

for (const { x, filter, stride, pad } of CASES) {
  const few = stride === 2;
  onKernels(
    `tf.depthwiseConv2d() and its gradients agree with a double loop: [${x}] * [${filter}] stride ${stride}, ${pad}`,
    async () => {
      const a = sample(x, 1);
      const b = sample(filter, 2);
      const shape = geometry({
        input: [x[1], x[2]],
        filter: [filter[0], filter[1]],
        stride: [stride, stride],
        dilation: [1, 1],
        pad,
      });
      const dy = sample([x[0], ...shape.out, filter[2] * filter[3]], 3);
      const expected = convolution({
        x: a,
        filter: b,
        geometry: shape,
        depthwise: true,
        dy: dy.data,
      });
      const run = (x: tf.Tensor, filter: tf.Tensor): tf.Tensor =>
        tf.depthwiseConv2d(
          x as tf.Tensor4D,
          filter as tf.Tensor4D,
          stride,
          pad,
        );
      const y = run(tensor(a), tensor(b));
      assert.deepEqual(y.shape, expected.y.shape);
      assert(relativeError(await y.data(), expected.y.data) < TOLERANCE);
      const both = () =>
        tf.grads(run)([tensor(a), tensor(b)], tensor(dy)) as [
          tf.Tensor,
          tf.Tensor,
        ];
      const [dx, dfilter] = both();
      assert(relativeError(await dx.data(), expected.dx.data) < TOLERANCE);
      assert(
        relativeError(await dfilter.data(), expected.dfilter.data) < TOLERANCE,
      );
      const again = both();
      assert.deepEqual(await again[0].data(), await dx.data());
      assert.deepEqual(await again[1].data(), await dfilter.data());
    },
    { devices: devicesOf({ few }) },
  );
}

onKernels(
  "tf.depthwiseConv2d() agrees with a double loop when it is dilated",
  async () => {
    const a = sample([2, 9, 8, 5], 1);
    const b = sample([3, 3, 5, 1], 2);
    const shape = geometry({
      input: [9, 8],
      filter: [3, 3],
      stride: [1, 1],
      dilation: [2, 2],
      pad: "same",
    });
    const expected = convolution({
      x: a,
      filter: b,
      geometry: shape,
      depthwise: true,
      dy: sample([2, 9, 8, 5], 3).data,
    });
    const y = tf.depthwiseConv2d(
      tensor<tf.Tensor4D>(a),
      tensor<tf.Tensor4D>(b),
      1,
      "same",
      "NHWC",
      2,
    );
    assert(relativeError(await y.data(), expected.y.data) < TOLERANCE);
  },
);
