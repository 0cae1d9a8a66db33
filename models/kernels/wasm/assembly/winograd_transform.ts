// @ts-nocheck: AssemblyScript, compiled by asc

// The matrices of F(2×2, 3×3), Lavin and Gray, arXiv:1509.09308, with the sign
// of the last row of Bᵀ and of the last column of Aᵀ turned, which saves
// negations:
//
//        1  0 −1  0         1   0   0
//   Bᵀ = 0  1  1  0     G = ½   ½   ½     Aᵀ = 1  1  1  0
//        0 −1  1  0         ½  −½   ½          0  1 −1  1
//        0 −1  0  1         0   0   1
//
// "Frequencies" are the 16 places of a transformed tile, row by row.

/** Bᵀ·x·B of one row of tiles. */
export function transformRow(
  p: usize,
  out: usize,
  tiles: i32,
  rowPitch: usize,
  pixel: usize, // bytes of the channels
  pitch: usize,
): void {
  for (let channel: usize = 0; channel < pixel; channel += 16) {
    transformChannels(
      p + channel,
      out + channel,
      tiles,
      rowPitch,
      pixel,
      pitch,
    );
  }
}

/** The same of four channels: neighbours share two columns of pixels. */
function transformChannels(
  p: usize,
  out: usize,
  tiles: i32,
  rowPitch: usize,
  pixel: usize,
  pitch: usize,
): void {
  const row2 = rowPitch * 2, row3 = rowPitch * 3;
  const pitch4 = pitch * 4;
  let x1 = v128.load(p + rowPitch), x2 = v128.load(p + row2);
  let a0 = f32x4.sub(v128.load(p), x2);
  let a1 = f32x4.add(x1, x2);
  let a2 = f32x4.sub(x2, x1);
  let a3 = f32x4.sub(v128.load(p + row3), x1);
  p += pixel;
  x1 = v128.load(p + rowPitch), x2 = v128.load(p + row2);
  let b0 = f32x4.sub(v128.load(p), x2);
  let b1 = f32x4.add(x1, x2);
  let b2 = f32x4.sub(x2, x1);
  let b3 = f32x4.sub(v128.load(p + row3), x1);
  for (let tile = 0; tile < tiles; tile++) {
    p += pixel;
    x1 = v128.load(p + rowPitch), x2 = v128.load(p + row2);
    const c0 = f32x4.sub(v128.load(p), x2);
    const c1 = f32x4.add(x1, x2);
    const c2 = f32x4.sub(x2, x1);
    const c3 = f32x4.sub(v128.load(p + row3), x1);
    p += pixel;
    x1 = v128.load(p + rowPitch), x2 = v128.load(p + row2);
    const d0 = f32x4.sub(v128.load(p), x2);
    const d1 = f32x4.add(x1, x2);
    const d2 = f32x4.sub(x2, x1);
    const d3 = f32x4.sub(v128.load(p + row3), x1);
    let to = out;
    store4(to, pitch, a0, b0, c0, d0);
    store4(to += pitch4, pitch, a1, b1, c1, d1);
    store4(to += pitch4, pitch, a2, b2, c2, d2);
    store4(to += pitch4, pitch, a3, b3, c3, d3);
    a0 = c0, a1 = c1, a2 = c2, a3 = c3;
    b0 = d0, b1 = d1, b2 = d2, b3 = d3;
    out += pixel;
  }
}

function store4(
  out: usize,
  pitch: usize,
  a: v128,
  b: v128,
  c: v128,
  d: v128,
): void {
  v128.store(out, f32x4.sub(a, c));
  v128.store(out + pitch, f32x4.add(b, c));
  v128.store(out + pitch * 2, f32x4.sub(c, b));
  v128.store(out + pitch * 3, f32x4.sub(d, b));
}

/** out[frequency][panel][k][8] = G·g·Gᵀ of a packed 3×3 filter [panel][tap][k][8]. */
export function winogradFilter(
  filter: usize,
  out: usize,
  panels: i32,
  depth: i32, // values of k
  pitch: usize, // bytes between frequencies
): void {
  const tap: usize = <usize> depth << 5;
  const half = f32x4.splat(0.5);
  for (let panel = 0; panel < panels; panel++) {
    let p = filter + <usize> (panel * 9) * tap;
    for (let k = 0; k < depth * 2; k++) {
      for (let i = 0; i < 4; i++) {
        // Row i of G·g, then that times Gᵀ.
        let a = v128.load(p + (i == 3 ? 6 * tap : 0));
        let b = v128.load(p + (i == 3 ? 7 * tap : tap));
        let c = v128.load(p + (i == 3 ? 8 * tap : 2 * tap));
        if (i == 1 || i == 2) {
          const sign = f32x4.splat(i == 1 ? 0.5 : -0.5);
          a = halfSum(a, v128.load(p + 3 * tap), v128.load(p + 6 * tap), sign);
          b = halfSum(b, v128.load(p + 4 * tap), v128.load(p + 7 * tap), sign);
          c = halfSum(c, v128.load(p + 5 * tap), v128.load(p + 8 * tap), sign);
        }
        const even = f32x4.mul(f32x4.add(a, c), half);
        const odd = f32x4.mul(b, half);
        const to = out + <usize> (4 * i) * pitch;
        v128.store(to, a);
        v128.store(to + pitch, f32x4.add(even, odd));
        v128.store(to + 2 * pitch, f32x4.sub(even, odd));
        v128.store(to + 3 * pitch, c);
      }
      p += 16;
      out += 16;
    }
  }
}

/** (a + c) / 2 + b·sign. */
function halfSum(a: v128, b: v128, c: v128, sign: v128): v128 {
  const even = f32x4.mul(f32x4.add(a, c), f32x4.splat(0.5));
  return f32x4.add(even, f32x4.mul(b, sign));
}

/** Two output rows (one at an odd lower edge) = activation(bias + Aᵀ·m·A + residual) of a row of tiles. */
export function transformOutput(
  m: usize,
  bias: usize,
  y: usize,
  width: i32,
  columns: i32,
  rows: i32,
  pitch: usize,
  relu: i32,
  residual: usize, // or 0
  residualPixel: usize, // bytes
): void {
  const lower = rows > 1;
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
      const start = v128.load(bias + column);
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
