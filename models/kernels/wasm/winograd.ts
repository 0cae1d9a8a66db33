import type { Heap } from "./heap.ts";
import { packBias, type PatchProduct } from "./patch_product.ts";
import { forEachChunk, layOut, type Patches } from "./patches.ts";

/** Numbers of the algorithm for one size of tile. */
interface Tiling {
  /** Output pixels of a tile each way. */
  readonly side: 2 | 4;
  /** Products of a tile. */
  readonly frequencies: number;
  /** Tiles that are transformed at a time, to stay in the second-level cache. */
  readonly block: number;
}

const TWO: Tiling = { side: 2, frequencies: 16, block: 48 };
const FOUR: Tiling = { side: 4, frequencies: 36, block: 24 };

/**
 * Whether Winograd's algorithm computes this convolution faster than the
 * direct product. Depends on the shape of one image and of the
 * filter alone, so that the batch does not change what an image gives.
 */
export function suitsWinograd(patches: Patches, columns: number): boolean {
  const { outWidth, channels } = patches;
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
  return plain && vectors && channels >= 8 && columns >= 8 &&
    usedShare(patches, TWO) > 0.6 && tilesWide <= TWO.block;
}

/** Output pixels from which the filter gradient is computed so. */
const GRADIENT_PIXELS = 4096;

/** Pixels of an image up to which it is known which taps have seen nothing. */
const SMALL_IMAGE = 64;

/**
 * Whether Winograd's algorithm suits a filter gradient. ReLU can leave a tap of
 * the filter without any input, and its gradient, exactly zero in the direct
 * product, would come out as rounding noise, which AdamW turns into whole steps.
 * In small images, most of which is edge, such taps are looked for; of others
 * there must be many pixels.
 */
export function suitsWinogradGradient(
  patches: Patches,
  columns: number,
): boolean {
  const { images, outHeight, outWidth } = patches;
  return (isSmall(patches) ||
    images * outHeight * outWidth >= GRADIENT_PIXELS) &&
    suitsWinograd(patches, columns);
}

function isSmall({ outHeight, outWidth }: Patches): boolean {
  return outHeight * outWidth <= SMALL_IMAGE;
}

/**
 * Side of the tiles of output pixels. F(4×4, 3×3) multiplies 36 times for
 * 16 pixels where F(2×2, 3×3) multiplies 64 times, but its transforms take
 * longer, and its rounding errors are four times as large, 10⁻⁶ of the result.
 */
export function tileSide(patches: Patches): 2 | 4 {
  const tilesWide = Math.ceil(patches.outWidth / FOUR.side);
  return usedShare(patches, FOUR) > 0.6 && tilesWide <= FOUR.block ? 4 : 2;
}

/**
 * Side of the tiles for a filter gradient. The transform of both operands
 * takes longer at 4, which very few channels do not repay.
 */
export function gradientTileSide(patches: Patches, columns: number): 2 | 4 {
  return patches.channels + columns >= 32 ? tileSide(patches) : 2;
}

/** The share of the pixels of whole tiles that are pixels of the output. */
function usedShare(
  { outHeight, outWidth }: Patches,
  { side }: Tiling,
): number {
  return outHeight * outWidth /
    (side ** 2 * Math.ceil(outHeight / side) * Math.ceil(outWidth / side));
}

