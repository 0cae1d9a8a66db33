/**
 * The layers of the multilayer perceptron in tfjs.
 *
 * @module
 */
import * as tf from "@tensorflow/tfjs-core";
import type { Network, NetworkOptions } from "../model/model.ts";
import { normalise } from "./normalise.ts";
import { heDeviation, variableMaker } from "./variables.ts";

/** Settings of a multilayer perceptron that a pipeline may change. */
export interface MlpSettings {
  /** Units of each hidden layer. */
  readonly width: number;
  /** Number of hidden layers. */
  readonly layers: number;
}

/**
 * A new network.
 *
 * @throws {TypeError} if a setting is not a positive integer
 */
export function createMlp(
  { inputShape, classes, seed }: NetworkOptions,
  { width, layers }: MlpSettings,
): Network {
  for (const [name, value] of Object.entries({ width, layers })) {
    if (!Number.isInteger(value) || value < 1) {
      throw new TypeError(
        `Cannot create a multilayer perceptron of ${name} ${value}: it must be a positive integer`,
      );
    }
  }
  const make = variableMaker(seed);
  const parameters: Record<string, tf.Variable> = {};
  const pixels = inputShape.reduce((product, side) => product * side, 1);

  function dense(
    name: string,
    { shape, deviation }: {
      readonly shape: readonly [number, number];
      readonly deviation: number;
    },
  ): (x: tf.Tensor2D) => tf.Tensor2D {
    const kernel = make.normal(`${name}.kernel`, { shape, deviation });
    const bias = make.constant(`${name}.bias`, { shape: [shape[1]], value: 0 });
    parameters[`${name}.kernel`] = kernel;
    parameters[`${name}.bias`] = bias;
    return (x) =>
      tf.add(tf.matMul(x, kernel as tf.Tensor as tf.Tensor2D), bias);
  }

  const hidden = Array.from({ length: layers }, (_, i) => {
    const shape = [i === 0 ? pixels : width, width] as const;
    return dense(`layer${i + 1}`, { shape, deviation: heDeviation(shape) });
  });
  const head = dense("head", { shape: [width, classes], deviation: 0.01 });

  const features = (x: tf.Tensor4D): tf.Tensor2D =>
    tf.tidy(() => {
      let y = tf.reshape(normalise(x), [-1, pixels]) as tf.Tensor2D;
      for (const layer of hidden) y = tf.relu(layer(y));
      return y;
    });
  const logits = (x: tf.Tensor2D): tf.Tensor2D => tf.tidy(() => head(x));

  return {
    parameters,
    statistics: {},
    head: ["head.kernel", "head.bias"],
    features,
    logits,
    forward: (x) => tf.tidy(() => logits(features(x))),
    dispose: () => tf.dispose(parameters),
  };
}
