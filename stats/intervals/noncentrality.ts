/**
 * How far a chi-square variable may be from what chance alone gives.
 *
 * @module
 */
import { logGamma } from "./distributions.ts";

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

/**
 * Chance that a noncentral chi-square variable is at most so large: as many more
 * pairs of degrees of freedom as a Poisson variable says, which is near its mean.
 */
function chanceOf(chi: number, degrees: number, noncentrality: number): number {
  if (chi === 0) return 0;
  const [x, mean] = [chi / 2, noncentrality / 2];
  const reach = Math.ceil(10 * Math.sqrt(mean)) + 20;
  const most = mean === 0 ? 0 : Math.floor(mean) + reach;
  let shape = degrees / 2 + most;
  let log = shape * Math.log(x) - x - logGamma(shape + 1);
  let below = Math.exp(log + Math.log(seriesOf(x, shape)));
  let sum = 0;
  for (let pairs = most; pairs >= Math.max(0, most - 2 * reach); pairs--) {
    const weight = pairs === 0
      ? -mean
      : pairs * Math.log(mean) - mean - logGamma(pairs + 1);
    sum += Math.exp(weight) * below;
    // With a pair less it is smaller more often, by one more term.
    log += Math.log(shape / x);
    shape--;
    below += Math.exp(log);
  }
  return sum;
}

/** 1 + x / (a + 1) + x² / ((a + 1) (a + 2)) + …, which the incomplete gamma function of a is in proportion to. */
function seriesOf(x: number, a: number): number {
  let [sum, term] = [1, 1];
  for (let n = 1; term > 1e-17 * sum; n++) {
    term *= x / (a + n);
    sum += term;
  }
  return sum;
}
