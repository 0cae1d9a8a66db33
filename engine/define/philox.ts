/**
 * Random numbers without a state: Philox4x32-10 of Salmon et al., "Parallel
 * random numbers: as easy as 1, 2, 3" (SC 2011), a pure function of a key and a
 * counter. Any number can be drawn first, and on a GPU all of them at once.
 *
 * @module
 */
import { seedDigest } from "./seed_digest.ts";

/** Key of a generator: two 32-bit words. */
export type PhiloxKey = readonly [number, number];

/** The multipliers of a round, of words 0 and 2 of the counter. */
export const PHILOX_MULTIPLIERS = [0xd2511f53, 0xcd9e8d57] as const;
/** What is added to the key after each round: the golden ratio and √3 − 1. */
export const PHILOX_WEYL = [0x9e3779b9, 0xbb67ae85] as const;
/** Rounds of Philox4x32-10. */
export const PHILOX_ROUNDS = 10;

/**
 * The key for one purpose of one seed, e.g. `philoxKey(3, "augment")`: the first
 * words of the SHA-256 digest of both, as for `stream`.
 *
 * @param seed a safe integer
 * @param purpose words and numbers that name what the numbers are for
 * @throws {RangeError} if the seed is not a safe integer, or a part of the
 * purpose is neither a word nor a finite number
 */
export function philoxKey(
  seed: number,
  ...purpose: readonly (string | number)[]
): PhiloxKey {
  const digest = seedDigest(seed, { kind: "key", purpose });
  const words = new DataView(digest.buffer, digest.byteOffset);
  return [words.getUint32(0, true), words.getUint32(4, true)];
}

/** The upper half of the product of two 32-bit words, by products of 16-bit halves. */
function upperHalf(a: number, b: number): number {
  const low = a & 0xffff;
  const high = a >>> 16;
  const bLow = b & 0xffff;
  const bHigh = b >>> 16;
  const first = high * bLow + (Math.imul(low, bLow) >>> 16);
  const second = low * bHigh + (first & 0xffff);
  return (Math.imul(high, bHigh) + (first >>> 16) + (second >>> 16)) | 0;
}

/** Puts four random words in the place of the counter: `block` holds four 32-bit words. */
export function philox4x32(block: Uint32Array, key: PhiloxKey): void {
  const [multiplier0, multiplier2] = PHILOX_MULTIPLIERS;
  let a = block[0] as number;
  let b = block[1] as number;
  let c = block[2] as number;
  let d = block[3] as number;
  let key0 = key[0];
  let key1 = key[1];
  for (let round = 0; round < PHILOX_ROUNDS; round++) {
    const wasA = a;
    const wasC = c;
    a = upperHalf(multiplier2, wasC) ^ b ^ key0;
    b = Math.imul(multiplier2, wasC);
    c = upperHalf(multiplier0, wasA) ^ d ^ key1;
    d = Math.imul(multiplier0, wasA);
    key0 = (key0 + PHILOX_WEYL[0]) | 0;
    key1 = (key1 + PHILOX_WEYL[1]) | 0;
  }
  block[0] = a;
  block[1] = b;
  block[2] = c;
  block[3] = d;
}

/**
 * Draw number `j` for thing number `i`, both from 0: uniform in [0, 1), a
 * multiple of 2⁻²⁴, so exact in single precision. `Math.floor(bound · draw)` is
 * an integer below `bound`; each comes up with probability 1/bound to within
 * 2⁻²⁴, so its bias is below 2⁻²⁰ of that probability for bounds up to 16.
 */
export type Draw = (i: number, j: number) => number;

/**
 * The draws of a key in one epoch. Each depends on key, epoch, `i` and `j`
 * alone: not on what was drawn before it.
 *
 * @param epoch an integer from 0 to 2³² − 1
 * @throws {RangeError} if it is not
 */
export function drawsOf(key: PhiloxKey, epoch: number): Draw {
  if (epoch !== epoch >>> 0) {
    throw new RangeError(
      `Cannot draw in epoch ${
        Deno.inspect(epoch)
      }: it must be an integer from 0 to 2^32 - 1`,
    );
  }
  const block = new Uint32Array(4); // the four draws that were asked for last
  let lastThing = -1;
  let lastBlock = -1;
  return (i, j) => {
    const number = j >>> 2;
    if (i !== lastThing || number !== lastBlock) {
      block[0] = number;
      block[1] = i;
      block[2] = epoch;
      block[3] = 0;
      philox4x32(block, key);
      lastThing = i;
      lastBlock = number;
    }
    return ((block[j & 3] as number) >>> 8) * 2 ** -24;
  };
}
