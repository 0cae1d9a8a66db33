// @ts-nocheck: AssemblyScript, compiled by asc

const BLOCK = 2048; // floats of one operand; three or four are in use at once

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
): void {
  const pitch: usize = <usize> channels << 2;
  const products = totals + (<usize> channels << 3);
  const rows = max(1, BLOCK / channels);
  const zero = f32x4.splat(0);
  memory.fill(totals, 0, <usize> channels << 4);
  for (let start = 0; start < pixels; start += rows) {
    const n = min(rows, pixels - start);
    let c: usize = 0;
    for (; c + 16 <= pitch; c += 16) {
      const centre = v128.load(mean + c);
      let sum = zero;
      let product = zero;
      let at = c;
      for (let i = 0; i < n; i++) {
        let d = v128.load(dy + at);
        if (y) d = v128.and(d, f32x4.gt(v128.load(y + at), zero));
        if (dresidual) v128.store(dresidual + at, d);
        sum = f32x4.add(sum, d);
        product = f32x4.relaxed_madd(
          d,
          f32x4.sub(v128.load(x + at), centre),
          product,
        );
        at += pitch;
      }
      const to = c << 1;
      join(totals + to, f32x4.extract_lane(sum, 0));
      join(totals + to + 8, f32x4.extract_lane(sum, 1));
      join(totals + to + 16, f32x4.extract_lane(sum, 2));
      join(totals + to + 24, f32x4.extract_lane(sum, 3));
      join(products + to, f32x4.extract_lane(product, 0));
      join(products + to + 8, f32x4.extract_lane(product, 1));
      join(products + to + 16, f32x4.extract_lane(product, 2));
      join(products + to + 24, f32x4.extract_lane(product, 3));
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
      join(totals + (c << 1), sum);
      join(products + (c << 1), product);
    }
    x += pitch * n;
    dy += pitch * n;
    if (y) y += pitch * n;
    if (dresidual) dresidual += pitch * n;
  }
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
  const zero = f32x4.splat(0);
  const count: f32 = <f32> pixels;
  for (let start = 0; start < pixels; start += rows) {
    const n = min(rows, pixels - start);
    let c: usize = 0;
    for (; c + 16 <= pitch; c += 16) {
      const root = f32x4.sqrt(
        f32x4.add(v128.load(variance + c), f32x4.splat(epsilon)),
      );
      const centre = v128.load(mean + c);
      const factor = f32x4.div(v128.load(scale + c), root);
      const level = f32x4.div(v128.load(doffset + c), f32x4.splat(count));
      const slope = f32x4.div(
        f32x4.div(v128.load(dscale + c), f32x4.splat(-count)),
        root,
      );
      let at = c;
      for (let i = 0; i < n; i++) {
        let d = v128.load(dy + at);
        if (y) d = v128.and(d, f32x4.gt(v128.load(y + at), zero));
        d = f32x4.relaxed_madd(
          f32x4.sub(v128.load(x + at), centre),
          slope,
          f32x4.sub(d, level),
        );
        v128.store(dx + at, f32x4.mul(d, factor));
        at += pitch;
      }
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
