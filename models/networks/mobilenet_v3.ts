/**
 * The layers of the MobileNetV3 in tfjs.
 *
 * In the network for published weights batch normalisation is part of kernels
 * and biases, as in those weights; the one to train from scratch has its own.
 *
 * @module
 */
import * as tf from "@tensorflow/tfjs-core";
import {
  type NormalisationVariables,
  normaliseBatch,
  runningFactors,
} from "./batch_normalisation.ts";
import {
  BLOCKS,
  type InvertedResidual,
  LAST,
  STEM,
} from "../model/mobilenet_v3_blocks.ts";
import type {
  ForwardOptions,
  Network,
  NetworkOptions,
} from "../model/model.ts";
import { heDeviation, variableMaker } from "./variables.ts";

/** From [n, height, width, channel] to the like. */
type Activation = (x: tf.Tensor4D) => tf.Tensor4D;
/** The same, where it matters whether the network is being trained. */
type Layer = (x: tf.Tensor4D, options: ForwardOptions) => tf.Tensor4D;

/** The weights of a convolution; a normalisation that follows stands for the bias. */
interface Kernel {
  readonly filter: tf.Tensor4D;
  readonly bias?: tf.Tensor1D;
}

/** A convolution by such weights. */
type Convolve = (x: tf.Tensor4D, kernel: Kernel) => tf.Tensor4D;

/** Makes the layers and keeps their variables by name. */
function layerMaker(
  seed: number,
  { normalised }: { readonly normalised: boolean },
) {
  const make = variableMaker(seed);
  const parameters: Record<string, tf.Variable> = {};
  const statistics: Record<string, tf.Variable> = {};

  function constant(name: string, shape: number[], value = 0): tf.Variable {
    return make.constant(name, { shape, value });
  }

  function filterOf(
    name: string,
    options: { readonly shape: readonly number[]; readonly deviation: number },
  ): tf.Tensor4D {
    const kernel = make.normal(`${name}.kernel`, options);
    parameters[`${name}.kernel`] = kernel;
    return kernel as tf.Tensor as tf.Tensor4D;
  }

  function biasOf(name: string, channels: number): tf.Tensor1D {
    const bias = constant(`${name}.bias`, [channels]);
    parameters[`${name}.bias`] = bias;
    return bias as tf.Tensor as tf.Tensor1D;
  }

  function normalisation(
    name: string,
    shape: number[],
  ): NormalisationVariables {
    const scale = constant(`${name}.scale`, shape, 1);
    const offset = constant(`${name}.offset`, shape);
    const mean = constant(`${name}.mean`, shape);
    const variance = constant(`${name}.variance`, shape, 1);
    parameters[`${name}.scale`] = scale;
    parameters[`${name}.offset`] = offset;
    statistics[`${name}.mean`] = mean;
    statistics[`${name}.variance`] = variance;
    return { scale, offset, mean, variance };
  }

  /** A convolution after which published weights have a folded normalisation. */
  function normalisable(
    name: string,
    { filter, channels, convolve }: {
      readonly filter: tf.Tensor4D;
      readonly channels: number;
      readonly convolve: Convolve;
    },
  ): Layer {
    if (!normalised) {
      const kernel = { filter, bias: biasOf(name, channels) };
      return (x) => convolve(x, kernel);
    }
    const norm = normalisation(`${name}.norm`, [channels]);
    return (x, { training }) => {
      if (training) {
        return normaliseBatch(convolve(x, { filter }), norm, { relu: false });
      }
      const { factor, bias } = runningFactors(norm);
      // A depthwise filter has its channels in the last place but one.
      const shape = filter.shape[3] === channels ? [channels] : [channels, 1];
      return convolve(x, {
        filter: tf.mul(filter, tf.reshape(factor, shape)),
        bias,
      });
    };
  }

  function convolution(
    name: string,
    { from, to, side = 1, strides = 1 }: {
      readonly from: number;
      readonly to: number;
      readonly side?: number;
      readonly strides?: number;
    },
  ): Layer {
    const shape = [side, side, from, to];
    return normalisable(name, {
      filter: filterOf(name, { shape, deviation: heDeviation(shape) }),
      channels: to,
      convolve: (x, kernel) =>
        tf.fused.conv2d({ x, ...kernel, strides, pad: "same" }),
    });
  }

  function depthwise(
    name: string,
    { channels, kernel, strides }: {
      readonly channels: number;
      readonly kernel: number;
      readonly strides: 1 | 2;
    },
  ): Layer {
    return normalisable(name, {
      filter: filterOf(name, {
        shape: [kernel, kernel, channels, 1],
        // Each channel sees itself alone.
        deviation: heDeviation([kernel, kernel, 1]),
      }),
      channels,
      convolve(x, { filter, bias }) {
        const y = tf.depthwiseConv2d(x, filter, strides, "same");
        return bias === undefined ? y : tf.add(y, bias);
      },
    });
  }

  /** A pointwise convolution with a bias, which is never normalised. */
  function pointwise(
    name: string,
    { from, to, activation }: {
      readonly from: number;
      readonly to: number;
      readonly activation: "linear" | "relu";
    },
  ): Activation {
    const shape = [1, 1, from, to];
    const filter = filterOf(name, { shape, deviation: heDeviation(shape) });
    const bias = biasOf(name, to);
    return (x) =>
      tf.fused.conv2d({ x, filter, bias, strides: 1, pad: "same", activation });
  }

  return { make, parameters, statistics, convolution, depthwise, pointwise };
}

