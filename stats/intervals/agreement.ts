/**
 * Agreement of two ways to split the same examples.
 *
 * @module
 */
import { z } from "zod";

/** How often two ways to put examples into two parts agree. */
export interface Agreement {
  /** Number of examples. */
  readonly n: number;
  /** How many both put into the first part. */
  readonly both: number;
  /** How many only the first way puts there. */
  readonly onlyFirst: number;
  /** How many only the second way puts there. */
  readonly onlySecond: number;
  /** How many neither puts there. */
  readonly neither: number;
  /** Share on which they agree. */
  readonly agreement: number;
  /** Cohen's kappa (1960): agreement beyond that of chance, 1 at most; null where chance agrees on all. */
  readonly kappa: number | null;
  /** Share of those in either first part that are in both (Jaccard); null if there are none. */
  readonly overlap: number | null;
}

/** Schema of {@linkcode Agreement}. */
export const agreementSchema: z.ZodType<Agreement> = z.strictObject({
  n: z.int().positive(),
  both: z.int().nonnegative(),
  onlyFirst: z.int().nonnegative(),
  onlySecond: z.int().nonnegative(),
  neither: z.int().nonnegative(),
  agreement: z.number(),
  kappa: z.number().nullable(),
  overlap: z.number().nullable(),
});

/**
 * Agreement of two ways to split examples in two.
 *
 * @param first whether the first way puts each example into the first part
 * @param second whether the second way does
 * @throws {RangeError} if there is no example, or the two are not of the same examples
 */
export function agreementOf(
  first: ArrayLike<boolean>,
  second: ArrayLike<boolean>,
): Agreement {
  const n = first.length;
  if (n === 0 || n !== second.length) {
    throw new RangeError(
      `Cannot compare a split of ${n} examples with one of ${second.length}: both must be of the same examples, and some`,
    );
  }
  let [both, onlyFirst, onlySecond, neither] = [0, 0, 0, 0];
  for (let i = 0; i < n; i++) {
    if (first[i] && second[i]) both++;
    else if (first[i]) onlyFirst++;
    else if (second[i]) onlySecond++;
    else neither++;
  }
  const agreement = (both + neither) / n;
  const [a, b] = [(both + onlyFirst) / n, (both + onlySecond) / n];
  const chance = a * b + (1 - a) * (1 - b);
  return {
    n,
    both,
    onlyFirst,
    onlySecond,
    neither,
    agreement,
    kappa: chance === 1 ? null : (agreement - chance) / (1 - chance),
    overlap: both + onlyFirst + onlySecond === 0
      ? null
      : both / (both + onlyFirst + onlySecond),
  };
}
