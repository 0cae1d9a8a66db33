// @ts-nocheck: AssemblyScript, compiled by asc

/** Four values, or four times the one that is left past the last whole vector. */
export function get(p: usize, wide: bool): v128 {
  return wide ? v128.load(p) : v128.load_splat<f32>(p);
}

/** Stores all values, or the first where only one is left. */
export function put(p: usize, value: v128, wide: bool): void {
  if (wide) v128.store(p, value);
  else store<f32>(p, f32x4.extract_lane(value, 0));
}
