// @ts-nocheck: AssemblyScript, compiled by asc
// deno-fmt-ignore-file: the formatter would drop `@inline`

const BLOCK = 256; // floats of one operand; three or four are in use at once

/**
 * First pass over the batch: masks dy where y is not positive (if y is
 * given), writes the masked gradient as that of the residual (if asked), and
 * sums it per channel, alone and times x − mean, in `totals` f64 [2, channels].
 */
export function normaliseGradientSums(
  x: usize,
  y: usize, // or 0: no ReLU
  dy: usize,
  dresidual: usize, // or 0
  mean: usize,
  pixels: i32,
  channels: i32,
  totals: usize,
  parts: usize, // f32 [2, channels], scratch
): void {
  const pitch: usize = <usize> channels << 2;
  const products = totals + (<usize> channels << 3);
  const rows = max(1, BLOCK / channels);
  memory.fill(totals, 0, <usize> channels << 4);
  for (let start = 0; start < pixels; start += rows) {
    const n = min(rows, pixels - start);
    let c: usize = 0;
    for (; c + 32 <= pitch; c += 32) {
      const px = x + c, py = y + c, pd = dy + c, pr = dresidual + c, to = parts + c;
      const centre = mean + c;
      if (y) {
        if (dresidual) sumEight(px, py, pd, pr, centre, to, n, pitch, true, true);
        else sumEight(px, py, pd, pr, centre, to, n, pitch, true, false);
      } else if (dresidual) sumEight(px, py, pd, pr, centre, to, n, pitch, false, true);
      else sumEight(px, py, pd, pr, centre, to, n, pitch, false, false);
    }
    for (; c < pitch; c += 4) {
      const centre = load<f32>(mean + c);
      let sum: f32 = 0;
      let product: f32 = 0;
      let at = c;
      for (let i = 0; i < n; i++) {
        let d = load<f32>(dy + at);
        if (y && !(load<f32>(y + at) > 0)) d = 0;
        if (dresidual) store<f32>(dresidual + at, d);
        sum += d;
        product += d * (load<f32>(x + at) - centre);
        at += pitch;
      }
      store<f32>(parts + c, sum);
      store<f32>(parts + pitch + c, product);
    }
    for (let at: usize = 0; at < pitch; at += 4) {
      join(totals + 2 * at, load<f32>(parts + at));
      join(products + 2 * at, load<f32>(parts + pitch + at));
    }
    x += pitch * n;
    dy += pitch * n;
    if (y) y += pitch * n;
    if (dresidual) dresidual += pitch * n;
  }
}

/** The sums of `n` pixels of eight channels, two vectors by turns as in batch_norm.ts. */
@inline
function sumEight(
  x: usize,
  y: usize,
  dy: usize,
  dresidual: usize,
  mean: usize,
  parts: usize,
  n: i32,
  pitch: usize,
  masked: bool,
  kept: bool,
): void {
  const zero = f32x4.splat(0);
  const centre0 = v128.load(mean), centre1 = v128.load(mean, 16);
  let sum0 = zero, sum1 = zero, product0 = zero, product1 = zero;
  let at: usize = 0;
  for (let i = 0; i < n; i++) {
    let d0 = v128.load(dy + at), d1 = v128.load(dy + at, 16);
    const x0 = v128.load(x + at), x1 = v128.load(x + at, 16);
    if (masked) {
      const y0 = v128.load(y + at), y1 = v128.load(y + at, 16);
      d0 = v128.and(d0, f32x4.gt(y0, zero));
      d1 = v128.and(d1, f32x4.gt(y1, zero));
    }
    if (kept) {
      v128.store(dresidual + at, d0);
      v128.store(dresidual + at, d1, 16);
    }
    sum0 = f32x4.add(sum0, d0);
    sum1 = f32x4.add(sum1, d1);
    product0 = f32x4.relaxed_madd(d0, f32x4.sub(x0, centre0), product0);
    product1 = f32x4.relaxed_madd(d1, f32x4.sub(x1, centre1), product1);
    at += pitch;
  }
  v128.store(parts, sum0);
  v128.store(parts, sum1, 16);
  v128.store(parts + pitch, product0);
  v128.store(parts + pitch, product1, 16);
}

function join(to: usize, value: f32): void {
  store<f64>(to, load<f64>(to) + <f64> value);
}

/** Gradients of scale and offset from the sums of the first pass. */
export function normaliseGradientParameters(
  totals: usize,
  variance: usize,
  dscale: usize,
  doffset: usize,
  channels: i32,
  epsilon: f64,
): void {
  const products = totals + (<usize> channels << 3);
  for (let c: usize = 0; c < <usize> channels; c++) {
    const deviation = 1 /
      sqrt<f64>(<f64> load<f32>(variance + (c << 2)) + epsilon);
    store<f32>(
      dscale + (c << 2),
      <f32> (load<f64>(products + (c << 3)) * deviation),
    );
    store<f32>(doffset + (c << 2), <f32> load<f64>(totals + (c << 3)));
  }
}

