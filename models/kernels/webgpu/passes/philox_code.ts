import {
  PHILOX_MULTIPLIERS,
  PHILOX_ROUNDS,
  PHILOX_WEYL,
} from "../../../../engine/define/philox.ts";

/**
 * WGSL of Philox4x32-10 as in engine/define/philox.ts: `philox(counter, key)`. WGSL has
 * no product of 64 bits: its upper half is put together from 16-bit halves.
 */
export const PHILOX = `
fn upper_half(a: u32, b: u32) -> u32 {
  let first = (a >> 16u) * (b & 0xffffu) + (((a & 0xffffu) * (b & 0xffffu)) >> 16u);
  let second = (a & 0xffffu) * (b >> 16u) + (first & 0xffffu);
  return (a >> 16u) * (b >> 16u) + (first >> 16u) + (second >> 16u);
}
fn philox(counter: vec4u, key: vec2u) -> vec4u {
  var c = counter;
  var k = key;
  for (var round = 0u; round < ${PHILOX_ROUNDS}u; round++) {
    c = vec4u(
      upper_half(${PHILOX_MULTIPLIERS[1]}u, c.z) ^ c.y ^ k.x,
      ${PHILOX_MULTIPLIERS[1]}u * c.z,
      upper_half(${PHILOX_MULTIPLIERS[0]}u, c.x) ^ c.w ^ k.y,
      ${PHILOX_MULTIPLIERS[0]}u * c.x);
    k += vec2u(${PHILOX_WEYL[0]}u, ${PHILOX_WEYL[1]}u);
  }
  return c;
}` as const;
