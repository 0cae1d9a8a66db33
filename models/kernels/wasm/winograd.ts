import type { Heap } from "./heap.ts";
import type { PatchProduct } from "./patch_product.ts";
import { forEachChunk, layOut, type Patches } from "./patches.ts";

/** Tiles of 2×2 output pixels that are transformed at a time, to stay in the second-level cache. */
const BLOCK_TILES = 48;

/** Frequencies of a tile: 4×4. */
const FREQUENCIES = 16;

/**
 * Whether Winograd's F(2×2, 3×3) computes this convolution faster than the
 * direct product. Depends on the shape of one image and of the
 * filter alone, so that the batch does not change what an image gives.
 */
export function suitsWinograd(patches: Patches, columns: number): boolean {
  const { outHeight, outWidth, channels } = patches;
  const plain = patches.filterHeight === 3 && patches.filterWidth === 3 &&
    [
      patches.strideHeight,
      patches.strideWidth,
      patches.dilationHeight,
      patches.dilationWidth,
      patches.upHeight,
      patches.upWidth,
    ].every((step) => step === 1);
  const vectors = channels % 4 === 0 && columns % 4 === 0;
  const tilesWide = Math.ceil(outWidth / 2);
  const used = outHeight * outWidth /
    (4 * Math.ceil(outHeight / 2) * tilesWide);
  return plain && vectors && channels >= 8 && columns >= 8 && used > 0.6 &&
    tilesWide <= BLOCK_TILES;
}

/** Output pixels from which the filter gradient is computed so. */
const GRADIENT_PIXELS = 4096;

/**
 * Whether Winograd's algorithm suits a filter gradient. Besides the shape it
 * wants many pixels: over few, ReLU can leave a tap of the filter without any
 * input, and its gradient, exactly zero in the direct product, would come out
 * as rounding noise, which AdamW turns into whole steps.
 */
export function suitsWinogradGradient(
  patches: Patches,
  columns: number,
): boolean {
  const { images, outHeight, outWidth } = patches;
  return images * outHeight * outWidth >= GRADIENT_PIXELS &&
    suitsWinograd(patches, columns);
}

/** The product of `directProduct` by F(2×2, 3×3), for what `suitsWinograd`. */
export function winogradProduct(heap: Heap, work: PatchProduct): void {
  const { patches, columns, epilogue } = work;
  const { kernels } = heap;
  const { channels, outHeight, outWidth } = patches;
  const panels = Math.ceil(columns / 8);
  const tiles = layOutTiles(patches, columns);
  const { layout } = tiles;
  const panelBytes = panels * channels * 32;
  const filterPitch = spread(panelBytes);
  const [
    packed = 0,
    filter = 0,
    bias = 0,
    inputs = 0,
    products = 0,
    padded = 0,
  ] = heap.scratch(
    9 * panelBytes,
    FREQUENCIES * filterPitch,
    panels * 32,
    FREQUENCIES * tiles.inputPitch,
    FREQUENCIES * tiles.outputPitch,
    layout.asIs ? 0 : layout.imagePitch * layout.chunk,
  );
  work.pack(packed);
  kernels.winogradFilter(packed, filter, panels, channels, filterPitch);
  if (epilogue.bias !== undefined) {
    kernels.pack(heap.pointer(epilogue.bias), bias, 1, columns, 0, 4, 32);
  }
  forEachChunk(heap, patches, {
    layout,
    padded: layout.asIs ? 0 : padded,
    use(address, first, images) {
      kernels.winograd(
        address,
        filter,
        filterPitch,
        epilogue.bias === undefined ? 0 : bias,
        work.out + first * outHeight * outWidth * columns * 4,
        images,
        outHeight,
        outWidth,
        layout.imagePitch,
        layout.rowPitch,
        channels,
        columns,
        epilogue.relu ? 1 : 0,
        tiles.blockRows,
        inputs,
        tiles.inputPitch,
        products,
        tiles.outputPitch,
      );
    },
  });
}

/** The filter gradient dw [3, 3, channels, columns] by F(2×2, 3×3), for what `suitsWinogradGradient`. */
export function winogradGradient(heap: Heap, work: {
  readonly patches: Patches;
  readonly columns: number;
  /** Addresses. */
  readonly dy: number;
  readonly dw: number;
}): void {
  const { patches, columns } = work;
  const { kernels } = heap;
  const { channels, outHeight, outWidth } = patches;
  const tiles = layOutTiles(patches, columns);
  const { layout } = tiles;
  const sumPitch = spread(channels * Math.ceil(columns / 8) * 32);
  const [sums = 0, inputs = 0, outputs = 0, padded = 0] = heap.scratch(
    FREQUENCIES * sumPitch,
    FREQUENCIES * tiles.inputPitch,
    FREQUENCIES * tiles.outputPitch,
    layout.asIs ? 0 : layout.imagePitch * layout.chunk,
  );
  kernels.clear(sums, FREQUENCIES * sumPitch);
  // What fills the columns up to eight is never written.
  kernels.clear(outputs, FREQUENCIES * tiles.outputPitch);
  forEachChunk(heap, patches, {
    layout,
    padded: layout.asIs ? 0 : padded,
    use(address, first, images) {
      kernels.winogradFilterGradient(
        address,
        work.dy + first * outHeight * outWidth * columns * 4,
        sums,
        sumPitch,
        images,
        outHeight,
        outWidth,
        layout.imagePitch,
        layout.rowPitch,
        channels,
        columns,
        tiles.blockRows,
        inputs,
        tiles.inputPitch,
        outputs,
        tiles.outputPitch,
      );
    },
  });
  kernels.winogradFilterGradientEnd(sums, sumPitch, work.dw, channels, columns);
}

/** How the tiles of an image and a block of transformed ones lie in memory. */
function layOutTiles(patches: Patches, columns: number): {
  /** Of images padded to whole tiles. */
  readonly layout: ReturnType<typeof layOut>;
  /** Rows of tiles in a block. */
  readonly blockRows: number;
  /** Bytes between frequencies. */
  readonly inputPitch: number;
  readonly outputPitch: number;
} {
  const tilesWide = Math.ceil(patches.outWidth / 2);
  const layout = layOut({
    ...patches,
    outHeight: 2 * Math.ceil(patches.outHeight / 2),
    outWidth: 2 * tilesWide,
  }, { joined: true });
  const blockRows = Math.floor(BLOCK_TILES / tilesWide);
  // The product works on six tiles at a time.
  const tiles = Math.ceil(blockRows * tilesWide / 6) * 6;
  return {
    layout,
    blockRows,
    inputPitch: spread(tiles * patches.channels * 4),
    outputPitch: spread(tiles * Math.ceil(columns / 8) * 32),
  };
}

/** At least `bytes`, an odd number of cache lines: 16 frequencies fall into different cache sets. */
function spread(bytes: number): number {
  const lines = Math.ceil(bytes / 64);
  return (lines % 2 === 0 ? lines + 1 : lines) * 64;
}