/**
 * Second pass: dx = scale/σ · (dy − doffset/n − (x − mean)/σ · dscale/n),
 * with dy masked by y if that is given.
 */
export function normaliseGradient(
  x: usize,
  y: usize, // or 0
  dy: usize,
  mean: usize,
  variance: usize,
  scale: usize,
  dscale: usize,
  doffset: usize,
  dx: usize,
  pixels: i32,
  channels: i32,
  epsilon: f32,
): void {
  const pitch: usize = <usize> channels << 2;
  const rows = max(1, BLOCK / channels);
  const count: f32 = <f32> pixels;
  for (let start = 0; start < pixels; start += rows) {
    const n = min(rows, pixels - start);
    let c: usize = 0;
    for (; c + 32 <= pitch; c += 32) {
      if (y) spreadEight(x + c, y + c, dy + c, mean + c, variance + c, scale + c, dscale + c, doffset + c, dx + c, n, pitch, count, epsilon, true);
      else spreadEight(x + c, 0, dy + c, mean + c, variance + c, scale + c, dscale + c, doffset + c, dx + c, n, pitch, count, epsilon, false);
    }
    for (; c < pitch; c += 4) {
      const root = sqrt<f32>(load<f32>(variance + c) + epsilon);
      const centre = load<f32>(mean + c);
      const factor: f32 = load<f32>(scale + c) / root;
      const level: f32 = load<f32>(doffset + c) / count;
      const slope: f32 = load<f32>(dscale + c) / -count / root;
      let at = c;
      for (let i = 0; i < n; i++) {
        let d = load<f32>(dy + at);
        if (y && !(load<f32>(y + at) > 0)) d = 0;
        store<f32>(
          dx + at,
          ((load<f32>(x + at) - centre) * slope + (d - level)) * factor,
        );
        at += pitch;
      }
    }
    x += pitch * n;
    dy += pitch * n;
    dx += pitch * n;
    if (y) y += pitch * n;
  }
}

/** dx of `n` pixels of eight channels. */
@inline
function spreadEight(
  x: usize,
  y: usize,
  dy: usize,
  mean: usize,
  variance: usize,
  scale: usize,
  dscale: usize,
  doffset: usize,
  dx: usize,
  n: i32,
  pitch: usize,
  count: f32,
  epsilon: f32,
  masked: bool,
): void {
  const zero = f32x4.splat(0), all = f32x4.splat(count), more = f32x4.splat(epsilon);
  const negative = f32x4.splat(-count);
  const centre0 = v128.load(mean), centre1 = v128.load(mean, 16);
  const variance0 = v128.load(variance), variance1 = v128.load(variance, 16);
  const root0 = f32x4.sqrt(f32x4.add(variance0, more));
  const root1 = f32x4.sqrt(f32x4.add(variance1, more));
  const scale0 = v128.load(scale), scale1 = v128.load(scale, 16);
  const factor0 = f32x4.div(scale0, root0), factor1 = f32x4.div(scale1, root1);
  const offset0 = v128.load(doffset), offset1 = v128.load(doffset, 16);
  const level0 = f32x4.div(offset0, all), level1 = f32x4.div(offset1, all);
  const dscale0 = v128.load(dscale), dscale1 = v128.load(dscale, 16);
  const slope0 = f32x4.div(f32x4.div(dscale0, negative), root0);
  const slope1 = f32x4.div(f32x4.div(dscale1, negative), root1);
  let at: usize = 0;
  for (let i = 0; i < n; i++) {
    let d0 = v128.load(dy + at), d1 = v128.load(dy + at, 16);
    const x0 = v128.load(x + at), x1 = v128.load(x + at, 16);
    if (masked) {
      const y0 = v128.load(y + at), y1 = v128.load(y + at, 16);
      d0 = v128.and(d0, f32x4.gt(y0, zero));
      d1 = v128.and(d1, f32x4.gt(y1, zero));
    }
    d0 = f32x4.relaxed_madd(f32x4.sub(x0, centre0), slope0, f32x4.sub(d0, level0));
    d1 = f32x4.relaxed_madd(f32x4.sub(x1, centre1), slope1, f32x4.sub(d1, level1));
    v128.store(dx + at, f32x4.mul(d0, factor0));
    v128.store(dx + at, f32x4.mul(d1, factor1), 16);
    at += pitch;
  }
}
