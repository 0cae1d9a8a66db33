// @ts-nocheck: AssemblyScript, compiled by asc
import { sumTile } from "./product_tile.ts";
import { transformInput } from "./winograd.ts";
import * as four from "./winograd_four_gradient.ts";
import * as two from "./winograd_transform_gradient.ts";

/**
 * sums[frequency][channel][column] += Σ over tiles of (Bᵀ·x·B)[channel]·(A·dy·Aᵀ)[column]:
 * the filter gradient of F(side×side, 3×3), `side` two or four, before
 * `winogradFilterGradientEnd` or `winogradFourFilterGradientEnd`.
 */
export function winogradFilterGradient(
  side: i32,
  x: usize, // padded images of side·tiles + 2 pixels each way
  dy: usize, // [image, height, width, columns]
  sums: usize, // columns rounded up to eight
  sumPitch: usize, // bytes between frequencies, as of the scratch below
  images: i32,
  height: i32,
  width: i32,
  imagePitch: i32, // bytes
  rowPitch: i32,
  channels: i32, // a multiple of four and at least eight, like columns
  columns: i32,
  blockRows: i32,
  inputs: usize, // scratch [frequency][tile][channel]
  inputPitch: usize,
  outputs: usize, // scratch [frequency][tile][columns, rounded up to eight]
  outputPitch: usize,
  working: usize, // scratch for a row of tiles of side four, [4·tiles + 2][6] vectors
): void {
  const tilesHigh = (height + side - 1) / side;
  const tilesWide = (width + side - 1) / side;
  const wide: usize = <usize> ((columns + 7) & ~7) << 2;
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
    for (let row = 0; row < rows; row++) {
      const image = (first + row) / tilesHigh;
      const i = (first + row) % tilesHigh * side;
      const from = dy +
        (<usize> ((image * height + i) * width * columns) << 2);
      const to = outputs + <usize> (row * tilesWide) * wide;
      const high = min(side, height - i);
      if (side == 4) {
        four.transformOutputGradient(
          from,
          to,
          width,
          columns,
          high,
          outputPitch,
          working,
        );
      } else {
        two.transformOutputGradient(
          from,
          to,
          width,
          columns,
          high,
          outputPitch,
        );
      }
    }
    accumulateProducts(
      inputs,
      inputPitch,
      outputs,
      outputPitch,
      sums,
      sumPitch,
      (side + 2) * (side + 2),
      rows * tilesWide,
      channels,
      wide,
    );
  }
}

/** sums[frequency][channel][column] += Σ over tiles of inputs[frequency][tile][channel]·outputs[frequency][tile][column]. */
function accumulateProducts(
  inputs: usize,
  inputPitch: usize, // bytes between frequencies, like the others
  outputs: usize,
  outputPitch: usize,
  sums: usize,
  sumPitch: usize,
  frequencies: i32,
  tiles: i32,
  channels: i32,
  wide: usize, // bytes of the columns, rounded up to eight
): void {
  // Six channels at a time, with one or two fours where they do not fit.
  const sixes = channels - (channels % 6 == 2 ? 8 : channels % 6);
  const pixel: usize = <usize> channels << 2;
  for (let frequency = 0; frequency < frequencies; frequency++) {
    let a = inputs + <usize> frequency * inputPitch;
    const b = outputs + <usize> frequency * outputPitch;
    let out = sums + <usize> frequency * sumPitch;
    for (let channel = 0; channel < sixes; channel += 6) {
      for (let column: usize = 0; column < wide; column += 32) {
        sumTile(a, b + column, out + column, 1, tiles, 0, pixel, wide, 6, 6);
      }
      a += 24;
      out += 6 * wide;
    }
    for (let channel = sixes; channel < channels; channel += 4) {
      for (let column: usize = 0; column < wide; column += 32) {
        sumTile(a, b + column, out + column, 1, tiles, 0, pixel, wide, 4, 4);
      }
      a += 16;
      out += 4 * wide;
    }
  }
}
