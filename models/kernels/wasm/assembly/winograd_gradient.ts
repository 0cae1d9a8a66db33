// @ts-nocheck: AssemblyScript, compiled by asc
import { transformInput } from "./winograd_transform.ts";

/**
 * sums[frequency][channel][column] += Σ over tiles of (Bᵀ·x·B)[channel]·(A·dy·Aᵀ)[column]:
 * the filter gradient of F(2×2, 3×3) before `winogradFilterGradientEnd`.
 */
export function winogradFilterGradient(
  x: usize, // padded images of 2·tiles + 2 pixels each way
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
  inputs: usize, // scratch [16][tile][channel]
  inputPitch: usize,
  outputs: usize, // scratch [16][tile][columns, rounded up to eight]
  outputPitch: usize,
): void {
  const tilesHigh = (height + 1) >> 1, tilesWide = (width + 1) >> 1;
  const wide: usize = <usize> ((columns + 7) & ~7) << 2;
  const all = images * tilesHigh;
  for (let first = 0; first < all; first += blockRows) {
    const rows = min(blockRows, all - first);
    const tiles = rows * tilesWide;
    transformInput(
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
    );
    for (let row = 0; row < rows; row++) {
      const image = (first + row) / tilesHigh;
      const i = (first + row) % tilesHigh * 2;
      transformOutputGradient(
        dy + (<usize> ((image * height + i) * width * columns) << 2),
        outputs + <usize> (row * tilesWide) * wide,
        width,
        columns,
        i + 1 < height,
        outputPitch,
      );
    }
    accumulateProducts(
      inputs,
      inputPitch,
      outputs,
      outputPitch,
      sums,
      sumPitch,
      16,
      tiles,
      channels,
      wide,
    );
  }
}

/** sums[frequency][channel][column] += Σ over tiles of inputs[frequency][tile][channel]·outputs[frequency][tile][column]. */
export function accumulateProducts(
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
  for (let frequency = 0; frequency < frequencies; frequency++) {
    let a = inputs + <usize> frequency * inputPitch;
    const b = outputs + <usize> frequency * outputPitch;
    let out = sums + <usize> frequency * sumPitch;
    for (let channel = 0; channel < sixes; channel += 6) {
      for (let column: usize = 0; column < wide; column += 32) {
        six(a, b + column, out + column, tiles, channels, wide);
      }
      a += 24;
      out += 6 * wide;
    }
    for (let channel = sixes; channel < channels; channel += 4) {
      for (let column: usize = 0; column < wide; column += 32) {
        four(a, b + column, out + column, tiles, channels, wide);
      }
      a += 16;
      out += 4 * wide;
    }
  }
}

/** out[frequency][tile][column] = A·dy·Aᵀ of a row of tiles; pixels outside are zero. */
function transformOutputGradient(
  dy: usize,
  out: usize,
  width: i32,
  columns: i32,
  lower: bool,
  pitch: usize,
): void {
  const pixel: usize = <usize> columns << 2;
  const row: usize = pixel * width;
  const skip: usize = (<usize> columns & 4) << 2;
  const zero = f32x4.splat(0);
  const pitch4 = pitch * 4;
  for (let j = 0; j < width; j += 2) {
    const right = j + 1 < width;
    for (let column: usize = 0; column < pixel; column += 16) {
      const a = v128.load(dy);
      const b = right ? v128.load(dy + pixel) : zero;
      const c = lower ? v128.load(dy + row) : zero;
      const d = lower && right ? v128.load(dy + row + pixel) : zero;
      let to = out;
      spread(to, pitch, a, b);
      spread(to += pitch4, pitch, f32x4.add(a, c), f32x4.add(b, d));
      spread(to += pitch4, pitch, f32x4.sub(a, c), f32x4.sub(b, d));
      spread(to += pitch4, pitch, c, d);
      dy += 16;
      out += 16;
    }
    out += skip;
    dy += pixel;
  }
}

function spread(out: usize, pitch: usize, a: v128, b: v128): void {
  v128.store(out, a);
  v128.store(out + pitch, f32x4.add(a, b));
  v128.store(out + pitch * 2, f32x4.sub(a, b));
  v128.store(out + pitch * 3, b);
}

