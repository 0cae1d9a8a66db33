import type * as tf from "@tensorflow/tfjs-core";
import { convolutionInfo, type WindowInfo } from "../window_info.ts";
import {
  areFloats,
  input,
  type KernelCall,
  type KernelOutput,
} from "./fast_kernel.ts";
import type { Heap } from "./heap.ts";
import { forEachChunk, inputPatches, layOut, type Patches } from "./patches.ts";

/** DepthwiseConv2dNative of tfjs: x [n, h, w, c], filter [kh, kw, c, m] → [n, oh, ow, c·m]. */
export function depthwiseConv2D(call: KernelCall): KernelOutput {
  const { heap } = call;
  const x = input(call, "x");
  const filter = input(call, "filter");
  const attrs = call.attrs as tf.DepthwiseConv2dNativeAttrs;
  if (!areFloats(x, filter) || attrs.dataFormat === "NCHW") return undefined;
  const info = convolutionInfo(x.shape, filter.shape, {
    attributes: attrs,
    depthwise: true,
  });
  const multiplier = info.outChannels / info.inChannels;
  const y = heap.output(info.outShape);
  product(heap, {
    patches: inputPatches(info, heap.pointer(x)),
    filter: heap.pointer(filter),
    y: heap.pointer(y),
    channels: info.inChannels,
    xStep: 1,
    yStep: multiplier,
    multiplier,
    reversed: false,
  });
  return y;
}

/** DepthwiseConv2dNativeBackpropInput of tfjs: the same with the taps in reverse order. */
export function depthwiseBackpropInput(call: KernelCall): KernelOutput {
  const { heap } = call;
  const dy = input(call, "dy");
  const filter = input(call, "filter");
  const attrs = call.attrs as tf.DepthwiseConv2dNativeBackpropInputAttrs;
  if (!areFloats(dy, filter)) return undefined;
  const info = convolutionInfo(attrs.inputShape, filter.shape, {
    attributes: attrs,
    depthwise: true,
  });
  const multiplier = info.outChannels / info.inChannels;
  const dx = heap.output(info.inShape);
  product(heap, {
    patches: gradientPatches(info, heap.pointer(dy)),
    filter: heap.pointer(filter),
    y: heap.pointer(dx),
    channels: info.inChannels,
    xStep: multiplier,
    yStep: 1,
    multiplier,
    reversed: true,
  });
  return dx;
}

/** DepthwiseConv2dNativeBackpropFilter of tfjs. */
export function depthwiseBackpropFilter(call: KernelCall): KernelOutput {
  const { heap } = call;
  const x = input(call, "x");
  const dy = input(call, "dy");
  const attrs = call.attrs as tf.DepthwiseConv2dNativeBackpropFilterAttrs;
  if (!areFloats(x, dy)) return undefined;
  const info = convolutionInfo(x.shape, attrs.filterShape, {
    attributes: attrs,
    depthwise: true,
  });
  const multiplier = info.outChannels / info.inChannels;
  const dw = heap.output(attrs.filterShape);
  const patches = inputPatches(info, heap.pointer(x));
  const layout = layOut(patches, { joined: false });
  const taps = layout.offsets.length;
  const [offsets = 0, padded = 0] = heap.scratch(
    taps * 4,
    layout.asIs ? 0 : layout.imagePitch * layout.chunk,
  );
  heap.writeIntegers(offsets, layout.offsets);
  heap.kernels.clear(heap.pointer(dw), taps * info.outChannels * 4);
  const outImage = info.outHeight * info.outWidth * info.outChannels * 4;
  forEachChunk(heap, patches, {
    layout,
    padded: layout.asIs ? 0 : padded,
    use(address, first, images) {
      for (let q = 0; q < multiplier; q++) {
        heap.kernels.depthwiseFilterGradient(
          address,
          heap.pointer(dy) + first * outImage + q * 4,
          heap.pointer(dw) + q * 4,
          images,
          info.outHeight,
          info.outWidth,
          layout.imagePitch,
          layout.rowPitch,
          layout.pixelPitch,
          offsets,
          taps,
          info.inChannels,
          multiplier,
          info.outChannels * 4,
        );
      }
    },
  });
  return dw;
}

function product(heap: Heap, options: {
  readonly patches: Patches;
  readonly filter: number;
  readonly y: number;
  readonly channels: number;
  readonly xStep: number;
  readonly yStep: number;
  readonly multiplier: number;
  /** Whether the taps are taken in reverse order. */
  readonly reversed: boolean;
}): void {
  const { patches, channels, xStep, yStep, multiplier } = options;
  const layout = layOut(patches, { joined: false });
  const taps = layout.offsets.length;
  const [offsets = 0, padded = 0] = heap.scratch(
    taps * 4,
    layout.asIs ? 0 : layout.imagePitch * layout.chunk,
  );
  heap.writeIntegers(
    offsets,
    options.reversed ? layout.offsets.toReversed() : layout.offsets,
  );
  const pixel = channels * yStep * 4;
  const outImage = patches.outHeight * patches.outWidth * pixel;
  forEachChunk(heap, patches, {
    layout,
    padded: layout.asIs ? 0 : padded,
    use(address, first, images) {
      for (let q = 0; q < multiplier; q++) {
        heap.kernels.depthwise(
          address + (xStep === 1 ? 0 : q * 4),
          options.filter + q * 4,
          options.y + first * outImage + (yStep === 1 ? 0 : q * 4),
          images,
          patches.outHeight,
          patches.outWidth,
          layout.imagePitch,
          layout.rowPitch,
          layout.pixelPitch,
          offsets,
          taps,
          channels,
          xStep,
          multiplier,
          yStep,
          channels * multiplier * 4,
          pixel,
          q > 0 && yStep === 1 ? 1 : 0,
        );
      }
    },
  });
}

function gradientPatches(info: WindowInfo, source: number): Patches {
  const { filterHeight, filterWidth, dilationHeight, dilationWidth } = info;
  return {
    source,
    images: info.batchSize,
    height: info.outHeight,
    width: info.outWidth,
    channels: info.outChannels,
    top: (filterHeight - 1) * dilationHeight - info.padInfo.top,
    left: (filterWidth - 1) * dilationWidth - info.padInfo.left,
    upHeight: info.strideHeight,
    upWidth: info.strideWidth,
    outHeight: info.inHeight,
    outWidth: info.inWidth,
    strideHeight: 1,
    strideWidth: 1,
    filterHeight,
    filterWidth,
    dilationHeight,
    dilationWidth,
  };
}
