// @ts-nocheck: AssemblyScript, compiled by asc

// F(4×4, 3×3), Lavin and Gray, arXiv:1509.09308: tiles of 4×4 outputs from 6×6
// inputs, 36 products where the direct convolution has 144.
//
//        4  0 −5  0  1  0          ¼    0    0
//        0 −4 −4  1  1  0         −⅙   −⅙   −⅙          1  1  1  1  1  0
//   Bᵀ = 0  4 −4 −1  1  0     G = −⅙    ⅙   −⅙     Aᵀ = 0  1 −1  2 −2  0
//        0 −2 −1  2  1  0         1/24 1/12  ⅙          0  1  1  4  4  0
//        0  2 −1 −2  1  0         1/24 −1/12 ⅙          0  1 −1  8 −8  1
//        0  4  0 −5  0  1          0    0    1

/** Scratch of one row of tiles, four channels: [column][6]. */
const COLUMN: usize = 96;

/** One row of tiles, four channels: Bᵀ·x column by column, which neighbours share, then that times B. */
export function transformRow(
  p: usize,
  out: usize,
  tiles: i32,
  rowPitch: usize,
  pixel: usize,
  pitch: usize,
  working: usize,
): void {
  const four = f32x4.splat(4), five = f32x4.splat(5);
  let w = working;
  for (let column = 0; column < 4 * tiles + 2; column++) {
    let q = p;
    const x0 = v128.load(q), x1 = v128.load(q += rowPitch);
    const x2 = v128.load(q += rowPitch), x3 = v128.load(q += rowPitch);
    const x4 = v128.load(q += rowPitch), x5 = v128.load(q + rowPitch);
    transform(w, 16, x0, x1, x2, x3, x4, x5, four, five);
    w += COLUMN;
    p += pixel;
  }
  w = working;
  for (let tile = 0; tile < tiles; tile++) {
    let to = out;
    for (let row: usize = 0; row < 96; row += 16) {
      const q = w + row;
      transform(
        to,
        pitch,
        v128.load(q),
        v128.load(q, 96),
        v128.load(q, 192),
        v128.load(q, 288),
        v128.load(q, 384),
        v128.load(q, 480),
        four,
        five,
      );
      to += 6 * pitch;
    }
    w += 4 * COLUMN;
    out += pixel;
  }
}

function transform(
  to: usize,
  step: usize,
  x0: v128,
  x1: v128,
  x2: v128,
  x3: v128,
  x4: v128,
  x5: v128,
  four: v128,
  five: v128,
): void {
  const even = f32x4.sub(x4, f32x4.mul(four, x2));
  const odd = f32x4.sub(x3, f32x4.mul(four, x1));
  const near = f32x4.sub(x4, x2);
  let far = f32x4.sub(x3, x1);
  far = f32x4.add(far, far);
  v128.store(
    to,
    f32x4.add(f32x4.sub(f32x4.mul(four, x0), f32x4.mul(five, x2)), x4),
  );
  v128.store(to += step, f32x4.add(even, odd));
  v128.store(to += step, f32x4.sub(even, odd));
  v128.store(to += step, f32x4.add(near, far));
  v128.store(to += step, f32x4.sub(near, far));
  v128.store(
    to + step,
    f32x4.add(f32x4.sub(f32x4.mul(four, x1), f32x4.mul(five, x3)), x5),
  );
}

/** Up to four output rows = activation(bias + Aᵀ·m·A + residual) of a row of tiles. */
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
  working: usize,
): void {
  const low = relu ? f32x4.splat(0) : f32x4.splat(-Infinity);
  const two = f32x4.splat(2), four = f32x4.splat(4), eight = f32x4.splat(8);
  const pixel: usize = <usize> columns << 2;
  const rowBytes: usize = pixel * width;
  const skip: usize = (<usize> columns & 4) << 2;
  for (let j = 0; j < width; j += 4) {
    const wide = min(4, width - j);
    for (let column: usize = 0; column < pixel; column += 16) {
      let p = m;
      for (let row: usize = 0; row < 384; row += 64) {
        // [6][4]: rows of m·A.
        const x0 = v128.load(p), x1 = v128.load(p += pitch);
        const x2 = v128.load(p += pitch), x3 = v128.load(p += pitch);
        const x4 = v128.load(p += pitch), x5 = v128.load(p += pitch);
        p += pitch;
        const a = f32x4.add(x1, x2), b = f32x4.sub(x1, x2);
        const c = f32x4.add(x3, x4), d = f32x4.sub(x3, x4);
        const w = working + row;
        v128.store(w, f32x4.add(f32x4.add(x0, a), c));
        v128.store(w, f32x4.add(b, f32x4.mul(two, d)), 16);
        v128.store(w, f32x4.add(a, f32x4.mul(four, c)), 32);
        v128.store(w, f32x4.add(f32x4.add(b, f32x4.mul(eight, d)), x5), 48);
      }
      const start = bias ? v128.load(bias + column) : f32x4.splat(0);
      const added = residual && column < residualPixel;
      const step: usize = added ? residualPixel : 0;
      const rowStep = step * width;
      let from = added ? residual + column : 0;
      let to = y + column;
      for (let right = 0; right < wide; right++) {
        const w = working + (<usize> right << 4);
        const x1 = v128.load(w, 64), x2 = v128.load(w, 128);
        const x3 = v128.load(w, 192), x4 = v128.load(w, 256);
        const a = f32x4.add(x1, x2), b = f32x4.sub(x1, x2);
        const c = f32x4.add(x3, x4), d = f32x4.sub(x3, x4);
        let value = f32x4.add(f32x4.add(v128.load(w), a), c);
        let q = to, r = from;
        finish(q, f32x4.add(start, value), r, low);
        if (rows > 1) {
          value = f32x4.add(b, f32x4.mul(two, d));
          finish(q += rowBytes, f32x4.add(start, value), r += rowStep, low);
        }
        if (rows > 2) {
          value = f32x4.add(a, f32x4.mul(four, c));
          finish(q += rowBytes, f32x4.add(start, value), r += rowStep, low);
        }
        if (rows > 3) {
          value = f32x4.add(
            f32x4.add(b, f32x4.mul(eight, d)),
            v128.load(w, 320),
          );
          finish(q + rowBytes, f32x4.add(start, value), r + rowStep, low);
        }
        to += pixel;
        from += step;
      }
      m += 16;
    }
    m += skip;
    y += 4 * pixel;
    if (residual) residual += 4 * residualPixel;
  }
}

function finish(out: usize, value: v128, residual: usize, low: v128): void {
  if (residual) value = f32x4.add(value, v128.load(residual));
  v128.store(out, f32x4.max(value, low));
}
