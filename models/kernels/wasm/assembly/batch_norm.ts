// @ts-nocheck: AssemblyScript, compiled by asc

const BLOCK = 1024; // floats of one operand that stay in the first-level cache

/**
 * Mean and biased variance over pixels of x [pixels, channels].
 *
 * Every block gives an exact mean and sum of squared deviations; blocks are
 * joined in double precision (Chan, Golub, LeVeque 1983, eq. 2.1), so a mean
 * far from zero costs no digits.
 */
export function statistics(
  x: usize,
  pixels: i32,
  channels: i32,
  mean: usize,
  variance: usize,
  totals: usize, // f64 [2, channels], scratch
  parts: usize, // f32 [3, channels], scratch
): void {
  const pitch: usize = <usize> channels << 2;
  let squares = totals + (<usize> channels << 3);
  const rows = max(1, BLOCK / channels);
  memory.fill(totals, 0, <usize> channels << 4);
  for (let start = 0; start < pixels; start += rows) {
    const n = min(rows, pixels - start);
    const share: f64 = <f64> n / <f64> (start + n);
    const cross: f64 = <f64> start * share;
    let c = 0;
    // Two vectors by turns, of which V8 makes one of 256 bits where it may.
    for (; c + 8 <= channels; c += 8) {
      const first = x + (<usize> c << 2);
      const to = parts + (<usize> c << 2);
      let p = first;
      let sum0 = f32x4.splat(0), sum1 = sum0;
      for (let i = 0; i < n; i++) {
        const x0 = v128.load(p), x1 = v128.load(p, 16);
        sum0 = f32x4.add(sum0, x0);
        sum1 = f32x4.add(sum1, x1);
        p += pitch;
      }
      const count = f32x4.splat(<f32> n);
      const centre0 = f32x4.div(sum0, count), centre1 = f32x4.div(sum1, count);
      // What the rounding of the centre leaves over is summed too.
      let rest0 = f32x4.splat(0), rest1 = rest0;
      let square0 = rest0, square1 = rest0;
      p = first;
      for (let i = 0; i < n; i++) {
        const x0 = v128.load(p), x1 = v128.load(p, 16);
        const d0 = f32x4.sub(x0, centre0), d1 = f32x4.sub(x1, centre1);
        rest0 = f32x4.add(rest0, d0);
        rest1 = f32x4.add(rest1, d1);
        square0 = f32x4.relaxed_madd(d0, d0, square0);
        square1 = f32x4.relaxed_madd(d1, d1, square1);
        p += pitch;
      }
      v128.store(to, centre0);
      v128.store(to, centre1, 16);
      v128.store(to + pitch, rest0);
      v128.store(to + pitch, rest1, 16);
      v128.store(to + 2 * pitch, square0);
      v128.store(to + 2 * pitch, square1, 16);
    }
    for (; c < channels; c++) {
      let p = x + (<usize> c << 2);
      let sum: f32 = 0;
      for (let i = 0; i < n; i++) {
        sum += load<f32>(p);
        p += pitch;
      }
      const centre: f32 = sum / <f32> n;
      let rest: f32 = 0;
      let square: f32 = 0;
      p = x + (<usize> c << 2);
      for (let i = 0; i < n; i++) {
        const d = load<f32>(p) - centre;
        rest += d;
        square += d * d;
        p += pitch;
      }
      const to = parts + (<usize> c << 2);
      store<f32>(to, centre);
      store<f32>(to + pitch, rest);
      store<f32>(to + 2 * pitch, square);
    }
    for (let at: usize = 0; at < pitch; at += 4) {
      const part = parts + at;
      join(
        totals + 2 * at,
        squares + 2 * at,
        load<f32>(part),
        load<f32>(part + pitch),
        load<f32>(part + 2 * pitch),
        n,
        share,
        cross,
      );
    }
    x += pitch * n;
  }
  for (let c = 0; c < channels; c++) {
    store<f32>(mean, <f32> load<f64>(totals));
    store<f32>(variance, <f32> (load<f64>(squares) / <f64> pixels));
    mean += 4;
    variance += 4;
    totals += 8;
    squares += 8;
  }
}

