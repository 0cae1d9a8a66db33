// @ts-nocheck: AssemblyScript, compiled by asc
// deno-fmt-ignore-file: the formatter would drop `@inline`

// F(4×4, 3×3), Lavin and Gray, arXiv:1509.09308: tiles of 4×4 outputs from 6×6
// inputs, 36 products where the direct convolution has 144.
//
//        4  0 −5  0  1  0          ¼    0    0
//        0 −4 −4  1  1  0         −⅙   −⅙   −⅙          1  1  1  1  1  0
//   Bᵀ = 0  4 −4 −1  1  0     G = −⅙    ⅙   −⅙     Aᵀ = 0  1 −1  2 −2  0
//        0 −2 −1  2  1  0         1/24 1/12  ⅙          0  1  1  4  4  0
//        0  2 −1 −2  1  0         1/24 −1/12 ⅙          0  1 −1  8 −8  1
//        0  4  0 −5  0  1          0    0    1

// Where there are eight channels, two vectors that lie beside each other are
// loaded, computed and stored by turns: V8 makes one of 256 bits of them, where
// it may. `wide`, which says so, is a constant wherever it is passed.

/** Bᵀ·x·B of one row of tiles. */
export function transformRow(
  p: usize,
  out: usize,
  tiles: i32,
  rowPitch: usize,
  pixel: usize, // bytes of the channels
  pitch: usize,
  working: usize, // [column][6] of eight channels
): void {
  let channel: usize = 0;
  for (; channel + 32 <= pixel; channel += 32) {
    transformChannels(p + channel, out + channel, tiles, rowPitch, pixel, pitch, working, true);
  }
  for (; channel < pixel; channel += 16) {
    transformChannels(p + channel, out + channel, tiles, rowPitch, pixel, pitch, working, false);
  }
}

/** The same of four channels or eight: Bᵀ·x column by column, which neighbours share, then that times B. */
@inline
function transformChannels(
  p: usize,
  out: usize,
  tiles: i32,
  rowPitch: usize,
  pixel: usize,
  pitch: usize,
  working: usize, // [column][6] of four channels or eight
  wide: bool,
): void {
  const vector: usize = wide ? 32 : 16;
  let w = working;
  for (let column = 0; column < 4 * tiles + 2; column++) {
    transform(p, rowPitch, w, vector, wide);
    w += 6 * vector;
    p += pixel;
  }
  w = working;
  for (let tile = 0; tile < tiles; tile++) {
    let from = w, to = out;
    for (let row = 0; row < 6; row++) {
      transform(from, 6 * vector, to, pitch, wide);
      from += vector;
      to += 6 * pitch;
    }
    w += 24 * vector;
    out += pixel;
  }
}

/** Bᵀ times six, `fromStep` bytes apart. */
@inline
function transform(from: usize, fromStep: usize, to: usize, step: usize, wide: bool): void {
  const four = f32x4.splat(4), five = f32x4.splat(5);
  const x0 = v128.load(from), y0 = wide ? v128.load(from, 16) : four;
  from += fromStep;
  const x1 = v128.load(from), y1 = wide ? v128.load(from, 16) : four;
  from += fromStep;
  const x2 = v128.load(from), y2 = wide ? v128.load(from, 16) : four;
  from += fromStep;
  const x3 = v128.load(from), y3 = wide ? v128.load(from, 16) : four;
  from += fromStep;
  const x4 = v128.load(from), y4 = wide ? v128.load(from, 16) : four;
  from += fromStep;
  const x5 = v128.load(from), y5 = wide ? v128.load(from, 16) : four;
  v128.store(to, edge(x0, x2, x4, four, five));
  if (wide) v128.store(to, edge(y0, y2, y4, four, five), 16);
  const even = f32x4.sub(x4, f32x4.mul(four, x2)), evenY = f32x4.sub(y4, f32x4.mul(four, y2));
  const odd = f32x4.sub(x3, f32x4.mul(four, x1)), oddY = f32x4.sub(y3, f32x4.mul(four, y1));
  to += step;
  v128.store(to, f32x4.add(even, odd));
  if (wide) v128.store(to, f32x4.add(evenY, oddY), 16);
  to += step;
  v128.store(to, f32x4.sub(even, odd));
  if (wide) v128.store(to, f32x4.sub(evenY, oddY), 16);
  const near = f32x4.sub(x4, x2), nearY = f32x4.sub(y4, y2);
  const half = f32x4.sub(x3, x1), halfY = f32x4.sub(y3, y1);
  const far = f32x4.add(half, half), farY = f32x4.add(halfY, halfY);
  to += step;
  v128.store(to, f32x4.add(near, far));
  if (wide) v128.store(to, f32x4.add(nearY, farY), 16);
  to += step;
  v128.store(to, f32x4.sub(near, far));
  if (wide) v128.store(to, f32x4.sub(nearY, farY), 16);
  to += step;
  v128.store(to, edge(x1, x3, x5, four, five));
  if (wide) v128.store(to, edge(y1, y3, y5, four, five), 16);
}

