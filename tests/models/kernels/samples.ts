import * as tf from "@tensorflow/tfjs-core";
import { stream } from "../../../engine/define/random.ts";
import type { Values } from "./reference.ts";

/** Standard normal values, representable as float32, that depend on `seed` and the shape alone. */
export function sample(shape: readonly number[], seed: number): Values {
  const random = stream(seed, "sample", ...shape);
  const n = shape.reduce((product, size) => product * size, 1);
  return {
    shape,
    data: Float64Array.from({ length: n }, () => Math.fround(random.normal())),
  };
}

/** `values` as a tensor of the current backend. */
export function tensor<T extends tf.Tensor>(values: Values): T {
  return tf.tensor(Float32Array.from(values.data), [
    ...values.shape,
  ]) as unknown as T;
}

/** The largest relative error that the float32 kernels may show. */
export const TOLERANCE = 1e-5;