/** min(max(x + 3, 0), 6) / 6, from operations that are fast on every device. */
function hardSigmoid(x: tf.Tensor4D): tf.Tensor4D {
  return tf.div(tf.sub(tf.relu(tf.add(x, 3)), tf.relu(tf.sub(x, 3))), 6);
}

const ACTIVATIONS: Readonly<
  Record<InvertedResidual["activation"], Activation>
> = {
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
    maker.pointwise(`${name}.squeeze`, {
      from: inner,
      to: squeeze,
      activation: "relu",
    }),
    maker.pointwise(`${name}.excite`, {
      from: squeeze,
      to: inner,
      activation: "linear",
    }),
  ] as const;
  const project = maker.convolution(`${name}.project`, {
    from: inner,
    to: out,
  });
  return (x, options) =>
    tf.tidy(() => {
      const wide = expand === undefined ? x : activate(expand(x, options));
      let y = activate(depthwise(wide, options));
      if (gate !== undefined) {
        const [down, up] = gate;
        const mean = tf.mean<tf.Tensor4D>(y, [1, 2], true);
        y = tf.mul(y, hardSigmoid(up(down(mean))));
      }
      const narrow = project(y, options);
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

/** The settings, and which of the two networks it is. */
export interface MobilenetV3Options extends MobilenetV3Settings {
  /** Whether it has batch normalisations of its own, to be trained from scratch; else they are folded. */
  readonly normalised?: boolean;
}

/**
 * A new network.
 *
 * @throws {TypeError} if it cannot take the images or the settings
 */
export function createMobilenetV3(
  { inputShape, classes, seed }: NetworkOptions,
  { side, layers, normalised = false }: MobilenetV3Options,
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
  const maker = layerMaker(seed, { normalised });
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
    trunk.push((x, options) => ACTIVATIONS.hardSwish(last(x, options)));
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

  const features: Network["features"] = (x, options) =>
    tf.tidy(() => {
      const large = tf.image.resizeBilinear(x, [side, side], false, true);
      let y = ACTIVATIONS.hardSwish(stem(large, options));
      for (const layer of trunk) y = layer(y, options);
      return tf.mean<tf.Tensor2D>(y, [1, 2]);
    });
  const logits: Network["logits"] = (x) =>
    tf.tidy(() =>
      tf.add(tf.matMul(x, kernel as tf.Tensor as tf.Tensor2D), bias)
    );
  return {
    parameters: maker.parameters,
    statistics: maker.statistics,
    head: ["head.kernel", "head.bias"],
    features,
    logits,
    forward: (x, options) => tf.tidy(() => logits(features(x, options))),
    dispose: () => tf.dispose([maker.parameters, maker.statistics]),
  };
}