/** out[0…5, 0…7] += Σ over tiles of a[tile, 0…5]·b[tile, 0…7]. */
function six(
  a: usize,
  b: usize,
  out: usize,
  tiles: i32,
  channels: i32,
  wide: usize,
): void {
  const aPitch: usize = <usize> channels << 2;
  let c00 = f32x4.splat(0);
  let c01 = c00,
    c10 = c00,
    c11 = c00,
    c20 = c00,
    c21 = c00,
    c30 = c00,
    c31 = c00,
    c40 = c00,
    c41 = c00,
    c50 = c00,
    c51 = c00;
  for (let tile = 0; tile < tiles; tile++) {
    const b0 = v128.load(b), b1 = v128.load(b, 16);
    let s = v128.load_splat<f32>(a);
    c00 = f32x4.relaxed_madd(s, b0, c00);
    c01 = f32x4.relaxed_madd(s, b1, c01);
    s = v128.load_splat<f32>(a, 4);
    c10 = f32x4.relaxed_madd(s, b0, c10);
    c11 = f32x4.relaxed_madd(s, b1, c11);
    s = v128.load_splat<f32>(a, 8);
    c20 = f32x4.relaxed_madd(s, b0, c20);
    c21 = f32x4.relaxed_madd(s, b1, c21);
    s = v128.load_splat<f32>(a, 12);
    c30 = f32x4.relaxed_madd(s, b0, c30);
    c31 = f32x4.relaxed_madd(s, b1, c31);
    s = v128.load_splat<f32>(a, 16);
    c40 = f32x4.relaxed_madd(s, b0, c40);
    c41 = f32x4.relaxed_madd(s, b1, c41);
    s = v128.load_splat<f32>(a, 20);
    c50 = f32x4.relaxed_madd(s, b0, c50);
    c51 = f32x4.relaxed_madd(s, b1, c51);
    a += aPitch;
    b += wide;
  }
  accumulate(out, c00, c01);
  accumulate(out += wide, c10, c11);
  accumulate(out += wide, c20, c21);
  accumulate(out += wide, c30, c31);
  accumulate(out += wide, c40, c41);
  accumulate(out += wide, c50, c51);
}

/** out[0…3, 0…7] += Σ over tiles of a[tile, 0…3]·b[tile, 0…7]. */
function four(
  a: usize,
  b: usize,
  out: usize,
  tiles: i32,
  channels: i32,
  wide: usize,
): void {
  const aPitch: usize = <usize> channels << 2;
  let c00 = f32x4.splat(0);
  let c01 = c00,
    c10 = c00,
    c11 = c00,
    c20 = c00,
    c21 = c00,
    c30 = c00,
    c31 = c00;
  for (let tile = 0; tile < tiles; tile++) {
    const b0 = v128.load(b), b1 = v128.load(b, 16);
    let s = v128.load_splat<f32>(a);
    c00 = f32x4.relaxed_madd(s, b0, c00);
    c01 = f32x4.relaxed_madd(s, b1, c01);
    s = v128.load_splat<f32>(a, 4);
    c10 = f32x4.relaxed_madd(s, b0, c10);
    c11 = f32x4.relaxed_madd(s, b1, c11);
    s = v128.load_splat<f32>(a, 8);
    c20 = f32x4.relaxed_madd(s, b0, c20);
    c21 = f32x4.relaxed_madd(s, b1, c21);
    s = v128.load_splat<f32>(a, 12);
    c30 = f32x4.relaxed_madd(s, b0, c30);
    c31 = f32x4.relaxed_madd(s, b1, c31);
    a += aPitch;
    b += wide;
  }
  accumulate(out, c00, c01);
  accumulate(out += wide, c10, c11);
  accumulate(out += wide, c20, c21);
  accumulate(out += wide, c30, c31);
}

function accumulate(out: usize, c0: v128, c1: v128): void {
  c0 = f32x4.add(v128.load(out), c0);
  c1 = f32x4.add(v128.load(out, 16), c1);
  v128.store(out, c0);
  v128.store(out, c1, 16);
}

/** dw[tap][channel][column] = Gᵀ·sums·G. */
export function winogradFilterGradientEnd(
  sums: usize, // destroyed
  pitch: usize, // bytes between frequencies
  dw: usize,
  channels: i32,
  columns: i32,
): void {
  const wide: usize = <usize> ((columns + 7) & ~7) << 2;
  const pixel: usize = <usize> columns << 2;
  const half = f32x4.splat(0.5);
  for (let channel = 0; channel < channels; channel++) {
    for (let column: usize = 0; column < pixel; column += 16) {
      for (let j: usize = 0; j < 4; j++) {
        // Gᵀ down each column, in place of frequencies 0, 4 and 8.
        const at = sums + j * pitch + column;
        const s1 = v128.load(at + 4 * pitch), s2 = v128.load(at + 8 * pitch);
        const even = f32x4.mul(f32x4.add(s1, s2), half);
        v128.store(at + 4 * pitch, f32x4.mul(f32x4.sub(s1, s2), half));
        v128.store(
          at + 8 * pitch,
          f32x4.add(even, v128.load(at + 12 * pitch)),
        );
        v128.store(at, f32x4.add(v128.load(at), even));
      }
      for (let i: usize = 0; i < 3; i++) {
        const at = sums + 4 * i * pitch + column;
        const to = dw + 3 * i * pixel * channels + column;
        const s1 = v128.load(at + pitch), s2 = v128.load(at + 2 * pitch);
        const even = f32x4.mul(f32x4.add(s1, s2), half);
        v128.store(to, f32x4.add(v128.load(at), even));
        v128.store(
          to + pixel * channels,
          f32x4.mul(f32x4.sub(s1, s2), half),
        );
        v128.store(
          to + 2 * pixel * channels,
          f32x4.add(even, v128.load(at + 3 * pitch)),
        );
      }
    }
    sums += wide;
    dw += pixel;
  }
}
