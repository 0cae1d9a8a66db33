/**
 * The layers of the small residual network in tfjs.
 *
 * @module
 */
import * as tf from "@tensorflow/tfjs-core";
import {
  convolutionLayer,
  type ConvolutionVariables,
} from "./convolution_layer.ts";
import type { Network, NetworkOptions } from "../model/model.ts";
import { normalise } from "./normalise.ts";
import { heDeviation, variableMaker } from "./variables.ts";

type Block = readonly [ConvolutionVariables, ConvolutionVariables];

function build(
  { inputShape, classes, seed }: NetworkOptions,
  widths: readonly number[],
): Network {
  const make = variableMaker(seed);
  const parameters: Record<string, tf.Variable> = {};
  const statistics: Record<string, tf.Variable> = {};

  function convolution(
    name: string,
    { from, to }: { readonly from: number; readonly to: number },
  ): tf.Variable {
    const shape = [3, 3, from, to];
    return parameters[name] = make.normal(name, {
      shape,
      deviation: heDeviation(shape),
    });
  }

  function zeros(name: string, length: number): tf.Variable {
    return parameters[name] = make.constant(name, {
      shape: [length],
      value: 0,
    });
  }

  function layer(
    block: string,
    { place, from, to }: {
      readonly place: 1 | 2;
      readonly from: number;
      readonly to: number;
    },
  ): ConvolutionVariables {
    const kernel = convolution(`${block}.convolution${place}.kernel`, {
      from,
      to,
    });
    const norm = `${block}.norm${place}`;
    const shape = [to];
    const scale = make.constant(`${norm}.scale`, { shape, value: 1 });
    parameters[`${norm}.scale`] = scale;
    const offset = zeros(`${norm}.offset`, to);
    const mean = make.constant(`${norm}.mean`, { shape, value: 0 });
    const variance = make.constant(`${norm}.variance`, { shape, value: 1 });
    statistics[`${norm}.mean`] = mean;
    statistics[`${norm}.variance`] = variance;
    return { kernel, scale, offset, mean, variance };
  }

  const first = widths[0] as number;
  const last = widths.at(-1) as number;
  const stem = {
    kernel: convolution("stem.kernel", { from: inputShape[2], to: first }),
    bias: zeros("stem.bias", first),
  };
  const blocks = widths.map((width, i): Block => {
    const name = `block${i + 1}`;
    const before = i === 0 ? first : widths[i - 1] as number;
    return [
      layer(name, { place: 1, from: before, to: width }),
      layer(name, { place: 2, from: width, to: width }),
    ];
  });
  const head = {
    kernel: parameters["head.kernel"] = make.normal("head.kernel", {
      shape: [last, classes],
      deviation: 0.01,
    }),
    bias: zeros("head.bias", classes),
  };

  const features: Network["features"] = (x, { training }) =>
    tf.tidy(() => {
      let y = tf.fused.conv2d({
        x: normalise(x),
        filter: stem.kernel as tf.Tensor as tf.Tensor4D,
        bias: stem.bias,
        strides: 1,
        pad: "same",
        activation: "relu",
      });
      blocks.forEach((block, i) => {
        y = residualBlock(y, block, { training });
        if (i < blocks.length - 1) y = tf.avgPool(y, 2, 2, "valid");
      });
      return tf.mean(y, [1, 2]);
    });
  const logits: Network["logits"] = (x) =>
    tf.tidy(() =>
      tf.add(
        tf.matMul(x, head.kernel as tf.Tensor as tf.Tensor2D),
        head.bias,
      )
    );

  return {
    parameters,
    statistics,
    head: ["head.kernel", "head.bias"],
    features,
    logits,
    forward: (x, options) => tf.tidy(() => logits(features(x, options))),
    dispose: () => tf.dispose([parameters, statistics]),
  };
}

function residualBlock(
  x: tf.Tensor4D, // [n, height, width, channel]
  [first, second]: Block,
  { training }: { readonly training: boolean },
): tf.Tensor4D {
  return tf.tidy(() => {
    const y = convolutionLayer(x, first, { training });
    // Identity shortcut; new channels start at zero (arXiv:1512.03385, option A).
    return convolutionLayer(y, second, { training, residual: x });
  });
}

/** Settings of a ResNet-8 that a pipeline may change. */
export interface Resnet8Settings {
  /** Channels of each residual block. */
  readonly widths: readonly number[];
}

/**
 * A new network.
 *
 * @throws {TypeError} if the widths fall, or the sides of images do not divide
 */
export function createResnet8(
  options: NetworkOptions,
  { widths }: Resnet8Settings,
): Network {
  const [height, width] = options.inputShape;
  const rising = widths.every((width, i) =>
    Number.isInteger(width) && width >= (widths[i - 1] ?? 1)
  );
  if (!rising) {
    throw new TypeError(
      `Cannot create a residual network of widths [${widths}]: they must be whole numbers that never fall`,
    );
  }
  if (height % 4 !== 0 || width % 4 !== 0) {
    throw new TypeError(
      `Cannot create a residual network for images of ${height}×${width}: both sides must be multiples of 4`,
    );
  }
  return build(options, widths);
}
