/**
 * The ways in which a last layer is refitted.
 *
 * @module
 */

/** How a last layer is refitted: `refit_weighted.ts` (with balance and without), `refit_published.ts`, `refit_disagreement.ts`. */
export const REFITS = [
  "weighted",
  "published",
  "disagreement",
  "unbalanced",
] as const;

/** One of them. */
export type Refit = typeof REFITS[number];

/** A value for each of them. */
export function byRefit<Value>(
  of: (refit: Refit) => Value,
): Readonly<Record<Refit, Value>> {
  return Object.fromEntries(
    REFITS.map((refit) => [refit, of(refit)]),
  ) as Record<
    Refit,
    Value
  >;
}
