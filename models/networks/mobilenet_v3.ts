/**
 * The layers of the MobileNetV3 in tfjs.
 *
 * Batch normalisation is part of the kernels and biases, as in the weights
 * that it is made for: it is a network to go on from, not to train anew.
 *
 * @module
 */
import * as tf from "@tensorflow/tfjs-core";
import {
  BLOCKS,
  type InvertedResidual,
  LAST,
  STEM,
} from "../model/mobilenet_v3_blocks.ts";
import type { Network, NetworkOptions } from "../model/model.ts";
import { heDeviation, variableMaker } from "./variables.ts";

/** From [n, height, width, channel] to the like. */
type Layer = (x: tf.Tensor4D) => tf.Tensor4D;

/** Makes the layers and keeps their variables by name. */
function layerMaker(seed: number) {
  const make = variableMaker(seed);
  const parameters: Record<string, tf.Variable> = {};

  function variables(
    name: string,
    { shape, channels, deviation }: {
      readonly shape: readonly number[];
      readonly channels: number;
      readonly deviation: number;
    },
  ) {
    const kernel = make.normal(`${name}.kernel`, { shape, deviation });
    const bias = make.constant(`${name}.bias`, { shape: [channels], value: 0 });
    parameters[`${name}.kernel`] = kernel;
    parameters[`${name}.bias`] = bias;
    return { filter: kernel as tf.Tensor as tf.Tensor4D, bias };
  }

  function convolution(
    name: string,
    { from, to, side = 1, strides = 1, activation = "linear" }: {
      readonly from: number;
      readonly to: number;
      readonly side?: number;
      readonly strides?: number;
      readonly activation?: "linear" | "relu";
    },
  ): Layer {
    const shape = [side, side, from, to];
    const { filter, bias } = variables(name, {
      shape,
      channels: to,
      deviation: heDeviation(shape),
    });
    return (x) =>
      tf.fused.conv2d({ x, filter, bias, strides, pad: "same", activation });
  }

  function depthwise(
    name: string,
    { channels, kernel, strides }: {
      readonly channels: number;
      readonly kernel: number;
      readonly strides: 1 | 2;
    },
  ): Layer {
    const { filter, bias } = variables(name, {
      shape: [kernel, kernel, channels, 1],
      channels,
      // Each channel sees itself alone.
      deviation: heDeviation([kernel, kernel, 1]),
    });
    return (x) => tf.add(tf.depthwiseConv2d(x, filter, strides, "same"), bias);
  }

  return { make, parameters, convolution, depthwise };
}

/** min(max(x + 3, 0), 6) / 6, from operations that are fast on every device. */
function hardSigmoid(x: tf.Tensor4D): tf.Tensor4D {
  return tf.div(tf.sub(tf.relu(tf.add(x, 3)), tf.relu(tf.sub(x, 3))), 6);
}

const ACTIVATIONS: Readonly<Record<InvertedResidual["activation"], Layer>> = {
  relu: (x) => tf.relu(x),
  hardSwish: (x) => tf.mul(x, hardSigmoid(x)),
};

/** One block, named `block3`. */
function invertedResidual(
  name: string,
  { from, block, maker }: {
    readonly from: number;
    readonly block: InvertedResidual;
    readonly maker: ReturnType<typeof layerMaker>;
  },
): Layer {
  const { inner, out, kernel, stride, squeeze } = block;
  const activate = ACTIVATIONS[block.activation];
  const expand = inner === from
    ? undefined
    : maker.convolution(`${name}.expand`, { from, to: inner });
  const depthwise = maker.depthwise(`${name}.depthwise`, {
    channels: inner,
    kernel,
    strides: stride,
  });
  const gate = squeeze === undefined ? undefined : [
    maker.convolution(`${name}.squeeze`, {
      from: inner,
      to: squeeze,
      activation: "relu",
    }),
    maker.convolution(`${name}.excite`, { from: squeeze, to: inner }),
  ] as const;
  const project = maker.convolution(`${name}.project`, {
    from: inner,
    to: out,
  });
  return (x) =>
    tf.tidy(() => {
      const wide = expand === undefined ? x : activate(expand(x));
      let y = activate(depthwise(wide));
      if (gate !== undefined) {
        const [down, up] = gate;
        const mean = tf.mean<tf.Tensor4D>(y, [1, 2], true);
        y = tf.mul(y, hardSigmoid(up(down(mean))));
      }
      const narrow = project(y);
      return stride === 1 && from === out ? tf.add(narrow, x) : narrow;
    });
}

/** Settings of a MobileNetV3 that a pipeline may change. */
export interface MobilenetV3Settings {
  /** Side that images are enlarged to, in pixels. */
  readonly side: number;
  /** How many layers there are between the stem and the head, from the first. */
  readonly layers: number;
}

/**
 * A new network.
 *
 * @throws {TypeError} if it cannot take the images or the settings
 */
export function createMobilenetV3(
  { inputShape, classes, seed }: NetworkOptions,
  { side, layers }: MobilenetV3Settings,
): Network {
  const most = BLOCKS.length + 1;
  if (inputShape[2] !== 3) {
    throw new TypeError(
      `Cannot create a MobileNetV3 for images of ${
        inputShape[2]
      } channels: it takes 3`,
    );
  }
  if (!(Number.isInteger(side) && side >= 32 && side % 32 === 0)) {
    throw new TypeError(
      `Cannot create a MobileNetV3 for images enlarged to a side of ${side}: it must be a multiple of 32`,
    );
  }
  if (!(Number.isInteger(layers) && layers >= 1 && layers <= most)) {
    throw new TypeError(
      `Cannot create a MobileNetV3 of ${layers} layers: it has 1 to ${most}`,
    );
  }
  const maker = layerMaker(seed);
  const stem = maker.convolution("stem", {
    from: 3,
    to: STEM,
    side: 3,
    strides: 2,
  });
  let width = STEM;
  const trunk = BLOCKS.slice(0, layers).map((block, i) => {
    const layer = invertedResidual(`block${i}`, { from: width, block, maker });
    width = block.out;
    return layer;
  });
  if (layers > BLOCKS.length) {
    const last = maker.convolution("last", { from: width, to: LAST });
    trunk.push((x) => ACTIVATIONS.hardSwish(last(x)));
    width = LAST;
  }
  const kernel = maker.parameters["head.kernel"] = maker.make.normal(
    "head.kernel",
    { shape: [width, classes], deviation: 0.01 },
  );
  const bias = maker.parameters["head.bias"] = maker.make.constant(
    "head.bias",
    { shape: [classes], value: 0 },
  );

  const features: Network["features"] = (x) =>
    tf.tidy(() => {
      const large = tf.image.resizeBilinear(x, [side, side], false, true);
      let y = ACTIVATIONS.hardSwish(stem(large));
      for (const layer of trunk) y = layer(y);
      return tf.mean<tf.Tensor2D>(y, [1, 2]);
    });
  const logits: Network["logits"] = (x) =>
    tf.tidy(() =>
      tf.add(tf.matMul(x, kernel as tf.Tensor as tf.Tensor2D), bias)
    );
  return {
    parameters: maker.parameters,
    statistics: {},
    head: ["head.kernel", "head.bias"],
    features,
    logits,
    forward: (x, options) => tf.tidy(() => logits(features(x, options))),
    dispose: () => tf.dispose(maker.parameters),
  };
}
