// @ts-nocheck: AssemblyScript, compiled by asc
import { productTile, productTilePair } from "./product_tile.ts";
import * as four from "./winograd_four.ts";
import * as two from "./winograd_transform.ts";

/**
 * The 3×3 convolution of `convolve` by F(side×side, 3×3), `side` two
 * (winograd_transform.ts) or four (winograd_four.ts):
 * y = activation(bias + Aᵀ·[(G·g·Gᵀ) ∘ (Bᵀ·x·B)]·A + residual), tile by tile. Blocks of
 * `blockRows` rows of tiles are transformed, multiplied as (side + 2)² matrices
 * and transformed back while they are in the cache.
 */
export function winograd(
  side: i32,
  x: usize, // padded images of side·tiles + 2 pixels each way
  filter: usize, // of `winogradFilter` or `winogradFilterFour`
  filterPitch: usize, // bytes between frequencies, as of the scratch below
  bias: usize, // panels of eight
  y: usize, // [image, height, width, columns]
  images: i32,
  height: i32,
  width: i32,
  imagePitch: i32, // bytes
  rowPitch: i32,
  channels: i32, // a multiple of four, like columns
  columns: i32,
  relu: i32,
  blockRows: i32,
  inputs: usize, // scratch [frequency][tile][channel]
  inputPitch: usize,
  products: usize, // scratch [frequency][tile][columns, rounded up to eight]
  productPitch: usize,
  residual: usize, // [image, height, width, residualChannels], added before the activation, or 0
  residualChannels: i32, // a multiple of four; to further columns nothing is added
  working: usize, // scratch for a row of tiles of side four, [4·tiles + 2][6] pairs of vectors
): void {
  const isFour = side == 4;
  const tilesHigh = (height + side - 1) / side;
  const tilesWide = (width + side - 1) / side;
  const panels = (columns + 7) >> 3;
  const all = images * tilesHigh;
  for (let first = 0; first < all; first += blockRows) {
    const rows = min(blockRows, all - first);
    transformInput(
      side,
      x,
      inputs,
      first,
      rows,
      tilesHigh,
      tilesWide,
      imagePitch,
      rowPitch,
      channels,
      inputPitch,
      working,
    );
    multiplyTiles(
      inputs,
      inputPitch,
      filter,
      filterPitch,
      products,
      productPitch,
      (side + 2) * (side + 2),
      rows * tilesWide,
      channels,
      panels,
    );
    for (let row = 0; row < rows; row++) {
      const image = (first + row) / tilesHigh;
      const i = (first + row) % tilesHigh * side;
      const m = products + (<usize> (row * tilesWide * panels) << 5);
      const pixel = (image * height + i) * width;
      const out = y + (<usize> (pixel * columns) << 2);
      const high = min(side, height - i);
      const added: usize = residual
        ? residual + (<usize> (pixel * residualChannels) << 2)
        : 0;
      const residualPixel: usize = <usize> residualChannels << 2;
      if (isFour) {
        four.transformOutput(
          m,
          bias,
          out,
          width,
          columns,
          high,
          productPitch,
          relu,
          added,
          residualPixel,
          working,
        );
      } else {
        two.transformOutput(
          m,
          bias,
          out,
          width,
          columns,
          high,
          productPitch,
          relu,
          added,
          residualPixel,
        );
      }
    }
  }
}

/**
 * out[frequency][tile][channel] = Bᵀ·x·B of `rows` rows of tiles from `first`.
 * Tile (i, j) of an image starts at pixel (side·i, side·j).
 */
export function transformInput(
  side: i32,
  x: usize, // padded images, pixels of `channels` floats (a multiple of four)
  out: usize,
  first: i32,
  rows: i32,
  tilesHigh: i32,
  tilesWide: i32,
  imagePitch: i32, // bytes
  rowPitch: usize,
  channels: i32,
  pitch: usize, // bytes between frequencies
  working: usize, // as of `winograd`
): void {
  const pixel: usize = <usize> channels << 2;
  for (let row = first; row < first + rows; row++) {
    const from = x + <usize> (row / tilesHigh) * imagePitch +
      <usize> (row % tilesHigh * side) * rowPitch;
    if (side == 4) {
      four.transformRow(from, out, tilesWide, rowPitch, pixel, pitch, working);
    } else two.transformRow(from, out, tilesWide, rowPitch, pixel, pitch);
    out += <usize> tilesWide * pixel;
  }
}

/**
 * out[frequency][tile][column] = Σ over channels of inputs[frequency][tile][channel]·filter[frequency][channel][column];
 * up to five tiles more are read and written.
 */
function multiplyTiles(
  inputs: usize,
  inputPitch: usize, // bytes between frequencies, like the others
  filter: usize, // panels of eight columns
  filterPitch: usize,
  out: usize, // columns rounded up to eight
  outPitch: usize,
  frequencies: i32,
  tiles: i32,
  channels: i32,
  panels: i32,
): void {
  const tile: usize = <usize> channels << 2;
  const wide: usize = <usize> panels << 5;
  const zero = f32x4.splat(0);
  for (let frequency = 0; frequency < frequencies; frequency++) {
    for (let panel = 0; panel < panels; panel += 2) {
      const b = filter + (<usize> (panel * channels) << 5);
      let a = inputs;
      let to = out + (<usize> panel << 5);
      for (let first = 0; first < tiles; first += 6) {
        if (panel + 1 < panels) {
          productTilePair(
            a,
            tile,
            channels,
            b,
            <usize> channels << 5,
            to,
            wide,
          );
        } else {
          productTile(
            a,
            a + tile,
            a + 2 * tile,
            a + 3 * tile,
            a + 4 * tile,
            a + 5 * tile,
            0,
            1,
            channels,
            true,
            b,
            zero,
            zero,
            to,
            wide,
            6,
            8,
            false,
            zero,
          );
        }
        a += 6 * tile;
        to += 6 * wide;
      }
    }
    inputs += inputPitch;
    filter += filterPitch;
    out += outPitch;
  }
}
