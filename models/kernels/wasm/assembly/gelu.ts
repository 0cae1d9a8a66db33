// @ts-nocheck: AssemblyScript, compiled by asc

/**
 * exp(x) for x ≤ 0 to about 10⁻⁷ of itself, and e⁻⁸⁷ below −87: powers of two
 * times a Taylor polynomial.
 */
function exponential(x: v128): v128 {
  const bounded = f32x4.max(x, f32x4.splat(-87));
  const k = f32x4.nearest(f32x4.mul(bounded, f32x4.splat(1.44269504)));
  // ln 2 in two parts, of which the first times k is exact.
  let r = f32x4.sub(bounded, f32x4.mul(k, f32x4.splat(0.693359375)));
  r = f32x4.sub(r, f32x4.mul(k, f32x4.splat(-2.12194440e-4)));
  let sum = f32x4.splat(1 / 720);
  sum = f32x4.add(f32x4.mul(sum, r), f32x4.splat(1 / 120));
  sum = f32x4.add(f32x4.mul(sum, r), f32x4.splat(1 / 24));
  sum = f32x4.add(f32x4.mul(sum, r), f32x4.splat(1 / 6));
  sum = f32x4.add(f32x4.mul(sum, r), f32x4.splat(0.5));
  sum = f32x4.add(f32x4.mul(sum, r), f32x4.splat(1));
  sum = f32x4.add(f32x4.mul(sum, r), f32x4.splat(1));
  const exponent = i32x4.add(i32x4.trunc_sat_f32x4_s(k), i32x4.splat(127));
  return f32x4.mul(sum, i32x4.shl(exponent, 23));
}

/**
 * Φ(x) = (1 + erf(x/√2))/2 by eq. 7.1.26 of Abramowitz and Stegun, which is
 * within 1.5·10⁻⁷ of erf and what tfjs's own Erf kernels compute; `bell` is
 * exp(−x²/2).
 */
function cumulative(x: v128, bell: v128): v128 {
  const one = f32x4.splat(1);
  const half = f32x4.splat(0.5);
  const t = f32x4.div(
    one,
    f32x4.add(
      one,
      f32x4.mul(f32x4.abs(x), f32x4.splat(0.3275911 * 0.70710678)),
    ),
  );
  let p = f32x4.splat(1.061405429);
  p = f32x4.sub(f32x4.mul(p, t), f32x4.splat(1.453152027));
  p = f32x4.add(f32x4.mul(p, t), f32x4.splat(1.421413741));
  p = f32x4.sub(f32x4.mul(p, t), f32x4.splat(0.284496736));
  p = f32x4.add(f32x4.mul(p, t), f32x4.splat(0.254829592));
  const tail = f32x4.mul(half, f32x4.mul(f32x4.mul(p, t), bell)); // Φ(−|x|)
  return v128.bitselect(
    tail,
    f32x4.sub(one, tail),
    f32x4.lt(x, f32x4.splat(0)),
  );
}

function bellOf(x: v128): v128 {
  return exponential(f32x4.mul(f32x4.mul(x, x), f32x4.splat(-0.5)));
}

function map(x: v128): v128 {
  return f32x4.mul(x, cumulative(x, bellOf(x)));
}

function mapGradient(x: v128, dy: v128): v128 {
  const bell = bellOf(x);
  const density = f32x4.mul(bell, f32x4.splat(0.39894228)); // 1/√2π
  return f32x4.mul(
    dy,
    f32x4.add(cumulative(x, bell), f32x4.mul(x, density)),
  );
}

/** y = x·Φ(x), `n` values. */
export function gelu(x: usize, y: usize, n: i32): void {
  let i = 0;
  for (; i + 4 <= n; i += 4) {
    v128.store(y, map(v128.load(x)));
    x += 16;
    y += 16;
  }
  for (; i < n; i++) {
    store<f32>(y, f32x4.extract_lane(map(v128.load_splat<f32>(x)), 0));
    x += 4;
    y += 4;
  }
}

/** dx = dy·(Φ(x) + x·φ(x)), `n` values. */
export function geluGradient(x: usize, dy: usize, dx: usize, n: i32): void {
  let i = 0;
  for (; i + 4 <= n; i += 4) {
    v128.store(dx, mapGradient(v128.load(x), v128.load(dy)));
    x += 16;
    dy += 16;
    dx += 16;
  }
  for (; i < n; i++) {
    const value = mapGradient(
      v128.load_splat<f32>(x),
      v128.load_splat<f32>(dy),
    );
    store<f32>(dx, f32x4.extract_lane(value, 0));
    x += 4;
    dy += 4;
    dx += 4;
  }
}
