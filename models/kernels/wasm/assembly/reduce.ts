// @ts-nocheck: AssemblyScript, compiled by asc

const BLOCK = 4096; // floats whose sum is taken before it joins the total

/**
 * y[outer, inner] = factor · Σ over middle of x[outer, middle, inner].
 *
 * Sums of blocks are added up, which keeps the rounding of long sums small.
 */
export function sumMiddle(
  x: usize,
  y: usize,
  outer: i32,
  middle: i32,
  inner: i32,
  factor: f32,
): void {
  if (inner == 1) {
    for (let o = 0; o < outer; o++) {
      let total: f64 = 0;
      for (let start = 0; start < middle; start += BLOCK) {
        const n = min(BLOCK, middle - start);
        total += <f64> sumRun(x, n);
        x += <usize> n << 2;
      }
      store<f32>(y, <f32> (total * <f64> factor));
      y += 4;
    }
    return;
  }
  const pitch: usize = <usize> inner << 2;
  const rows = max(1, BLOCK / inner);
  for (let o = 0; o < outer; o++) {
    memory.fill(y, 0, pitch);
    for (let start = 0; start < middle; start += rows) {
      const n = min(rows, middle - start);
      let c = 0;
      for (; c + 4 <= inner; c += 4) {
        const at = <usize> c << 2;
        let p = x + at;
        let sum = f32x4.splat(0);
        for (let i = 0; i < n; i++) {
          sum = f32x4.add(sum, v128.load(p));
          p += pitch;
        }
        v128.store(y + at, f32x4.add(v128.load(y + at), sum));
      }
      for (; c < inner; c++) {
        const at = <usize> c << 2;
        let p = x + at;
        let sum: f32 = 0;
        for (let i = 0; i < n; i++) {
          sum += load<f32>(p);
          p += pitch;
        }
        store<f32>(y + at, load<f32>(y + at) + sum);
      }
      x += pitch * n;
    }
    for (let c = 0; c < inner; c++) {
      store<f32>(y, load<f32>(y) * factor);
      y += 4;
    }
  }
}

function sumRun(x: usize, n: i32): f32 {
  let a = f32x4.splat(0), b = a, c = a, d = a;
  let i = 0;
  for (; i + 16 <= n; i += 16) {
    a = f32x4.add(a, v128.load(x));
    b = f32x4.add(b, v128.load(x, 16));
    c = f32x4.add(c, v128.load(x, 32));
    d = f32x4.add(d, v128.load(x, 48));
    x += 64;
  }
  a = f32x4.add(f32x4.add(a, b), f32x4.add(c, d));
  let sum = (f32x4.extract_lane(a, 0) + f32x4.extract_lane(a, 1)) +
    (f32x4.extract_lane(a, 2) + f32x4.extract_lane(a, 3));
  for (; i < n; i++) {
    sum += load<f32>(x);
    x += 4;
  }
  return sum;
}

/** y[ids[i]] += x[i] for `rows` rows of `inner` floats, in order; ids outside are skipped. */
export function segmentSum(
  x: usize,
  ids: usize,
  y: usize,
  rows: i32,
  inner: i32,
  segments: i32,
): void {
  memory.fill(y, 0, <usize> (segments * inner) << 2);
  for (let row = 0; row < rows; row++) {
    const id = load<i32>(ids + (<usize> row << 2));
    if (id < 0 || id >= segments) {
      x += <usize> inner << 2;
      continue;
    }
    let to = y + (<usize> (id * inner) << 2);
    let i = 0;
    for (; i + 4 <= inner; i += 4) {
      v128.store(to, f32x4.add(v128.load(to), v128.load(x)));
      to += 16;
      x += 16;
    }
    for (; i < inner; i++) {
      store<f32>(to, load<f32>(to) + load<f32>(x));
      to += 4;
      x += 4;
    }
  }
}
