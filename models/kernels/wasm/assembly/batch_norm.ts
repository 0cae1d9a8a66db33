// @ts-nocheck: AssemblyScript, compiled by asc

const BLOCK = 4096; // floats of one operand that stay in the first-level cache

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
    for (; c + 4 <= channels; c += 4) {
      let p = x + (<usize> c << 2);
      let sum = f32x4.splat(0);
      for (let i = 0; i < n; i++) {
        sum = f32x4.add(sum, v128.load(p));
        p += pitch;
      }
      const centre = f32x4.div(sum, f32x4.splat(<f32> n));
      // What the rounding of the centre leaves over is summed too.
      let rest = f32x4.splat(0);
      let square = f32x4.splat(0);
      p = x + (<usize> c << 2);
      for (let i = 0; i < n; i++) {
        const d = f32x4.sub(v128.load(p), centre);
        rest = f32x4.add(rest, d);
        square = f32x4.relaxed_madd(d, d, square);
        p += pitch;
      }
      const at = <usize> c << 3;
      join(
        totals + at,
        squares + at,
        f32x4.extract_lane(centre, 0),
        f32x4.extract_lane(rest, 0),
        f32x4.extract_lane(square, 0),
        n,
        share,
        cross,
      );
      join(
        totals + at + 8,
        squares + at + 8,
        f32x4.extract_lane(centre, 1),
        f32x4.extract_lane(rest, 1),
        f32x4.extract_lane(square, 1),
        n,
        share,
        cross,
      );
      join(
        totals + at + 16,
        squares + at + 16,
        f32x4.extract_lane(centre, 2),
        f32x4.extract_lane(rest, 2),
        f32x4.extract_lane(square, 2),
        n,
        share,
        cross,
      );
      join(
        totals + at + 24,
        squares + at + 24,
        f32x4.extract_lane(centre, 3),
        f32x4.extract_lane(rest, 3),
        f32x4.extract_lane(square, 3),
        n,
        share,
        cross,
      );
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
      const at = <usize> c << 3;
      join(totals + at, squares + at, centre, rest, square, n, share, cross);
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
    for (; c + 16 <= pitch; c += 16) {
      const centre = v128.load(mean + c);
      const root = f32x4.sqrt(
        f32x4.add(v128.load(variance + c), f32x4.splat(epsilon)),
      );
      const factor = f32x4.div(v128.load(scale + c), root);
      const shift = v128.load(offset + c);
      let at = c;
      if (residual) {
        for (let i = 0; i < n; i++) {
          const value = f32x4.relaxed_madd(
            f32x4.sub(v128.load(x + at), centre),
            factor,
            shift,
          );
          v128.store(
            y + at,
            f32x4.max(f32x4.add(value, v128.load(residual + at)), low),
          );
          at += pitch;
        }
      } else {
        for (let i = 0; i < n; i++) {
          const value = f32x4.relaxed_madd(
            f32x4.sub(v128.load(x + at), centre),
            factor,
            shift,
          );
          v128.store(y + at, f32x4.max(value, low));
          at += pitch;
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
