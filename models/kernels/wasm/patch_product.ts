import type * as tf from "@tensorflow/tfjs-core";
import type { Heap } from "./heap.ts";
import { forEachChunk, layOut, type Patches } from "./patches.ts";

/** What a layer adds to its product. */
export interface Epilogue {
  /** Bias that is added to every row: [columns]. */
  readonly bias?: tf.TensorInfo | undefined;
  readonly relu: boolean;
  /** [pixel, a multiple of four], added before the ReLU; by `winogradProduct` alone. */
  readonly residual?: tf.TensorInfo | undefined;
}

/** A product of patches and a filter. */
export interface PatchProduct {
  readonly patches: Patches;
  readonly out: number;
  readonly columns: number;
  readonly epilogue: Epilogue;
  /** Packs the filter at an address: [panel of eight columns][tap][channel][8]. */
  readonly pack: (to: number) => void;
}

/** Writes a bias in panels of eight; zeros if there is none. */
export function packBias(
  heap: Heap,
  { bias, columns, to }: {
    readonly bias: tf.TensorInfo | undefined;
    readonly columns: number;
    /** Address. */
    readonly to: number;
  },
): void {
  const { kernels } = heap;
  if (bias === undefined) kernels.clear(to, Math.ceil(columns / 8) * 32);
  else kernels.pack(heap.pointer(bias), to, 1, columns, 0, 4, 32);
}

/** out[pixel, column] = patch · packed filter, with what the epilogue adds. */
export function directProduct(heap: Heap, options: PatchProduct): void {
  const { patches, columns, epilogue } = options;
  const layout = layOut(patches, { joined: true });
  const panels = Math.ceil(columns / 8);
  const depth = layout.offsets.length * layout.length;
  const [filter = 0, offsets = 0, bias = 0, padded = 0] = heap.scratch(
    panels * depth * 32,
    layout.offsets.length * 4,
    panels * 32,
    layout.asIs ? 0 : layout.imagePitch * layout.chunk,
  );
  options.pack(filter);
  heap.writeIntegers(offsets, layout.offsets);
  packBias(heap, { bias: epilogue.bias, columns, to: bias });
  const outPixels = patches.outHeight * patches.outWidth;
  forEachChunk(heap, patches, {
    layout,
    padded: layout.asIs ? 0 : padded,
    use(address, first, images) {
      heap.kernels.convolve(
        address,
        filter,
        bias,
        options.out + first * outPixels * columns * 4,
        images,
        patches.outHeight,
        patches.outWidth,
        layout.imagePitch,
        layout.rowPitch,
        layout.pixelPitch,
        offsets,
        layout.offsets.length,
        layout.length,
        columns,
        epilogue.relu ? 1 : 0,
      );
    },
  });
}
