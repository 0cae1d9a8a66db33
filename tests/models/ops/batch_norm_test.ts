import assert from "node:assert/strict";
import * as tf from "@tensorflow/tfjs-core";
import { batchNorm } from "../../../models/ops/batch_norm.ts";
import { type Values, zeros } from "../kernels/reference.ts";
import { relativeError } from "../relative_error.ts";
import { sample, tensor, TOLERANCE } from "../kernels/samples.ts";
import { devicesOf } from "../kernels/on_kernels.ts";
import { onBackends } from "./on_backends.ts";

const EPSILON = 1e-5;

interface Expected {
  readonly y: Values;
  readonly mean: Float64Array;
  readonly variance: Float64Array;
  readonly dx: Values;
  readonly dscale: Float64Array;
  readonly doffset: Float64Array;
  readonly dresidual: Values;
}

/** Forward and gradient in double precision. */
function reference(options: {
  readonly x: Values;
  readonly scale: Values;
  readonly offset: Values;
  readonly residual: Values | undefined;
  readonly relu: boolean;
  readonly dy: Values;
}): Expected {
  const { x, scale, offset, residual, relu, dy } = options;
  const channels = x.shape.at(-1) as number;
  const pixels = x.data.length / channels;
  const [y, dx, dresidual] = [zeros(x.shape), zeros(x.shape), zeros(x.shape)];
  const per = (): Float64Array => new Float64Array(channels);
  const [mean, variance, dscale, doffset] = [per(), per(), per(), per()];
  for (let c = 0; c < channels; c++) {
    const at = (i: number): number => i * channels + c;
    let sum = 0;
    for (let i = 0; i < pixels; i++) sum += x.data[at(i)] as number;
    const m = sum / pixels;
    let square = 0;
    for (let i = 0; i < pixels; i++) {
      square += ((x.data[at(i)] as number) - m) ** 2;
    }
    const v = square / pixels;
    const root = Math.sqrt(v + EPSILON);
    const normal = (i: number): number =>
      ((x.data[at(i)] as number) - m) / root;
    let total = 0;
    let product = 0;
    for (let i = 0; i < pixels; i++) {
      const value = normal(i) * (scale.data[c] as number) +
        (offset.data[c] as number) +
        (residual === undefined ? 0 : residual.data[at(i)] as number);
      y.data[at(i)] = relu ? Math.max(0, value) : value;
      const gradient = relu && value <= 0 ? 0 : dy.data[at(i)] as number;
      dresidual.data[at(i)] = gradient;
      total += gradient;
      product += gradient * normal(i);
    }
    for (let i = 0; i < pixels; i++) {
      dx.data[at(i)] = (scale.data[c] as number) / root *
        ((dresidual.data[at(i)] as number) - total / pixels -
          normal(i) * product / pixels);
    }
    mean[c] = m;
    variance[c] = v;
    dscale[c] = product;
    doffset[c] = total;
  }
  return { y, mean, variance, dx, dscale, doffset, dresidual };
}

const SHAPES = [[4, 16, 16, 16], [3, 5, 7, 3], [2, 4, 4, 37], [1, 1, 2, 1]];

for (const shape of SHAPES) {
  for (const relu of [false, true]) {
    for (const withResidual of [false, true]) {
      const few = shape.at(-1) === 3 && relu === withResidual;
      const parts = `${relu ? ", ReLU" : ""}${
        withResidual ? ", residual" : ""
      }`;
      onBackends(
        `batchNorm() agrees with a double loop: [${shape}]${parts}`,
        async () => {
          const channels = shape.at(-1) as number;
          const x = sample(shape, 1);
          // A mean far from zero costs no digits.
          for (let i = 0; i < x.data.length; i++) {
            x.data[i] = Math.fround((x.data[i] as number) + 3 * (i % channels));
          }
          const scale = sample([channels], 2);
          const offset = sample([channels], 3);
          const residual = withResidual ? sample(shape, 4) : undefined;
          const dy = sample(shape, 5);
          const expected = reference({ x, scale, offset, residual, relu, dy });
          const run = (
            ...tensors: tf.Tensor[]
          ): ReturnType<typeof batchNorm> => {
            const [x, scale, offset, residual] = tensors;
            return batchNorm(x as tf.Tensor4D, {
              scale: scale as tf.Tensor1D,
              offset: offset as tf.Tensor1D,
              epsilon: EPSILON,
              relu,
              ...(residual === undefined
                ? {}
                : { residual: residual as tf.Tensor4D }),
            });
          };
          const inputs = [x, scale, offset, ...(residual ? [residual] : [])]
            .map((values) => tensor(values));
          const { y, mean, variance } = run(...inputs);
          await close(y, expected.y.data);
          await close(mean, expected.mean);
          await close(variance, expected.variance);
          const [dx, dscale, doffset, dresidual] = tf.grads((...tensors) =>
            run(...tensors).y
          )(inputs, tensor(dy)) as [tf.Tensor, tf.Tensor, tf.Tensor, tf.Tensor];
          // Two pixels leave nothing but rounding of dx.
          if (shape.length > 0 && x.data.length > 2) {
            await close(dx, expected.dx.data);
          }
          await close(dscale, expected.dscale);
          await close(doffset, expected.doffset);
          if (withResidual) {
            await close(dresidual, expected.dresidual.data);
          }
        },
        { devices: devicesOf({ few }) },
      );
    }
  }
}

async function close(
  actual: tf.Tensor,
  expected: Float64Array,
): Promise<void> {
  const error = relativeError(await actual.data(), expected);
  assert(error < TOLERANCE, `relative error ${error}`);
}
