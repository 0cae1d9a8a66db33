import assert from "node:assert/strict";
import * as tf from "@tensorflow/tfjs-core";
import { layerNorm } from "../../../models/ops/layer_norm.ts";
import { type Values, zeros } from "../kernels/reference.ts";
import { relativeError } from "../relative_error.ts";
import { devicesOf } from "../kernels/on_kernels.ts";
import { sample, tensor, TOLERANCE } from "../kernels/samples.ts";
import { onBackends } from "./on_backends.ts";

const EPSILON = 1e-5;

/** Forward and gradient in double precision. */
function reference(
  { x, scale, offset, dy }: {
    readonly x: Values;
    readonly scale: Values;
    readonly offset: Values;
    readonly dy: Values;
  },
): Values[] {
  const columns = x.shape.at(-1) as number;
  const [y, dx] = [zeros(x.shape), zeros(x.shape)];
  const [dscale, doffset] = [zeros([columns]), zeros([columns])];
  for (let start = 0; start < x.data.length; start += columns) {
    const row = x.data.subarray(start, start + columns);
    const mean = row.reduce((a, b) => a + b, 0) / columns;
    const variance = row.reduce((a, b) => a + (b - mean) ** 2, 0) / columns;
    const root = Math.sqrt(variance + EPSILON);
    const normal = row.map((value) => (value - mean) / root);
    const inner = normal.map((_, c) =>
      (dy.data[start + c] as number) * (scale.data[c] as number)
    );
    const total = inner.reduce((a, b) => a + b, 0) / columns;
    const along = inner.reduce((a, b, c) => a + b * (normal[c] as number), 0) /
      columns;
    for (const [c, value] of normal.entries()) {
      const gradient = dy.data[start + c] as number;
      y.data[start + c] = value * (scale.data[c] as number) +
        (offset.data[c] as number);
      dx.data[start + c] = ((inner[c] as number) - total - value * along) /
        root;
      dscale.data[c] = (dscale.data[c] as number) + gradient * value;
      doffset.data[c] = (doffset.data[c] as number) + gradient;
    }
  }
  return [y, dx, dscale, doffset];
}

for (const shape of [[3, 17, 64], [5, 7], [2, 3, 4, 6], [300, 12]]) {
  onBackends(
    `layerNorm() and its gradients agree with a double loop: [${shape}]`,
    async () => {
      const columns = shape.at(-1) as number;
      const x = sample(shape, 1);
      // A mean far from zero costs no digits.
      for (let i = 0; i < x.data.length; i++) {
        x.data[i] = Math.fround((x.data[i] as number) + 5);
      }
      const scale = sample([columns], 2);
      const offset = sample([columns], 3);
      const dy = sample(shape, 4);
      const inputs = [x, scale, offset].map((values) => tensor(values));
      const run = (...[x, scale, offset]: tf.Tensor[]): tf.Tensor =>
        layerNorm(x as tf.Tensor, {
          scale: scale as tf.Tensor1D,
          offset: offset as tf.Tensor1D,
          epsilon: EPSILON,
        });
      const results = [
        run(...inputs as tf.Tensor[]),
        ...tf.grads(run)(inputs as tf.Tensor[], tensor(dy)),
      ];
      const expected = reference({ x, scale, offset, dy });
      for (const [i, result] of results.entries()) {
        assert.deepEqual(result.shape, expected[i]?.shape);
        const error = relativeError(
          await result.data(),
          expected[i]?.data ?? [],
        );
        assert(error < TOLERANCE, `result ${i}: ${error}`);
      }
    },
    { devices: devicesOf({ few: shape[0] === 5 }) },
  );
}
