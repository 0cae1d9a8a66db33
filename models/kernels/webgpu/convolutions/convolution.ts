import type * as tf from "@tensorflow/tfjs-core";
import {
  type Convolution,
  type ConvolutionKernels,
  convolutionKernels,
  type InputGradient,
} from "../../convolution_calls.ts";
import { convolutionProgram } from "./convolution_code.ts";
import { type ConvolutionSizes, sizesOf } from "./convolution_sizes.ts";
import { gatheredInputGradient } from "./input_gradient.ts";
import { filterGradient } from "./filter_gradient.ts";
import type { Gpu } from "../gpu/gpu.ts";
import { packingOf, packingProgram } from "./packed_filter.ts";
import {
  type ConvolutionOperands,
  suitsTiles,
  tiledConvolution,
} from "./tiled_convolution.ts";

/** The convolutions of the WebGPU backend. */
export const convolutions: ConvolutionKernels<{ readonly gpu: Gpu }> =
  convolutionKernels({
    forward,
    inputGradient,
    filterGradient: ({ gpu }, { info, x, dy }) =>
      filterGradient(gpu, sizesOf(info), { x, dy }),
  });

function forward(
  { gpu }: { readonly gpu: Gpu },
  { info, ...rest }: Convolution,
): tf.TensorInfo | undefined {
  return product(gpu, sizesOf(info), {
    ...rest,
    turned: false,
    shape: info.outShape,
  });
}

/** At stride 1 a convolution of dy with the filter turned round, which is the faster way. */
function inputGradient(
  { gpu }: { readonly gpu: Gpu },
  { info, dy, filter }: InputGradient,
): tf.TensorInfo {
  const gathered = () =>
    gatheredInputGradient(gpu, sizesOf(info), { dy, filter });
  if (info.strideHeight > 1 || info.strideWidth > 1) return gathered();
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
  }, { x: dy, filter, turned: true, shape: info.inShape, relu: false }) ??
    gathered();
}

/** Runs a convolution; `undefined` if its filter does not fit. */
function product(
  gpu: Gpu,
  sizes: ConvolutionSizes,
  { x, filter, turned, shape, bias, residual, relu }: ConvolutionOperands,
): tf.TensorInfo | undefined {
  const { tiling } = gpu;
  const residualChannels = residual?.shape.at(-1) ?? 0;
  if (suitsTiles(gpu, sizes) && residualChannels % 4 === 0) {
    return tiledConvolution(gpu, sizes, {
      x,
      filter,
      turned,
      shape,
      bias,
      residual,
      relu,
    });
  }
  const packing = packingOf(sizes, tiling);
  if (packing === undefined) return undefined;
  const y = gpu.output(shape);
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
      residualChannels,
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
