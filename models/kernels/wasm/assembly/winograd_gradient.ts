// @ts-nocheck: AssemblyScript, compiled by asc
import { sumTile, sumTilePair } from "./product_tile.ts";
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
  working: usize, // scratch for a row of tiles of side four, [4·tiles + 2][6] pairs of vectors
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
      for (let column: usize = 0; column < wide; column += 64) {
        const from = b + column, to = out + column;
        if (column + 32 < wide) {
          sumTilePair(a, from, to, tiles, pixel, wide, 6);
        } else sumTile(a, from, to, 1, tiles, 0, pixel, wide, 6, 6);
      }
      a += 24;
      out += 6 * wide;
    }
    for (let channel = sixes; channel < channels; channel += 4) {
      for (let column: usize = 0; column < wide; column += 64) {
        const from = b + column, to = out + column;
        if (column + 32 < wide) {
          sumTilePair(a, from, to, tiles, pixel, wide, 4);
        } else sumTile(a, from, to, 1, tiles, 0, pixel, wide, 4, 4);
      }
      a += 16;
      out += 4 * wide;
    }
  }
}

/**
 * Sets dw[tap][channel] to zero wherever the taps of a 3×3 filter have seen
 * nothing but zeros of a channel: the sums of Winograd's algorithm only come near.
 */
export function clearUnseenTaps(
  x: usize, // [image, height, width, channels], channels a multiple of four
  images: i32,
  height: i32,
  width: i32,
  channels: i32,
  top: i32, // where the first pixel is in the padded image
  left: i32,
  outHeight: i32,
  outWidth: i32,
  dw: usize, // [tap][channel][columns]
  columns: i32,
  seen: usize, // scratch [9] vectors: which of four channels each tap has seen
): void {
  const pixel: usize = <usize> channels << 2;
  const all = <usize> (images * height * width) * pixel;
  const zero = f32x4.splat(0);
  for (let channel: usize = 0; channel < pixel; channel += 16) {
    memory.fill(seen, 0, 144);
    // What all taps have seen: most channels need a few pixels for that.
    let everywhere = zero;
    for (let at: usize = 0, place = 0; at < all; at += pixel) {
      const found = f32x4.ne(v128.load(x + at + channel), zero);
      const row = place / width, column = place % width;
      if (++place == height * width) place = 0;
      if (!v128.any_true(v128.andnot(found, everywhere))) continue;
      everywhere = i32x4.splat(-1);
      for (let tap = 0; tap < 9; tap++) {
        const i = row + top - tap / 3, j = column + left - tap % 3;
        const to = seen + (<usize> tap << 4);
        let by = v128.load(to);
        if (i >= 0 && i < outHeight && j >= 0 && j < outWidth) {
          by = v128.or(by, found);
          v128.store(to, by);
        }
        everywhere = v128.and(everywhere, by);
      }
      if (i32x4.all_true(everywhere)) break;
    }
    if (i32x4.all_true(everywhere)) continue;
    for (let tap: usize = 0; tap < 9; tap++) {
      for (let lane: usize = 0; lane < 16; lane += 4) {
        if (load<i32>(seen + (tap << 4) + lane) == 0) {
          const filter = tap * (pixel >> 2) + ((channel + lane) >> 2);
          memory.fill(
            dw + filter * (<usize> columns << 2),
            0,
            <usize> columns << 2,
          );
        }
      }
    }
  }
}
