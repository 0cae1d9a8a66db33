/**
 * Rectified values in WGSL.
 *
 * @module
 */

/** Bits of −0, which all negative numbers are not below. */
export const SIGN = 0x8000_0000;
/** Bits of ∞, above which are those of NaN. */
export const INFINITY = 0x7f80_0000;

/**
 * A value, with 0 in place of what is below. By its bits: `max(value, 0.0)`
 * may make 0 of NaN, and a training that has diverged would seem to be well.
 */
export function positivePart(value: string, type: "vec4f" | "f32"): string {
  const bits = type === "f32" ? "u32" : "vec4u";
  return `select(${value}, ${type}(), bitcast<${bits}>(${value}) - ${bits}(${SIGN}u) <= ${bits}(${INFINITY}u))`;
}
