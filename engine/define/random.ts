/**
 * Random streams split by purpose, so that changing how many numbers one part
 * of a program draws never changes what another part draws.
 *
 * @module
 */
import { xoroshiro128plusFromState } from "pure-rand/generator/xoroshiro128plus";
import { seedDigest } from "./seed_digest.ts";

/** A stream of pseudo-random numbers. Drawing from it advances it. */
export interface Stream {
  /** A uniform integer in [0, 2³²). */
  uint32(): number;
  /** A uniform number in [0, 1) with 53 random bits. */
  uniform(): number;
  /** A uniform integer in [0, bound). */
  integer(bound: number): number;
  /** A draw from the standard normal distribution (Box–Muller). */
  normal(): number;
  /** A uniform permutation of 0 … n − 1 (Fisher–Yates). */
  permutation(n: number): Uint32Array;
}

/**
 * The stream for one purpose of one seed, e.g. `stream(3, "shuffle", epoch)`.
 *
 * The state of a xoroshiro128+ generator is the SHA-256 digest of the seed and
 * the purpose; two streams that differ in either are unrelated.
 *
 * @param seed a safe integer
 * @param purpose words and numbers that name what the numbers are for
 * @throws {RangeError} if the seed is not a safe integer, or a part of the
 * purpose is neither a word nor a finite number
 */
export function stream(
  seed: number,
  ...purpose: readonly (string | number)[]
): Stream {
  const digest = seedDigest(seed, { kind: "stream", purpose });
  const words = new DataView(digest.buffer, digest.byteOffset);
  const generator = xoroshiro128plusFromState(
    [0, 4, 8, 12].map((offset) => words.getInt32(offset, true)),
  );

  function uint32(): number {
    return generator.next() >>> 0;
  }

  function uniform(): number {
    return ((uint32() >>> 5) * 2 ** 26 + (uint32() >>> 6)) / 2 ** 53;
  }

  function integer(bound: number): number {
    if (!Number.isInteger(bound) || bound < 1 || bound > 2 ** 32) {
      throw new RangeError(
        `Cannot draw an integer below ${bound}: the bound must be an integer from 1 to 2^32`,
      );
    }
    // Draws from the last whole multiple of the bound on are rejected: no modulo bias.
    let draw = uint32();
    let rest = draw % bound;
    while (draw - rest > 2 ** 32 - bound) {
      draw = uint32();
      rest = draw % bound;
    }
    return rest;
  }

  function normal(): number {
    const radius = Math.sqrt(-2 * Math.log(1 - uniform()));
    return radius * Math.cos(2 * Math.PI * uniform());
  }

  function permutation(n: number): Uint32Array {
    const order = new Uint32Array(n);
    for (let i = 0; i < n; i++) order[i] = i;
    for (let i = n - 1; i > 0; i--) {
      const j = integer(i + 1);
      const own = order[i] as number;
      order[i] = order[j] as number;
      order[j] = own;
    }
    return order;
  }

  return { uint32, uniform, integer, normal, permutation };
}
