/**
 * The convolution kernels of tfjs, and our own, as calls of two functions that
 * a backend has.
 *
 * @module
 */
import type * as tf from "@tensorflow/tfjs-core";
import {
  areFloats,
  type Call,
  type FastKernelOf,
  input,
} from "./fast_kernel.ts";
import {
  convolutionInfo,
  type WindowAttributes,
  type WindowInfo,
} from "./window_info.ts";

/** A convolution: x and a filter, and what is done to their product. */
export interface Convolution {
  readonly info: WindowInfo;
  readonly x: tf.TensorInfo;
  readonly filter: tf.TensorInfo;
  /** Bias that is added: [channel]. */
  readonly bias?: tf.TensorInfo | undefined;
  /** Residual that is added: [n, height, width, channel]; channels it lacks count as zero. */
  readonly residual?: tf.TensorInfo | undefined;
  readonly relu: boolean;
}

/** The gradient of a convolution with respect to its input. */
export interface InputGradient {
  readonly info: WindowInfo;
  readonly dy: tf.TensorInfo;
  readonly filter: tf.TensorInfo;
}

/** The gradient of a convolution with respect to its filter. */
export interface FilterGradient {
  readonly info: WindowInfo;
  readonly x: tf.TensorInfo;
  readonly dy: tf.TensorInfo;
}

/** What a backend computes; `undefined` where it does not cover the sizes. */
export interface ConvolutionBackend<Own> {
  forward(own: Own, convolution: Convolution): tf.TensorInfo | undefined;
  inputGradient(own: Own, gradient: InputGradient): tf.TensorInfo | undefined;
  filterGradient(own: Own, gradient: FilterGradient): tf.TensorInfo | undefined;
}

/** Kernels by what they compute. */
export interface ConvolutionKernels<Own> {
  /** Conv2D of tfjs: x [n, h, w, c], filter [kh, kw, c, d]. */
  readonly conv2D: FastKernelOf<Own>;
  /** FusedConv2D of tfjs with a bias and no activation or ReLU. */
  readonly fusedConv2D: FastKernelOf<Own>;
  /** Conv2DBackpropInput of tfjs. */
  readonly conv2DBackpropInput: FastKernelOf<Own>;
  /** Conv2DBackpropFilter of tfjs: x [n, h, w, c], dy [n, oh, ow, d] → [kh, kw, c, d]. */
  readonly conv2DBackpropFilter: FastKernelOf<Own>;
  /** The kernel behind models/ops/residual_convolution.ts. */
  readonly residualConvolution: FastKernelOf<Own>;
}

const SAME: tf.Conv2DAttrs = {
  strides: 1,
  pad: "same",
  dataFormat: "NHWC",
  dilations: 1,
};

/** The kernels of a backend that has these computations. */
export function convolutionKernels<Own>(
  backend: ConvolutionBackend<Own>,
): ConvolutionKernels<Own> {
  function forward(
    call: Call & Own,
    attributes: tf.Conv2DAttrs,
    added: Pick<Convolution, "bias" | "residual" | "relu">,
  ): tf.TensorInfo | undefined {
    const x = input(call, "x");
    const filter = input(call, "filter");
    if (!areFloats(x, filter) || attributes.dataFormat !== "NHWC") {
      return undefined;
    }
    const info = convolutionInfo(x.shape, filter.shape, { attributes });
    return backend.forward(call, { info, x, filter, ...added });
  }

  return {
    conv2D: (call) =>
      forward(call, call.attrs as tf.Conv2DAttrs, { relu: false }),
    fusedConv2D(call) {
      const attributes = call.attrs as tf.FusedConv2DAttrs;
      const { activation } = attributes;
      const bias = call.inputs["bias"] ?? undefined;
      const plainBias = bias === undefined || bias.shape.length === 1;
      if ((activation !== "linear" && activation !== "relu") || !plainBias) {
        return undefined;
      }
      return forward(call, attributes, { bias, relu: activation === "relu" });
    },
    residualConvolution(call) {
      const residual = input(call, "residual");
      const bias = input(call, "bias");
      if (!areFloats(residual, bias)) return undefined;
      const y = forward(call, SAME, { bias, residual, relu: true });
      return y === undefined ? undefined : [y];
    },
    conv2DBackpropInput(call) {
      const dy = input(call, "dy");
      const filter = input(call, "filter");
      const attributes = call.attrs as tf.Conv2DBackpropInputAttrs;
      if (!areFloats(dy, filter) || attributes.dataFormat !== "NHWC") {
        return undefined;
      }
      const info = convolutionInfo(attributes.inputShape, filter.shape, {
        attributes: undilated(attributes),
      });
      return backend.inputGradient(call, { info, dy, filter });
    },
    conv2DBackpropFilter(call) {
      const x = input(call, "x");
      const dy = input(call, "dy");
      const attributes = call.attrs as tf.Conv2DBackpropFilterAttrs;
      if (!areFloats(x, dy) || attributes.dataFormat !== "NHWC") {
        return undefined;
      }
      const info = convolutionInfo(x.shape, attributes.filterShape, {
        attributes: undilated(attributes),
      });
      return backend.filterGradient(call, { info, x, dy });
    },
  };
}

/** tfjs refuses the gradient of a dilated convolution, and says nothing of dilations in it. */
function undilated(
  { strides, pad, dimRoundingMode }: WindowAttributes,
): WindowAttributes {
  return {
    strides,
    pad,
    ...dimRoundingMode === undefined ? {} : { dimRoundingMode },
  };
}
