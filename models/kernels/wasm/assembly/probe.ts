// @ts-nocheck: AssemblyScript, compiled by asc

/** 1 if a relaxed multiply-add rounds once, 0 if it rounds the product first: a·a − 1 for a = 1 + 2⁻¹². */
export function fusedProbe(a: f32): i32 {
  const x = f32x4.splat(a);
  const exact = f32x4.relaxed_madd(x, x, f32x4.neg(f32x4.mul(x, x)));
  return f32x4.extract_lane(exact, 0) != 0 ? 1 : 0;
}