/** The product of `directProduct` by Winograd's algorithm, for what `suitsWinograd`. */
export function winogradProduct(heap: Heap, work: PatchProduct): void {
  const { patches, columns, epilogue } = work;
  const { kernels } = heap;
  const { channels, outHeight, outWidth } = patches;
  const { residual } = epilogue;
  const residualChannels = residual?.shape.at(-1) ?? 0;
  const panels = Math.ceil(columns / 8);
  const tiling = tileSide(patches) === 4 ? FOUR : TWO;
  const { frequencies } = tiling;
  const tiles = layOutTiles(patches, { columns, tiling });
  const { layout } = tiles;
  const panelBytes = panels * channels * 32;
  const filterPitch = spread(panelBytes);
  const [
    packed = 0,
    filter = 0,
    bias = 0,
    inputs = 0,
    products = 0,
    working = 0,
    padded = 0,
  ] = heap.scratch(
    9 * panelBytes,
    frequencies * filterPitch,
    panels * 32,
    frequencies * tiles.inputPitch,
    frequencies * tiles.outputPitch,
    layout.paddedWidth * 192,
    layout.asIs ? 0 : layout.imagePitch * layout.chunk,
  );
  work.pack(packed);
  const transform = tiling.side === 2
    ? kernels.winogradFilter
    : kernels.winogradFilterFour;
  transform(packed, filter, panels, channels, filterPitch);
  packBias(heap, { bias: epilogue.bias, columns, to: bias });
  forEachChunk(heap, patches, {
    layout,
    padded: layout.asIs ? 0 : padded,
    use(address, first, images) {
      kernels.winograd(
        tiling.side,
        address,
        filter,
        filterPitch,
        bias,
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
        residual === undefined ? 0 : heap.pointer(residual) +
          first * outHeight * outWidth * residualChannels * 4,
        residualChannels,
        working,
      );
    },
  });
}

/** The filter gradient dw [3, 3, channels, columns] for what `suitsWinogradGradient`. */
export function winogradGradient(heap: Heap, work: {
  readonly patches: Patches;
  readonly columns: number;
  /** Address of the gradient of the output. */
  readonly dy: number;
  readonly dw: number;
}): void {
  const { patches, columns } = work;
  const { kernels } = heap;
  const { channels, outHeight, outWidth } = patches;
  const side = gradientTileSide(patches, columns);
  const tiling = side === 4 ? FOUR : TWO;
  const { frequencies } = tiling;
  const tiles = layOutTiles(patches, { columns, tiling });
  const { layout } = tiles;
  const sumPitch = spread(channels * Math.ceil(columns / 8) * 32);
  const [
    sums = 0,
    inputs = 0,
    outputs = 0,
    working = 0,
    padded = 0,
    seen = 0,
  ] = heap.scratch(
    frequencies * sumPitch,
    frequencies * tiles.inputPitch,
    frequencies * tiles.outputPitch,
    layout.paddedWidth * 192,
    layout.asIs ? 0 : layout.imagePitch * layout.chunk,
    9 * 16,
  );
  kernels.clear(sums, frequencies * sumPitch);
  // What fills the columns up to eight is never written.
  kernels.clear(outputs, frequencies * tiles.outputPitch);
  forEachChunk(heap, patches, {
    layout,
    padded: layout.asIs ? 0 : padded,
    use(address, first, images) {
      kernels.winogradFilterGradient(
        side,
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
        working,
      );
    },
  });
  const ofSums = [sums, sumPitch, work.dw, channels, columns];
  if (side === 2) kernels.winogradFilterGradientEnd(...ofSums);
  else kernels.winogradFourFilterGradientEnd(...ofSums, working);
  if (!isSmall(patches)) return;
  kernels.clearUnseenTaps(
    patches.source,
    patches.images,
    patches.height,
    patches.width,
    channels,
    patches.top,
    patches.left,
    outHeight,
    outWidth,
    work.dw,
    columns,
    seen,
  );
}

/** How the tiles of an image and a block of transformed ones lie in memory. */
function layOutTiles(
  patches: Patches,
  { columns, tiling: { side, block } }: {
    readonly columns: number;
    readonly tiling: Tiling;
  },
): {
  /** Layout of images padded to whole tiles. */
  readonly layout: ReturnType<typeof layOut>;
  /** Rows of tiles in a block. */
  readonly blockRows: number;
  /** Bytes between frequencies. */
  readonly inputPitch: number;
  readonly outputPitch: number;
} {
  const tilesWide = Math.ceil(patches.outWidth / side);
  const layout = layOut({
    ...patches,
    outHeight: side * Math.ceil(patches.outHeight / side),
    outWidth: side * tilesWide,
  }, { joined: true });
  const blockRows = Math.floor(block / tilesWide);
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
