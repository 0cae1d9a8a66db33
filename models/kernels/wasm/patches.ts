import type { WindowInfo } from "../window_info.ts";
import type { Heap } from "./heap.ts";

/** Where the patches that a convolution multiplies come from. */
export interface Patches {
  /** Address of the images, [images, height, width, channels]. */
  readonly source: number;
  readonly images: number;
  readonly height: number;
  readonly width: number;
  readonly channels: number;
  /** Where the first pixel goes in the padded image; negative crops. */
  readonly top: number;
  readonly left: number;
  /** How far apart pixels are put in the padded image. */
  readonly upHeight: number;
  readonly upWidth: number;
  /** Output pixels, and the distance between their patches in the padded image. */
  readonly outHeight: number;
  readonly outWidth: number;
  readonly strideHeight: number;
  readonly strideWidth: number;
  readonly filterHeight: number;
  readonly filterWidth: number;
  readonly dilationHeight: number;
  readonly dilationWidth: number;
}

/** How patches lie in memory: runs of floats at offsets from the address of an output pixel. */
export interface PatchLayout {
  readonly paddedHeight: number;
  readonly paddedWidth: number;
  /** Bytes from one image to the next, one row to the next, one pixel to the next. */
  readonly imagePitch: number;
  readonly rowPitch: number;
  readonly pixelPitch: number;
  readonly offsets: readonly number[];
  /** Length in floats. */
  readonly length: number;
  /** Whether the source serves as it is. */
  readonly asIs: boolean;
  /** Images that are padded at a time, so that they stay in the second-level cache. */
  readonly chunk: number;
}

const CHUNK_BYTES = 256 * 1024;

/** The layout of `patches`; `taps` as one run each, or joined along a filter row where they touch. */
export function layOut(
  patches: Patches,
  { joined }: { readonly joined: boolean },
): PatchLayout {
  const { filterHeight, filterWidth, dilationHeight, dilationWidth } = patches;
  const paddedHeight = (patches.outHeight - 1) * patches.strideHeight +
    (filterHeight - 1) * dilationHeight + 1;
  const paddedWidth = (patches.outWidth - 1) * patches.strideWidth +
    (filterWidth - 1) * dilationWidth + 1;
  const pixel = patches.channels * 4;
  const row = paddedWidth * pixel;
  const touching = joined && dilationWidth === 1;
  const offsets: number[] = [];
  for (let i = 0; i < filterHeight; i++) {
    for (let j = 0; j < (touching ? 1 : filterWidth); j++) {
      offsets.push(i * dilationHeight * row + j * dilationWidth * pixel);
    }
  }
  return {
    paddedHeight,
    paddedWidth,
    imagePitch: paddedHeight * row,
    rowPitch: patches.strideHeight * row,
    pixelPitch: patches.strideWidth * pixel,
    offsets,
    length: patches.channels * (touching ? filterWidth : 1),
    asIs: patches.top === 0 && patches.left === 0 && patches.upHeight === 1 &&
      patches.upWidth === 1 && paddedHeight === patches.height &&
      paddedWidth === patches.width,
    chunk: Math.max(1, Math.floor(CHUNK_BYTES / (paddedHeight * row))),
  };
}

/**
 * Pads the images of `patches` chunk by chunk into the scratch at `padded` and
 * calls `use` with the address of each chunk, its first image and its size.
 */
export function forEachChunk(
  heap: Heap,
  patches: Patches,
  { layout, padded, use }: {
    readonly layout: PatchLayout;
    /** Scratch for `layout.chunk` padded images; 0 to use the source as it is. */
    readonly padded: number;
    readonly use: (address: number, first: number, images: number) => void;
  },
): void {
  if (padded === 0) return use(patches.source, 0, patches.images);
  const { height, width, channels } = patches;
  const { paddedHeight, paddedWidth, chunk } = layout;
  // Every chunk writes the same places, so the borders are cleared once.
  heap.kernels.clear(padded, layout.imagePitch * chunk);
  for (let first = 0; first < patches.images; first += chunk) {
    const images = Math.min(chunk, patches.images - first);
    heap.kernels.place(
      patches.source + first * height * width * channels * 4,
      padded,
      images,
      height,
      width,
      channels,
      patches.top,
      patches.left,
      patches.upHeight,
      patches.upWidth,
      paddedHeight,
      paddedWidth,
      channels * 4,
    );
    use(padded, first, images);
  }
}

/** The patches of the padded input of a convolution, for its product and its filter gradient. */
export function inputPatches(info: WindowInfo, source: number): Patches {
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
