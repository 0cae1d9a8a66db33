/**
 * How far a chi-square variable may be from what chance alone gives.
 *
 * @module
 */
import { incompleteGamma } from "./distributions.ts";

/**
 * The largest noncentrality with which a chi-square variable is so small, or
 * smaller, with a chance of 2.5%; 0 if it is smaller even without.
 *
 * @param chi the variable
 * @param degrees its degrees of freedom
 */
export function noncentralityAtMost(chi: number, degrees: number): number {
  if (degrees === 0 || chanceOf(chi, degrees, 0) < 0.025) return 0;
  // Normal in the square root at the least, so that this is too large.
  let [low, high] = [0, (Math.sqrt(chi) + 4) ** 2];
  while (high - low > 1e-9 * high) {
    const middle = (low + high) / 2;
    if (chanceOf(chi, degrees, middle) >= 0.025) low = middle;
    else high = middle;
  }
  return low;
}

/** Chance that a noncentral chi-square variable is at most so large: as many more pairs of degrees of freedom as a Poisson variable says. */
function chanceOf(chi: number, degrees: number, noncentrality: number): number {
  const mean = noncentrality / 2;
  const most = mean + 10 * Math.sqrt(mean) + 20;
  let [sum, log] = [0, -mean];
  for (let pairs = 0; pairs <= most; pairs++) {
    if (pairs > 0) log += Math.log(mean / pairs);
    const weight = Math.exp(log);
    if (weight < 1e-18) continue;
    sum += weight * incompleteGamma(chi / 2, degrees / 2 + pairs);
  }
  return sum;
}
