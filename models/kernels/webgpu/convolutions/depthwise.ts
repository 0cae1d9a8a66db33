import type * as tf from "@tensorflow/tfjs-core";
import { convolutionInfo, type WindowInfo } from "../../window_info.ts";
import {
  areFloats,
  input,
  type KernelCall,
  type KernelOutput,
} from "../gpu/gpu_kernel.ts";
import { type Element, runLanes } from "../passes/lane_pass.ts";
import { sumSlices } from "../passes/slices.ts";

/** DepthwiseConv2dNative of tfjs: x [n, h, w, c], filter [kh, kw, c, m] → [n, oh, ow, c·m]. */
export function depthwiseConv2D(call: KernelCall): KernelOutput {
  const { gpu } = call;
  const x = input(call, "x");
  const filter = input(call, "filter");
  const attributes = call.attrs as tf.DepthwiseConv2dNativeAttrs;
  if (!areFloats(x, filter) || attributes.dataFormat === "NCHW") {
    return undefined;
  }
  const info = convolutionInfo(x.shape, filter.shape, {
    attributes,
    depthwise: true,
  });
  const { element, across, outAcross, multiplier } = channelsOf(info);
  const y = gpu.output(info.outShape);
  const { outHeight, outWidth } = info;
  runLanes(gpu, {
    n: info.batchSize * outHeight * outWidth * outAcross,
    written: { y: [element, y] },
    read: { x: [element, x], filter_: [element, filter] },
    body: `
  let d = i % ${outAcross}u;
  let pixel = i / ${outAcross}u;
  let image = pixel / ${outHeight * outWidth}u;
  let top = i32(pixel / ${outWidth}u % ${outHeight}u * ${info.strideHeight}u) - ${info.padInfo.top};
  let left = i32(pixel % ${outWidth}u * ${info.strideWidth}u) - ${info.padInfo.left};
  var sum = ${element}();
  for (var u = 0; u < ${info.filterHeight}; u++) {
    let row = top + u * ${info.dilationHeight};
    if (row < 0 || row >= ${info.inHeight}) { continue; }
    for (var v = 0; v < ${info.filterWidth}; v++) {
      let column = left + v * ${info.dilationWidth};
      if (column < 0 || column >= ${info.inWidth}) { continue; }
      let at = (image * ${info.inHeight}u + u32(row)) * ${info.inWidth}u + u32(column);
      sum = fma(x[at * ${across}u + d / ${multiplier}u], filter_[u32(u * ${info.filterWidth} + v) * ${outAcross}u + d], sum);
    }
  }
  y[i] = sum;`,
  });
  return y;
}

/** DepthwiseConv2dNativeBackpropInput of tfjs: each input pixel gathers from the outputs that saw it. */
export function depthwiseBackpropInput(call: KernelCall): KernelOutput {
  const { gpu } = call;
  const dy = input(call, "dy");
  const filter = input(call, "filter");
  const attributes = call.attrs as tf.DepthwiseConv2dNativeBackpropInputAttrs;
  if (!areFloats(dy, filter)) return undefined;
  const info = convolutionInfo(attributes.inputShape, filter.shape, {
    attributes,
    depthwise: true,
  });
  const { element, across, outAcross, multiplier } = channelsOf(info);
  const dx = gpu.output(info.inShape);
  const { inHeight, inWidth } = info;
  runLanes(gpu, {
    n: info.batchSize * inHeight * inWidth * across,
    written: { dx: [element, dx] },
    read: { dy: [element, dy], filter_: [element, filter] },
    body: `
  let c = i % ${across}u;
  let pixel = i / ${across}u;
  let image = pixel / ${inHeight * inWidth}u;
  let row = i32(pixel / ${inWidth}u % ${inHeight}u) + ${info.padInfo.top};
  let column = i32(pixel % ${inWidth}u) + ${info.padInfo.left};
  var sum = ${element}();
  for (var u = 0; u < ${info.filterHeight}; u++) {
    let down = row - u * ${info.dilationHeight};
    if (down < 0 || down % ${info.strideHeight} != 0 || down / ${info.strideHeight} >= ${info.outHeight}) { continue; }
    for (var v = 0; v < ${info.filterWidth}; v++) {
      let right = column - v * ${info.dilationWidth};
      if (right < 0 || right % ${info.strideWidth} != 0 || right / ${info.strideWidth} >= ${info.outWidth}) { continue; }
      let at = (image * ${info.outHeight}u + u32(down / ${info.strideHeight})) * ${info.outWidth}u + u32(right / ${info.strideWidth});
      let weight = u32(u * ${info.filterWidth} + v) * ${outAcross}u + c * ${multiplier}u;
      for (var q = 0u; q < ${multiplier}u; q++) {
        sum = fma(dy[at * ${outAcross}u + c * ${multiplier}u + q], filter_[weight + q], sum);
      }
    }
  }
  dx[i] = sum;`,
  });
  return dx;
}

