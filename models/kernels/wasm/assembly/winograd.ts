// @ts-nocheck: AssemblyScript, compiled by asc
import { transformInput } from "./winograd_transform.ts";

/**
 * The 3×3 convolution of `convolve` by F(2×2, 3×3) (winograd_transform.ts):
 * y = activation(bias + Aᵀ·[(G·g·Gᵀ) ∘ (Bᵀ·x·B)]·A + residual), tile by tile. Blocks of
 * `blockRows` rows of tiles are transformed, multiplied as 16 matrices and
 * transformed back while they are in the cache.
 */
export function winograd(
  x: usize, // padded images of 2·tiles + 2 pixels each way
  filter: usize, // of `winogradFilter`
  filterPitch: usize, // bytes between frequencies, as of the scratch below
  bias: usize, // panels of eight, or 0
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
  inputs: usize, // scratch [16][tile][channel]
  inputPitch: usize,
  products: usize, // scratch [16][tile][columns, rounded up to eight]
  productPitch: usize,
  residual: usize, // [image, height, width, residualChannels], added before the activation, or 0
  residualChannels: i32, // a multiple of four; to further columns nothing is added
): void {
  const tilesHigh = (height + 1) >> 1, tilesWide = (width + 1) >> 1;
  const panels = (columns + 7) >> 3;
  const all = images * tilesHigh;
  for (let first = 0; first < all; first += blockRows) {
    const rows = min(blockRows, all - first);
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
    for (let frequency = 0; frequency < 16; frequency++) {
      for (let panel = 0; panel < panels; panel++) {
        multiply(
          inputs + <usize> frequency * inputPitch,
          filter + <usize> frequency * filterPitch +
            (<usize> (panel * channels) << 5),
          products + <usize> frequency * productPitch + (<usize> panel << 5),
          rows * tilesWide,
          channels,
          <usize> panels << 5,
        );
      }
    }
    for (let row = 0; row < rows; row++) {
      const image = (first + row) / tilesHigh;
      const i = (first + row) % tilesHigh * 2;
      transformOutput(
        products + (<usize> (row * tilesWide * panels) << 5),
        bias,
        y + (<usize> ((image * height + i) * width * columns) << 2),
        width,
        columns,
        i + 1 < height,
        productPitch,
        relu,
        residual
          ? residual +
            (<usize> ((image * height + i) * width * residualChannels) << 2)
          : 0,
        <usize> residualChannels << 2,
      );
    }
  }
}

/** out[tile, 0…7] = Σ a[tile, k]·b[k, 0…7]; up to five tiles more are read and written. */
export function multiply(
  a: usize,
  panel: usize,
  out: usize,
  tiles: i32,
  depth: i32,
  outPitch: usize,
): void {
  const aPitch: usize = <usize> depth << 2;
  for (let tile = 0; tile < tiles; tile += 6) {
    let b = panel;
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
    let a0 = a, a1 = a + aPitch, a2 = a1 + aPitch;
    let a3 = a2 + aPitch, a4 = a3 + aPitch, a5 = a4 + aPitch;
    for (let k = 0; k < depth; k++) {
      const b0 = v128.load(b), b1 = v128.load(b, 16);
      let s = v128.load_splat<f32>(a0);
      c00 = f32x4.relaxed_madd(s, b0, c00);
      c01 = f32x4.relaxed_madd(s, b1, c01);
      s = v128.load_splat<f32>(a1);
      c10 = f32x4.relaxed_madd(s, b0, c10);
      c11 = f32x4.relaxed_madd(s, b1, c11);
      s = v128.load_splat<f32>(a2);
      c20 = f32x4.relaxed_madd(s, b0, c20);
      c21 = f32x4.relaxed_madd(s, b1, c21);
      s = v128.load_splat<f32>(a3);
      c30 = f32x4.relaxed_madd(s, b0, c30);
      c31 = f32x4.relaxed_madd(s, b1, c31);
      s = v128.load_splat<f32>(a4);
      c40 = f32x4.relaxed_madd(s, b0, c40);
      c41 = f32x4.relaxed_madd(s, b1, c41);
      s = v128.load_splat<f32>(a5);
      c50 = f32x4.relaxed_madd(s, b0, c50);
      c51 = f32x4.relaxed_madd(s, b1, c51);
      a0 += 4;
      a1 += 4;
      a2 += 4;
      a3 += 4;
      a4 += 4;
      a5 += 4;
      b += 32;
    }
    a += aPitch * 6;
    store8(out, c00, c01);
    store8(out += outPitch, c10, c11);
    store8(out += outPitch, c20, c21);
    store8(out += outPitch, c30, c31);
    store8(out += outPitch, c40, c41);
    store8(out += outPitch, c50, c51);
    out += outPitch;
  }
}

