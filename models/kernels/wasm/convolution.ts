import type * as tf from "@tensorflow/tfjs-core";
import {
  type Convolution,
  type ConvolutionKernels,
  convolutionKernels,
  type InputGradient,
} from "../convolution_calls.ts";
import { filterGradient } from "./filter_gradient.ts";
import type { Heap } from "./heap.ts";
import { inputPatches } from "./patches.ts";
import { directProduct, type PatchProduct } from "./patch_product.ts";
import { suitsWinograd, winogradProduct } from "./winograd.ts";

/** The convolutions of the wasm backend. */
export const convolutions: ConvolutionKernels<{ readonly heap: Heap }> =
  convolutionKernels({ forward, inputGradient, filterGradient });

/** A convolution of dy with the filter turned round. */
function inputGradient(
  { heap }: { readonly heap: Heap },
  { info, dy, filter }: InputGradient,
): tf.TensorInfo {
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
  { heap }: { readonly heap: Heap },
  { info, x, filter, bias, residual, relu }: Convolution,
): tf.TensorInfo {
  const y = heap.output(info.outShape);
  const depth = info.filterHeight * info.filterWidth * info.inChannels;
  product(heap, {
    patches: inputPatches(info, heap.pointer(x)),
    out: heap.pointer(y),
    columns: info.outChannels,
    epilogue: { bias, residual, relu },
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