/** DepthwiseConv2dNativeBackpropFilter of tfjs: slices of the output rows are summed side by side. */
export function depthwiseBackpropFilter(call: KernelCall): KernelOutput {
  const { gpu } = call;
  const x = input(call, "x");
  const dy = input(call, "dy");
  const attributes = call.attrs as tf.DepthwiseConv2dNativeBackpropFilterAttrs;
  if (!areFloats(x, dy)) return undefined;
  const info = convolutionInfo(x.shape, attributes.filterShape, {
    attributes,
    depthwise: true,
  });
  const { element, across, outAcross, multiplier } = channelsOf(info);
  const { filterHeight, filterWidth, outHeight, outWidth } = info;
  const each = filterHeight * filterWidth * outAcross;
  const lines = info.batchSize * outHeight;
  const wanted = Math.ceil(gpu.tiling.invocations / each);
  const linesEach = Math.ceil(lines / Math.min(lines, wanted));
  const slices = Math.ceil(lines / linesEach);
  const dw = gpu.output(attributes.filterShape);
  const sums = slices === 1
    ? dw
    : gpu.output([slices, ...attributes.filterShape]);
  runLanes(gpu, {
    n: each * slices,
    written: { sums: [element, sums] },
    read: { x: [element, x], dy: [element, dy] },
    body: `
  let d = i % ${outAcross}u;
  let v = i32(i / ${outAcross}u % ${filterWidth}u) * ${info.dilationWidth} - ${info.padInfo.left};
  let u = i32(i / ${
      outAcross * filterWidth
    }u % ${filterHeight}u) * ${info.dilationHeight} - ${info.padInfo.top};
  let slice = i / ${each}u;
  let end = min((slice + 1u) * ${linesEach}u, ${lines}u);
  var sum = ${element}();
  for (var line = slice * ${linesEach}u; line < end; line++) {
    let row = i32(line % ${outHeight}u * ${info.strideHeight}u) + u;
    if (row < 0 || row >= ${info.inHeight}) { continue; }
    let start = (line / ${outHeight}u * ${info.inHeight}u + u32(row)) * ${info.inWidth}u;
    for (var o = 0; o < ${outWidth}; o++) {
      let column = o * ${info.strideWidth} + v;
      if (column < 0 || column >= ${info.inWidth}) { continue; }
      sum = fma(x[(start + u32(column)) * ${across}u + d / ${multiplier}u], dy[(line * ${outWidth}u + u32(o)) * ${outAcross}u + d], sum);
    }
  }
  sums[i] = sum;`,
  });
  if (slices > 1) {
    sumSlices(gpu, { from: sums, to: dw, slices });
    gpu.free(sums);
  }
  return dw;
}

/** Channels of an input and an output pixel: in fours if each output channel has an input channel of its own. */
function channelsOf({ inChannels, outChannels }: WindowInfo): {
  readonly element: Element;
  readonly across: number;
  readonly outAcross: number;
  readonly multiplier: number;
} {
  const multiplier = outChannels / inChannels;
  const vector = multiplier === 1 && inChannels % 4 === 0;
  const parts = vector ? 4 : 1;
  return {
    element: vector ? "vec4f" : "f32",
    across: inChannels / parts,
    outAcross: outChannels / parts,
    multiplier,
  };
}
