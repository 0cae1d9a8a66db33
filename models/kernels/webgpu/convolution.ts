import * as tf from "@tensorflow/tfjs";
import {
  convolutionProgram,
  type ConvolutionSizes,
  packingOf,
  packingProgram,
} from "./convolution_code.ts";
import {
  composeResidualConvolution,
  type ResidualInputs,
} from "../../ops/residual_convolution.ts";
import type { Gpu } from "./gpu.ts";
import {
  areFloats,
  input,
  type KernelCall,
  type KernelOutput,
} from "./gpu_kernel.ts";

type Info = tf.backend_util.Conv2DInfo;

const SAME: tf.Conv2DAttrs = {
  strides: 1,
  pad: "same",
  dataFormat: "NHWC",
  dilations: 1,
};

/** What is added to a product, and whether a ReLU follows. */
interface Added {
  readonly bias?: tf.TensorInfo | undefined;
  readonly residual?: tf.TensorInfo | undefined;
  readonly relu: boolean;
}

/** Conv2D of tfjs: x [n, h, w, c], filter [kh, kw, c, d]. */
export function conv2D(call: KernelCall): KernelOutput {
  return forward(call, call.attrs as tf.Conv2DAttrs, { relu: false });
}

/** FusedConv2D of tfjs with a bias and no activation or ReLU. */
export function fusedConv2D(call: KernelCall): KernelOutput {
  const attrs = call.attrs as tf.FusedConv2DAttrs;
  const { activation } = attrs;
  const bias = call.inputs["bias"] ?? undefined;
  const plainBias = bias === undefined || bias.shape.length === 1;
  if ((activation !== "linear" && activation !== "relu") || !plainBias) {
    return undefined;
  }
  return forward(call, attrs, { bias, relu: activation === "relu" });
}

/** The kernel behind models/ops/residual_convolution.ts. */
export function residualConvolution(call: KernelCall): KernelOutput {
  const residual = input(call, "residual");
  const bias = input(call, "bias");
  if (!areFloats(residual, bias)) return undefined;
  const y = forward(call, SAME, { bias, residual, relu: true });
  if (y !== undefined) return [y];
  const inputs = call.inputs as unknown as ResidualInputs; // runFused hands on tensors
  return tf.tidy(() => [composeResidualConvolution(inputs)]);
}

/** Conv2DBackpropInput of tfjs at stride 1: a convolution of dy with the filter turned round. */
export function conv2DBackpropInput(call: KernelCall): KernelOutput {
  const { gpu } = call;
  const dy = input(call, "dy");
  const filter = input(call, "filter");
  const attrs = call.attrs as tf.Conv2DBackpropInputAttrs;
  if (!areFloats(dy, filter) || attrs.dataFormat !== "NHWC") return undefined;
  const info = convolutionInfo(attrs.inputShape, filter, attrs, 1);
  const isPlain = info.strideHeight === 1 && info.strideWidth === 1;
  if (!isPlain || info.inChannels % 4 !== 0) return undefined;
  const dx = gpu.output(info.inShape);
  return product(gpu, {
    images: info.batchSize,
    height: info.outHeight,
    width: info.outWidth,
    channels: info.outChannels,
    outHeight: info.inHeight,
    outWidth: info.inWidth,
    outChannels: info.inChannels,
    filterHeight: info.filterHeight,
    filterWidth: info.filterWidth,
    strideHeight: 1,
    strideWidth: 1,
    dilationHeight: 1,
    dilationWidth: 1,
    top: info.filterHeight - 1 - info.padInfo.top,
    left: info.filterWidth - 1 - info.padInfo.left,
  }, { x: dy, filter, turned: true, y: dx, added: { relu: false } });
}

/** Runs a convolution; `undefined` if its filter does not fit. */
function product(
  gpu: Gpu,
  sizes: ConvolutionSizes,
  { x, filter, turned, y, added }: {
    readonly x: tf.TensorInfo;
    readonly filter: tf.TensorInfo;
    /** Whether the filter is to be turned round. */
    readonly turned: boolean;
    readonly y: tf.TensorInfo;
    readonly added: Added;
  },
): tf.TensorInfo | undefined {
  const { tiling } = gpu;
  const packing = packingOf(sizes, tiling);
  if (packing === undefined) {
    gpu.free(y);
    return undefined;
  }
  const { bias, residual, relu } = added;
  const { sections, sectionBytes, vectors } = packing;
  const buffer = gpu.workspace("filter", sections * sectionBytes);
  gpu.run({
    ...packingProgram(sizes, { packing, tiling, turned }),
    bind: [filter, { buffer }],
    written: 0,
  });
  const program = convolutionProgram(sizes, {
    epilogue: {
      bias: bias !== undefined,
      residualChannels: residual?.shape.at(-1) ?? 0,
      relu,
    },
    tiling,
    packing,
  });
  const further = [bias, residual].filter((one) => one !== undefined);
  for (let section = 0; section < sections; section++) {
    const weights = {
      buffer,
      offset: section * sectionBytes,
      size: 16 + 16 * vectors,
    };
    gpu.run({ ...program, bind: [y, x, ...further, weights], written: 1 });
  }
  return y;
}

function forward(
  call: KernelCall,
  attrs: tf.Conv2DAttrs,
  { bias, residual, relu }: Added,
): tf.TensorInfo | undefined {
  const { gpu } = call;
  const x = input(call, "x");
  const filter = input(call, "filter");
  if (!areFloats(x, filter) || attrs.dataFormat !== "NHWC") return undefined;
  const info = convolutionInfo(
    x.shape as [number, number, number, number],
    filter,
    attrs,
    attrs.dilations,
  );
  const residualChannels = residual?.shape.at(-1) ?? 0;
  if (info.outChannels % 4 !== 0 || residualChannels % 4 !== 0) {
    return undefined;
  }
  return product(gpu, sizesOf(info), {
    x,
    filter,
    turned: false,
    y: gpu.output(info.outShape),
    added: { bias, residual, relu },
  });
}

/** The sizes of a convolution of tfjs. */
export function sizesOf(info: Info): ConvolutionSizes {
  return {
    images: info.batchSize,
    height: info.inHeight,
    width: info.inWidth,
    channels: info.inChannels,
    outHeight: info.outHeight,
    outWidth: info.outWidth,
    outChannels: info.outChannels,
    filterHeight: info.filterHeight,
    filterWidth: info.filterWidth,
    strideHeight: info.strideHeight,
    strideWidth: info.strideWidth,
    dilationHeight: info.dilationHeight,
    dilationWidth: info.dilationWidth,
    top: info.padInfo.top,
    left: info.padInfo.left,
  };
}

/** Sizes and padding as tfjs has them. */
export function convolutionInfo(
  shape: [number, number, number, number],
  filter: Pick<tf.TensorInfo, "shape">,
  attrs: {
    readonly strides: [number, number] | number;
    readonly pad: tf.Conv2DAttrs["pad"];
    readonly dimRoundingMode?: tf.Conv2DAttrs["dimRoundingMode"];
  },
  dilations: [number, number] | number,
): Info {
  return tf.backend_util.computeConv2DInfo(
    shape,
    filter.shape as [number, number, number, number],
    attrs.strides,
    dilations,
    attrs.pad,
    attrs.dimRoundingMode,
  );
}
