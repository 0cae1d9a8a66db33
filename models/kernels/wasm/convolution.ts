import * as tf from "@tensorflow/tfjs";
import {
  areFloats,
  input,
  type KernelCall,
  type KernelOutput,
} from "./fast_kernel.ts";
import type { Heap } from "./heap.ts";
import type { Patches } from "./patches.ts";
import {
  directProduct,
  type Epilogue,
  type PatchProduct,
} from "./patch_product.ts";
import { suitsWinograd, winogradProduct } from "./winograd.ts";

type Info = tf.backend_util.Conv2DInfo;

const SAME: tf.Conv2DAttrs = {
  strides: 1,
  pad: "same",
  dataFormat: "NHWC",
  dilations: 1,
};

/** Conv2D of tfjs: x [n, h, w, c], filter [kh, kw, c, d]. */
export function conv2D(call: KernelCall): KernelOutput {
  const attrs = call.attrs as tf.Conv2DAttrs;
  return forward(call, attrs, { relu: false });
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
  return y === undefined ? undefined : [y];
}

/** Conv2DBackpropInput of tfjs: a convolution of dy with the filter turned round. */
export function conv2DBackpropInput(call: KernelCall): KernelOutput {
  const { heap } = call;
  const dy = input(call, "dy");
  const filter = input(call, "filter");
  const attrs = call.attrs as tf.Conv2DBackpropInputAttrs;
  if (!areFloats(dy, filter) || attrs.dataFormat !== "NHWC") return undefined;
  const info = convolutionInfo(attrs.inputShape, filter, attrs, 1);
  const dx = heap.output(info.inShape);
  const { filterHeight, filterWidth, inChannels, outChannels } = info;
  const taps = filterHeight * filterWidth;
  product(heap, {
    patches: {
      source: heap.pointer(dy),
      images: info.batchSize,
      height: info.outHeight,
      width: info.outWidth,
      channels: outChannels,
      top: filterHeight - 1 - info.padInfo.top,
      left: filterWidth - 1 - info.padInfo.left,
      upHeight: info.strideHeight,
      upWidth: info.strideWidth,
      outHeight: info.inHeight,
      outWidth: info.inWidth,
      strideHeight: 1,
      strideWidth: 1,
      filterHeight,
      filterWidth,
      dilationHeight: 1,
      dilationWidth: 1,
    },
    out: heap.pointer(dx),
    columns: inChannels,
    epilogue: { relu: false },
    pack(to) {
      const step = outChannels * 4;
      for (let tap = 0; tap < taps; tap++) {
        heap.kernels.pack(
          heap.pointer(filter) + (taps - 1 - tap) * inChannels * step,
          to + tap * outChannels * 32,
          outChannels,
          inChannels,
          4,
          step,
          taps * outChannels * 32,
        );
      }
    },
  });
  return dx;
}

function forward(
  call: KernelCall,
  attrs: tf.Conv2DAttrs,
  epilogue: Epilogue,
): tf.TensorInfo | undefined {
  const { heap } = call;
  const x = input(call, "x");
  const filter = input(call, "filter");
  if (!areFloats(x, filter) || attrs.dataFormat !== "NHWC") return undefined;
  const info = convolutionInfo(
    x.shape as [number, number, number, number],
    filter,
    attrs,
    attrs.dilations,
  );
  const y = heap.output(info.outShape);
  const depth = info.filterHeight * info.filterWidth * info.inChannels;
  product(heap, {
    patches: inputPatches(info, heap.pointer(x)),
    out: heap.pointer(y),
    columns: info.outChannels,
    epilogue,
    pack(to) {
      heap.kernels.pack(
        heap.pointer(filter),
        to,
        depth,
        info.outChannels,
        info.outChannels * 4,
        4,
        depth * 32,
      );
    },
  });
  return y;
}

function product(heap: Heap, work: PatchProduct): void {
  const { patches, columns, out, epilogue: { residual, bias } } = work;
  const fast = suitsWinograd(patches, columns);
  const channels = residual?.shape.at(-1) ?? 0;
  if (residual === undefined || (fast && channels % 4 === 0)) {
    return fast ? winogradProduct(heap, work) : directProduct(heap, work);
  }
  product(heap, { ...work, epilogue: { bias, relu: false } });
  const pixels = patches.images * patches.outHeight * patches.outWidth;
  const from = heap.pointer(residual);
  heap.kernels.addRelu(out, from, pixels, columns, channels);
}

/** The patches of the padded input of a convolution, for its product and its filter gradient. */
export function inputPatches(info: Info, source: number): Patches {
  return {
    source,
    images: info.batchSize,
    height: info.inHeight,
    width: info.inWidth,
    channels: info.inChannels,
    top: info.padInfo.top,
    left: info.padInfo.left,
    upHeight: 1,
    upWidth: 1,
    outHeight: info.outHeight,
    outWidth: info.outWidth,
    strideHeight: info.strideHeight,
    strideWidth: info.strideWidth,
    filterHeight: info.filterHeight,
    filterWidth: info.filterWidth,
    dilationHeight: info.dilationHeight,
    dilationWidth: info.dilationWidth,
  };
}

function convolutionInfo(
  shape: [number, number, number, number],
  filter: tf.TensorInfo,
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