function join(
  mean: usize,
  squares: usize,
  centre: f32,
  rest: f32,
  square: f32,
  n: i32,
  share: f64,
  cross: f64,
): void {
  const shift: f64 = <f64> rest / <f64> n;
  const delta: f64 = <f64> centre + shift - load<f64>(mean);
  store<f64>(mean, load<f64>(mean) + delta * share);
  store<f64>(
    squares,
    load<f64>(squares) + <f64> square - <f64> rest * shift +
      delta * delta * cross,
  );
}

/** y = (x − mean) · scale / √(variance + epsilon) + offset (+ residual), then ReLU if asked. */
export function normalise(
  x: usize,
  residual: usize, // or 0
  mean: usize,
  variance: usize,
  scale: usize,
  offset: usize,
  y: usize,
  pixels: i32,
  channels: i32,
  epsilon: f32,
  relu: i32,
): void {
  const pitch: usize = <usize> channels << 2;
  const rows = max(1, BLOCK / channels);
  const floor: f32 = relu ? 0 : -Infinity;
  const low = f32x4.splat(floor);
  for (let start = 0; start < pixels; start += rows) {
    const n = min(rows, pixels - start);
    let c: usize = 0;
    for (; c + 32 <= pitch; c += 32) {
      const centre0 = v128.load(mean + c), centre1 = v128.load(mean + c, 16);
      const variance0 = v128.load(variance + c);
      const variance1 = v128.load(variance + c, 16);
      const scale0 = v128.load(scale + c), scale1 = v128.load(scale + c, 16);
      const more = f32x4.splat(epsilon);
      const root0 = f32x4.sqrt(f32x4.add(variance0, more));
      const root1 = f32x4.sqrt(f32x4.add(variance1, more));
      const factor0 = f32x4.div(scale0, root0);
      const factor1 = f32x4.div(scale1, root1);
      const shift0 = v128.load(offset + c), shift1 = v128.load(offset + c, 16);
      let from = x + c, to = y + c;
      if (residual) {
        let also = residual + c;
        for (let i = 0; i < n; i++) {
          const x0 = v128.load(from), x1 = v128.load(from, 16);
          const r0 = v128.load(also), r1 = v128.load(also, 16);
          const d0 = f32x4.sub(x0, centre0), d1 = f32x4.sub(x1, centre1);
          const y0 = f32x4.add(f32x4.relaxed_madd(d0, factor0, shift0), r0);
          const y1 = f32x4.add(f32x4.relaxed_madd(d1, factor1, shift1), r1);
          v128.store(to, f32x4.max(y0, low));
          v128.store(to, f32x4.max(y1, low), 16);
          from += pitch, also += pitch, to += pitch;
        }
      } else {
        for (let i = 0; i < n; i++) {
          const x0 = v128.load(from), x1 = v128.load(from, 16);
          const d0 = f32x4.sub(x0, centre0), d1 = f32x4.sub(x1, centre1);
          const y0 = f32x4.relaxed_madd(d0, factor0, shift0);
          const y1 = f32x4.relaxed_madd(d1, factor1, shift1);
          v128.store(to, f32x4.max(y0, low));
          v128.store(to, f32x4.max(y1, low), 16);
          from += pitch, to += pitch;
        }
      }
    }
    for (; c < pitch; c += 4) {
      const centre = load<f32>(mean + c);
      const factor: f32 = load<f32>(scale + c) /
        sqrt<f32>(load<f32>(variance + c) + epsilon);
      const shift = load<f32>(offset + c);
      let at = c;
      for (let i = 0; i < n; i++) {
        let value: f32 = (load<f32>(x + at) - centre) * factor + shift;
        if (residual) value += load<f32>(residual + at);
        store<f32>(y + at, max<f32>(value, floor));
        at += pitch;
      }
    }
    x += pitch * n;
    y += pitch * n;
    if (residual) residual += pitch * n;
  }
}
