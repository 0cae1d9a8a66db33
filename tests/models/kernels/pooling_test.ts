import assert from "node:assert/strict";
import * as tf from "@tensorflow/tfjs-core";
import { devicesOf, onKernels } from "./on_kernels.ts";
import { forEachTap, geometry, zeros } from "./reference.ts";
import { relativeError } from "../relative_error.ts";
import { sample, tensor, TOLERANCE } from "./samples.ts";

const CASES = [
  { x: [2, 8, 8, 16], size: [2, 2], stride: 2, pad: "valid" },
  { x: [2, 7, 9, 5], size: [2, 2], stride: 2, pad: "same" },
  { x: [2, 7, 9, 5], size: [2, 2], stride: 2, pad: "valid" },
  { x: [2, 8, 6, 24], size: [2, 2], stride: 2, pad: "same" },
  { x: [3, 6, 7, 3], size: [2, 2], stride: 2, pad: "valid" },
  { x: [3, 7, 6, 12], size: [2, 2], stride: 2, pad: "valid" },
  { x: [1, 4, 4, 48], size: [2, 2], stride: 2, pad: "valid" },
  { x: [2, 1, 3, 8], size: [2, 2], stride: 2, pad: "same" },
  { x: [2, 6, 6, 8], size: [2, 2], stride: 1, pad: "valid" },
  { x: [3, 7, 6, 3], size: [3, 3], stride: 1, pad: "same" },
  { x: [2, 9, 7, 6], size: [3, 2], stride: 2, pad: "valid" },
] as const;

for (const { x, size, stride, pad } of CASES) {
  // Ragged windows, channels that fill no four lanes.
  const devices = devicesOf({
    few: x[1] % 2 === 1 && x[3] > 4 && pad === "same" || size[1] !== size[0],
  });
  const name = `[${x}] windows ${size} stride ${stride}, ${pad}`;
  const a = sample(x, 1);
  const channels = x[3];
  const shape = geometry({
    input: [x[1], x[2]],
    filter: size,
    stride: [stride, stride],
    dilation: [1, 1],
    pad,
  });
  const outShape = [x[0], ...shape.out, channels] as const;
  const dy = sample(outShape, 2);

  const check = async (
    pool: (x: tf.Tensor4D) => tf.Tensor4D,
    expected: Float64Array,
    gradient: Float64Array,
  ): Promise<void> => {
    const y = pool(tensor(a));
    assert.deepEqual(y.shape, [...outShape]);
    assert(relativeError(await y.data(), expected) < TOLERANCE);
    const dx = tf.grad((x) => pool(x as tf.Tensor4D))(tensor(a), tensor(dy));
    assert(relativeError(await dx.data(), gradient) < TOLERANCE);
  };

  onKernels(
    `tf.avgPool() and its gradient agree with a double loop: ${name}`,
    async () => {
      const counts = zeros(outShape);
      const y = zeros(outShape);
      const dx = zeros(x);
      const everyTap = (visit: (from: number, to: number) => void): void =>
        forEachTap(x, size, {
          geometry: shape,
          visit(input, output) {
            for (let c = 0; c < channels; c++) {
              visit(input * channels + c, output * channels + c);
            }
          },
        });
      everyTap((_, to) => counts.data[to] = (counts.data[to] as number) + 1);
      everyTap((from, to) => {
        const count = counts.data[to] as number;
        y.data[to] = (y.data[to] as number) + (a.data[from] as number) / count;
        dx.data[from] = (dx.data[from] as number) +
          (dy.data[to] as number) / count;
      });
      await check(
        (x) => tf.avgPool(x, [...size], stride, pad),
        y.data,
        dx.data,
      );
    },
    { devices },
  );

  onKernels(
    `tf.maxPool() and its gradient agree with a double loop: ${name}`,
    async () => {
      const y = zeros(outShape);
      const dx = zeros(x);
      const best = new Int32Array(y.data.length).fill(-1);
      forEachTap(x, size, {
        geometry: shape,
        visit(input, output) {
          for (let c = 0; c < channels; c++) {
            const from = input * channels + c;
            const to = output * channels + c;
            const value = a.data[from] as number;
            if (best[to] === -1 || value > (y.data[to] as number)) {
              best[to] = from;
              y.data[to] = value;
            }
          }
        },
      });
      for (const [to, from] of best.entries()) {
        dx.data[from] = (dx.data[from] as number) + (dy.data[to] as number);
      }
      await check(
        (x) => tf.maxPool(x, [...size], stride, pad),
        y.data,
        dx.data,
      );
    },
    { devices },
  );
}

onKernels(
  "tf.maxPool() gives the gradient of equal maxima to the first",
  async () => {
    const dx = tf.grad((x) => tf.maxPool(x as tf.Tensor4D, 2, 2, "valid"))(
      tf.ones([1, 2, 2, 4]),
      tf.fill([1, 1, 1, 4], 3),
    );
    assert.deepEqual([...await dx.data()], [
      ...Array(4).fill(3),
      ...Array(12).fill(0),
    ]);
  },
);
