// @ts-nocheck: AssemblyScript, compiled by asc
import { get, put } from "./vector_or_lane.ts";

function splatOrOne(scale: usize): v128 {
  return scale ? v128.load_splat<f32>(scale) : f32x4.splat(1);
}

/** One AdamW step of `n` values in place; `scale` points at a factor of the gradient, or is 0. */
export function adamW(
  parameter: usize,
  gradient: usize,
  first: usize,
  second: usize,
  n: i32,
  rate: f32,
  beta1: f32,
  rest1: f32, // 1 − beta1
  beta2: f32,
  rest2: f32,
  epsilon: f32,
  rootCorrection: f32,
  keep: f32, // 1 − learning rate · weight decay
  scale: usize,
): void {
  const factor = splatOrOne(scale);
  for (let i = 0; i < n; i += 4) {
    // Past the last whole vector the values are handled one by one, through the same arithmetic.
    const wide = n - i >= 4;
    const turns = wide ? 1 : n - i;
    for (let lane = 0; lane < turns; lane++) {
      const g = f32x4.mul(
        get(gradient, wide),
        factor,
      );
      let m = get(first, wide);
      let v = get(second, wide);
      let p = get(parameter, wide);
      m = f32x4.add(
        f32x4.mul(m, f32x4.splat(beta1)),
        f32x4.mul(g, f32x4.splat(rest1)),
      );
      v = f32x4.add(
        f32x4.mul(v, f32x4.splat(beta2)),
        f32x4.mul(f32x4.mul(g, g), f32x4.splat(rest2)),
      );
      const root = f32x4.add(
        f32x4.mul(f32x4.sqrt(v), f32x4.splat(rootCorrection)),
        f32x4.splat(epsilon),
      );
      p = f32x4.sub(
        f32x4.mul(p, f32x4.splat(keep)),
        f32x4.div(f32x4.mul(m, f32x4.splat(rate)), root),
      );
      put(first, m, wide);
      put(second, v, wide);
      put(parameter, p, wide);
      const step: usize = wide ? 16 : 4;
      parameter += step;
      gradient += step;
      first += step;
      second += step;
    }
  }
}

/** One SGD step of `n` values in place; `scale` as for `adamW`. */
export function sgd(
  parameter: usize,
  gradient: usize,
  velocity: usize,
  n: i32,
  learningRate: f32,
  momentum: f32,
  nesterov: i32,
  keep: f32,
  scale: usize,
): void {
  const factor = splatOrOne(scale);
  const mu = f32x4.splat(momentum);
  for (let i = 0; i < n; i += 4) {
    const wide = n - i >= 4;
    const turns = wide ? 1 : n - i;
    for (let lane = 0; lane < turns; lane++) {
      const g = f32x4.mul(
        get(gradient, wide),
        factor,
      );
      let v = get(velocity, wide);
      let p = get(parameter, wide);
      v = f32x4.add(f32x4.mul(v, mu), g);
      const direction = nesterov ? f32x4.add(g, f32x4.mul(v, mu)) : v;
      p = f32x4.sub(
        f32x4.mul(p, f32x4.splat(keep)),
        f32x4.mul(direction, f32x4.splat(learningRate)),
      );
      put(velocity, v, wide);
      put(parameter, p, wide);
      const step: usize = wide ? 16 : 4;
      parameter += step;
      gradient += step;
      velocity += step;
    }
  }
}

/** target = decay · target + rest · source, `n` values. */
export function average(
  target: usize,
  source: usize,
  n: i32,
  decay: f32,
  rest: f32,
): void {
  for (let i = 0; i < n; i++) {
    store<f32>(target, load<f32>(target) * decay + load<f32>(source) * rest);
    target += 4;
    source += 4;
  }
}
