/**
 * A test that compares two mean squares.
 *
 * @module
 */
import { z } from "zod";
import { upperTailOfF } from "./f_tail.ts";

/** An F test. */
export interface FTest {
  /** One mean square over another. */
  readonly f: number;
  /** Of the numerator, then of the denominator. */
  readonly degreesOfFreedom: readonly [number, number];
  /** How often chance alone gives such an F or a larger one. */
  readonly p: number;
}

/** Schema of {@linkcode FTest}. */
export const fTestSchema: z.ZodType<FTest> = z.strictObject({
  f: z.number().nonnegative(),
  degreesOfFreedom: z.tuple([z.int().positive(), z.int().positive()])
    .readonly(),
  p: z.number().min(0).max(1),
});

/**
 * Compares two sums of squares by their degrees of freedom, both in the order
 * of numerator and denominator. Null where one has no degrees, or nothing
 * scatters in the denominator.
 */
export function fTest(
  [numerator, denominator]: readonly [number, number],
  degreesOfFreedom: readonly [number, number],
): FTest | null {
  const [first, second] = degreesOfFreedom;
  if (first < 1 || second < 1) return null;
  const f = (numerator / first) / (denominator / second);
  return Number.isFinite(f)
    ? { f, degreesOfFreedom, p: upperTailOfF(f, degreesOfFreedom) }
    : null;
}