/** 4·a − 5·b + c. */
@inline
function edge(a: v128, b: v128, c: v128, four: v128, five: v128): v128 {
  return f32x4.add(f32x4.sub(f32x4.mul(four, a), f32x4.mul(five, b)), c);
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
  const pixel: usize = <usize> columns << 2;
  const skip: usize = (<usize> columns & 4) << 2;
  for (let j = 0; j < width; j += 4) {
    const right = min(4, width - j);
    let column: usize = 0;
    while (column < pixel) {
      const from = residual && column < residualPixel ? residual + column : 0;
      const to = y + column;
      // The residual may end between two vectors.
      const hasTwo = column + 32 <= pixel &&
        (!from || column + 32 <= residualPixel);
      if (hasTwo) {
        const start = v128.load(bias + column);
        const startY = v128.load(bias + column, 16);
        gatherColumns(m, pitch, working, true);
        if (from) {
          gatherRows(working, to, pixel, width, rows, right, start, startY, low, from, residualPixel, true, true);
        } else {
          gatherRows(working, to, pixel, width, rows, right, start, startY, low, 0, 0, false, true);
        }
        m += 32, column += 32;
      } else {
        const start = v128.load(bias + column);
        gatherColumns(m, pitch, working, false);
        if (from) {
          gatherRows(working, to, pixel, width, rows, right, start, start, low, from, residualPixel, true, false);
        } else {
          gatherRows(working, to, pixel, width, rows, right, start, start, low, 0, 0, false, false);
        }
        m += 16, column += 16;
      }
    }
    m += skip;
    y += 4 * pixel;
    if (residual) residual += 4 * residualPixel;
  }
}

/** [6][4] vectors, of four columns or eight: the rows of m·A. */
@inline
function gatherColumns(m: usize, pitch: usize, working: usize, wide: bool): void {
  const vector: usize = wide ? 32 : 16;
  const two = f32x4.splat(2), four = f32x4.splat(4), eight = f32x4.splat(8);
  let p = m, w = working;
  for (let row = 0; row < 6; row++) {
    const x0 = v128.load(p), y0 = wide ? v128.load(p, 16) : two;
    p += pitch;
    const x1 = v128.load(p), y1 = wide ? v128.load(p, 16) : two;
    p += pitch;
    const x2 = v128.load(p), y2 = wide ? v128.load(p, 16) : two;
    p += pitch;
    const x3 = v128.load(p), y3 = wide ? v128.load(p, 16) : two;
    p += pitch;
    const x4 = v128.load(p), y4 = wide ? v128.load(p, 16) : two;
    p += pitch;
    const x5 = v128.load(p), y5 = wide ? v128.load(p, 16) : two;
    p += pitch;
    const a = f32x4.add(x1, x2), aY = f32x4.add(y1, y2);
    const b = f32x4.sub(x1, x2), bY = f32x4.sub(y1, y2);
    const c = f32x4.add(x3, x4), cY = f32x4.add(y3, y4);
    const d = f32x4.sub(x3, x4), dY = f32x4.sub(y3, y4);
    v128.store(w, f32x4.add(f32x4.add(x0, a), c));
    if (wide) v128.store(w, f32x4.add(f32x4.add(y0, aY), cY), 16);
    w += vector;
    v128.store(w, f32x4.add(b, f32x4.mul(two, d)));
    if (wide) v128.store(w, f32x4.add(bY, f32x4.mul(two, dY)), 16);
    w += vector;
    v128.store(w, f32x4.add(a, f32x4.mul(four, c)));
    if (wide) v128.store(w, f32x4.add(aY, f32x4.mul(four, cY)), 16);
    w += vector;
    v128.store(w, f32x4.add(f32x4.add(b, f32x4.mul(eight, d)), x5));
    if (wide) v128.store(w, f32x4.add(f32x4.add(bY, f32x4.mul(eight, dY)), y5), 16);
    w += vector;
  }
}

