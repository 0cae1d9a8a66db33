import type * as tf from "@tensorflow/tfjs-core";
import type { FilterGradient } from "../convolution_calls.ts";
import type { Heap } from "./heap.ts";
import { forEachChunk, inputPatches, layOut } from "./patches.ts";
import { suitsWinogradGradient, winogradGradient } from "./winograd.ts";

/** Output pixels whose products are summed in registers before memory sees them. */
const BLOCK_PIXELS = 128;

/** The gradient of a convolution with respect to its filter. */
export function filterGradient(
  { heap }: { readonly heap: Heap },
  { info, x, dy }: FilterGradient,
): tf.TensorInfo {
  const { kernels } = heap;
  const dw = heap.output(info.filterShape);
  const patches = inputPatches(info, heap.pointer(x));
  if (suitsWinogradGradient(patches, info.outChannels)) {
    winogradGradient(heap, {
      patches,
      columns: info.outChannels,
      dy: heap.pointer(dy),
      dw: heap.pointer(dw),
    });
    return dw;
  }
  const layout = layOut(patches, { joined: true });
  // The product works on whole groups of eight columns and reads whole groups
  // of six rows; what is ragged goes through scratch, which has room behind it.
  const columns = Math.ceil(info.outChannels / 8) * 8;
  const ragged = columns !== info.outChannels;
  const asIs = layout.asIs && !ragged && layout.length % 6 === 0;
  const rows = layout.offsets.length * layout.length;
  const outPixels = info.outHeight * info.outWidth;
  const [offsets = 0, padded = 0, wide = 0, total = 0] = heap.scratch(
    layout.offsets.length * 4,
    asIs ? 0 : layout.imagePitch * layout.chunk,
    ragged ? layout.chunk * outPixels * columns * 4 : 0,
    ragged ? rows * columns * 4 : 0,
  );
  heap.writeIntegers(offsets, layout.offsets);
  const sums = ragged ? total : heap.pointer(dw);
  kernels.clear(sums, rows * columns * 4);
  if (ragged) kernels.clear(wide, layout.chunk * outPixels * columns * 4);
  forEachChunk(heap, patches, {
    layout,
    padded: asIs ? 0 : padded,
    use(address, first, images) {
      const from = heap.pointer(dy) + first * outPixels * info.outChannels * 4;
      if (ragged) {
        kernels.copyRows(
          from,
          wide,
          images * outPixels,
          info.outChannels * 4,
          info.outChannels * 4,
          columns * 4,
        );
      }
      kernels.filterGradient(
        address,
        ragged ? wide : from,
        sums,
        images,
        info.outHeight,
        info.outWidth,
        layout.imagePitch,
        layout.rowPitch,
        layout.pixelPitch,
        offsets,
        layout.offsets.length,
        layout.length,
        columns,
        Math.max(1, Math.floor(BLOCK_PIXELS / info.outWidth)),
      );
    },
  });
  if (ragged) {
    kernels.copyRows(
      sums,
      heap.pointer(dw),
      rows,
      info.outChannels * 4,
      columns * 4,
      info.outChannels * 4,
    );
  }
  return dw;
}
