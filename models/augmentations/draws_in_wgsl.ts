/**
 * WGSL of what is decided by a draw: a u32 below 2²⁴, `bits`.
 *
 * @module
 */

/** WGSL of a number (f32). */
export function f32(value: number): string {
  return `f32(${value})`;
}

/** WGSL of the draw itself (f32): exact, as on the host. */
export function uniform(bits: string): string {
  return `(f32(${bits}) * ${f32(2 ** -24)})`;
}

/** WGSL of a number (f32) between two others. */
export function between(
  [low, high]: readonly [number, number],
  bits: string,
): string {
  return `(${f32(low)} + ${f32(high - low)} * ${uniform(bits)})`;
}

/** WGSL of whether the draw is below `probability` (bool): decided as on the host, since draws are multiples of 2⁻²⁴. */
export function isBelow(probability: number, bits: string): string {
  return `(${bits} < ${Math.ceil(probability * 2 ** 24)}u)`;
}