/** Up to four rows of up to four pixels from the rows of m·A. */
@inline
function gatherRows(
  working: usize,
  y: usize,
  pixel: usize,
  width: i32,
  rows: i32,
  right: i32,
  start: v128,
  startY: v128,
  low: v128,
  residual: usize,
  residualPixel: usize,
  added: bool,
  wide: bool,
): void {
  const vector: usize = wide ? 32 : 16;
  const row: usize = pixel * width, residualRow: usize = residualPixel * width;
  const two = f32x4.splat(2), four = f32x4.splat(4), eight = f32x4.splat(8);
  for (let j = 0; j < right; j++) {
    let w = working;
    const x0 = v128.load(w), y0 = wide ? v128.load(w, 16) : two;
    w += 4 * vector;
    const x1 = v128.load(w), y1 = wide ? v128.load(w, 16) : two;
    w += 4 * vector;
    const x2 = v128.load(w), y2 = wide ? v128.load(w, 16) : two;
    w += 4 * vector;
    const x3 = v128.load(w), y3 = wide ? v128.load(w, 16) : two;
    w += 4 * vector;
    const x4 = v128.load(w), y4 = wide ? v128.load(w, 16) : two;
    w += 4 * vector;
    const x5 = v128.load(w), y5 = wide ? v128.load(w, 16) : two;
    const a = f32x4.add(x1, x2), aY = f32x4.add(y1, y2);
    const b = f32x4.sub(x1, x2), bY = f32x4.sub(y1, y2);
    const c = f32x4.add(x3, x4), cY = f32x4.add(y3, y4);
    const d = f32x4.sub(x3, x4), dY = f32x4.sub(y3, y4);
    let to = y, r = residual;
    finish(
      to, r, start, startY, low,
      f32x4.add(f32x4.add(x0, a), c),
      f32x4.add(f32x4.add(y0, aY), cY),
      added, wide,
    );
    if (rows > 1) {
      to += row, r += residualRow;
      finish(to, r, start, startY, low, f32x4.add(b, f32x4.mul(two, d)), f32x4.add(bY, f32x4.mul(two, dY)), added, wide);
    }
    if (rows > 2) {
      to += row, r += residualRow;
      finish(to, r, start, startY, low, f32x4.add(a, f32x4.mul(four, c)), f32x4.add(aY, f32x4.mul(four, cY)), added, wide);
    }
    if (rows > 3) {
      to += row, r += residualRow;
      finish(
        to, r, start, startY, low,
        f32x4.add(f32x4.add(b, f32x4.mul(eight, d)), x5),
        f32x4.add(f32x4.add(bY, f32x4.mul(eight, dY)), y5),
        added, wide,
      );
    }
    working += vector;
    y += pixel;
    residual += residualPixel;
  }
}

/** activation(start + value + residual) of four columns or eight. */
@inline
function finish(
  to: usize,
  residual: usize,
  start: v128,
  startY: v128,
  low: v128,
  value: v128,
  valueY: v128,
  added: bool,
  wide: bool,
): void {
  let a = f32x4.add(start, value);
  let b = f32x4.add(startY, valueY);
  if (added) {
    const r = v128.load(residual), s = wide ? v128.load(residual, 16) : r;
    a = f32x4.add(a, r);
    b = f32x4.add(b, s);
  }
  v128.store(to, f32x4.max(a, low));
  if (wide) v128.store(to, f32x4.max(b, low), 16);
}
