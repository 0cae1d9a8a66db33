/**
 * Initial variables. The numbers of each come from a stream of their own, so
 * that no other layer and no other setting changes them.
 *
 * @module
 */
import * as tf from "@tensorflow/tfjs-core";
import { stream } from "../../engine/define/random.ts";

/** Makes the variables of one network. */
export interface VariableMaker {
  /** A variable of normal numbers with mean 0. */
  normal(
    name: string,
    options: { readonly shape: readonly number[]; readonly deviation: number },
  ): tf.Variable;
  /** A variable whose numbers are all `value`. */
  constant(
    name: string,
    options: { readonly shape: readonly number[]; readonly value: number },
  ): tf.Variable;
}

/** Makes float32 variables whose random numbers depend on `seed` and their name alone. */
export function variableMaker(seed: number): VariableMaker {
  return {
    normal(name, { shape, deviation }) {
      const random = stream(seed, "init", name);
      const values = Float32Array.from(
        { length: tf.util.sizeFromShape([...shape]) },
        () => deviation * random.normal(),
      );
      return tf.tidy(() => tf.variable(tf.tensor(values, [...shape])));
    },
    constant(_name, { shape, value }) {
      return tf.tidy(() => tf.variable(tf.fill([...shape], value)));
    },
  };
}

/**
 * Standard deviation of He-normal initial weights (arXiv:1502.01852, eq. 10):
 * √(2 / fan-in), where fan-in counts all dimensions of `shape` but the last.
 */
export function heDeviation(shape: readonly number[]): number {
  return Math.sqrt(2 / shape.slice(0, -1).reduce((a, b) => a * b, 1));
}
