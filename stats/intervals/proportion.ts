/**
 * Intervals of a proportion, such as an accuracy measured on n images.
 *
 * @module
 */
import { criticalValue } from "./quantile.ts";

/** Lower and upper end of an interval. */
export interface Interval {
  /** Lower end. */
  readonly low: number;
  /** Upper end. */
  readonly high: number;
}

/** A count out of a number of trials. */
export interface Count {
  /** Number of successes; a fraction of one is allowed where a mixture gives one. */
  readonly successes: number;
  /** Number of trials. */
  readonly n: number;
}

/**
 * Wilson's score interval of a proportion (Wilson 1927). Its coverage is close
 * to the level on average, and it never leaves [0, 1].
 *
 * @throws {RangeError} if the count is not between 0 and n, or n is 0
 */
export function wilson(
  count: Count,
  { level = 0.95 }: { readonly level?: number | undefined } = {},
): Interval {
  check(count);
  const { successes, n } = count;
  const z = criticalValue(level, Infinity);
  const centre = (successes + z * z / 2) / (n + z * z);
  const halfWidth = z / (n + z * z) *
    Math.sqrt(successes * (n - successes) / n + z * z / 4);
  return {
    low: successes === 0 ? 0 : Math.max(0, centre - halfWidth),
    high: successes === n ? 1 : Math.min(1, centre + halfWidth),
  };
}

/**
 * Clopper and Pearson's interval of a proportion (1934): every p that neither
 * one-sided binomial test of size (1 − level)/2 rejects. Never too narrow.
 *
 * @throws {RangeError} if the count is not an integer between 0 and n, or n is 0
 */
export function clopperPearson(
  count: Count,
  { level = 0.95 }: { readonly level?: number | undefined } = {},
): Interval {
  check(count);
  const { successes, n } = count;
  if (!Number.isInteger(successes) || !Number.isInteger(n)) {
    throw new RangeError(
      `Cannot take a Clopper–Pearson interval of ${successes} out of ${n}: both must be integers`,
    );
  }
  if (!(level > 0 && level < 1)) criticalValue(level, Infinity);
  const tail = (1 - level) / 2;
  return {
    low: successes === 0 ? 0 : probabilityWhere(
      (p) => upperTail({ successes, n }, p) < tail,
    ),
    high: successes === n ? 1 : probabilityWhere(
      (p) => upperTail({ successes: successes + 1, n }, p) < 1 - tail,
    ),
  };
}

function check({ successes, n }: Count): void {
  if (!(n > 0 && successes >= 0 && successes <= n)) {
    throw new RangeError(
      `Cannot take an interval of ${successes} out of ${n}: the count must lie between 0 and a positive n`,
    );
  }
}

/**
 * P(X ≥ successes) for X binomial. The terms are built from their ratios,
 * outwards from the largest, so nothing overflows and no log-gamma is needed;
 * at n = 50,000 that takes about 5,000 terms.
 */
function upperTail({ successes, n }: Count, p: number): number {
  const mode = Math.min(n, Math.floor((n + 1) * p));
  const odds = p / (1 - p);
  let below = 0;
  let above = 0;
  const add = (k: number, term: number) => {
    if (k >= successes) above += term;
    else below += term;
  };
  let term = 1;
  for (let k = mode; k <= n && term > 1e-30; k++) {
    add(k, term);
    term *= (n - k) / (k + 1) * odds;
  }
  term = mode / (n - mode + 1) / odds;
  for (let k = mode - 1; k >= 0 && term > 1e-30; k--) {
    add(k, term);
    term *= k / (n - k + 1) / odds;
  }
  return above / (above + below);
}

/** The p in (0, 1) at which a statement that holds for small p stops holding. */
function probabilityWhere(holds: (p: number) => boolean): number {
  let low = 0;
  let high = 1;
  while (true) {
    const middle = (low + high) / 2;
    // Neighbouring doubles: as close as a number can be.
    if (middle === low || middle === high) return middle;
    if (holds(middle)) low = middle;
    else high = middle;
  }
}