function store8(out: usize, c0: v128, c1: v128): void {
  v128.store(out, c0);
  v128.store(out, c1, 16);
}

/** Two output rows (one at an odd lower edge) = activation(bias + Aᵀ·m·A + residual) of a row of tiles. */
function transformOutput(
  m: usize,
  bias: usize,
  y: usize,
  width: i32,
  columns: i32,
  lower: bool,
  pitch: usize,
  relu: i32,
  residual: usize, // or 0
  residualPixel: usize, // bytes
): void {
  const low = relu ? f32x4.splat(0) : f32x4.splat(-Infinity);
  const residualRow: usize = residualPixel * width;
  const pixel: usize = <usize> columns << 2;
  const row: usize = pixel * width;
  const skip: usize = (<usize> columns & 4) << 2;
  const pitch4 = pitch * 4;
  for (let j = 0; j < width; j += 2) {
    const right = j + 1 < width;
    for (let column: usize = 0; column < pixel; column += 16) {
      let p = m;
      let x0 = v128.load(p), x1 = v128.load(p += pitch4);
      let x2 = v128.load(p += pitch4), x3 = v128.load(p + pitch4);
      const a0 = f32x4.add(f32x4.add(x0, x1), x2);
      const b0 = f32x4.add(f32x4.sub(x1, x2), x3);
      p = m + pitch;
      x0 = v128.load(p), x1 = v128.load(p += pitch4);
      x2 = v128.load(p += pitch4), x3 = v128.load(p + pitch4);
      const a1 = f32x4.add(f32x4.add(x0, x1), x2);
      const b1 = f32x4.add(f32x4.sub(x1, x2), x3);
      p = m + pitch * 2;
      x0 = v128.load(p), x1 = v128.load(p += pitch4);
      x2 = v128.load(p += pitch4), x3 = v128.load(p + pitch4);
      const a2 = f32x4.add(f32x4.add(x0, x1), x2);
      const b2 = f32x4.add(f32x4.sub(x1, x2), x3);
      p = m + pitch * 3;
      x0 = v128.load(p), x1 = v128.load(p += pitch4);
      x2 = v128.load(p += pitch4), x3 = v128.load(p + pitch4);
      const a3 = f32x4.add(f32x4.add(x0, x1), x2);
      const b3 = f32x4.add(f32x4.sub(x1, x2), x3);
      const start = bias ? v128.load(bias + column) : f32x4.splat(0);
      let a = f32x4.add(start, f32x4.add(f32x4.add(a0, a1), a2));
      let b = f32x4.add(start, f32x4.add(f32x4.sub(a1, a2), a3));
      let c = f32x4.add(start, f32x4.add(f32x4.add(b0, b1), b2));
      let d = f32x4.add(start, f32x4.add(f32x4.sub(b1, b2), b3));
      if (residual && column < residualPixel) {
        let r = residual + column;
        a = f32x4.add(a, v128.load(r));
        if (right) b = f32x4.add(b, v128.load(r + residualPixel));
        if (lower) {
          c = f32x4.add(c, v128.load(r += residualRow));
          if (right) d = f32x4.add(d, v128.load(r + residualPixel));
        }
      }
      v128.store(y, f32x4.max(a, low));
      if (right) v128.store(y + pixel, f32x4.max(b, low));
      if (lower) {
        v128.store(y + row, f32x4.max(c, low));
        if (right) v128.store(y + row + pixel, f32x4.max(d, low));
      }
      m += 16;
      y += 16;
    }
    m += skip;
    y += pixel;
    if (residual) residual += 2 * residualPixel;
  }
}
