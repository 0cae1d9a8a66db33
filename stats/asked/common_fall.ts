/**
 * Whether all properties tell less of the label by one share, as they do where
 * labels are wrong. It decides how an answer is worded, and no answer.
 *
 * @module
 */
import { normalCdf } from "../intervals/distributions.ts";
import type { AskFindings, FoundBias } from "./ask_findings_schemas.ts";
import { isLeftAside } from "./named_properties.ts";
import { areaOf, BOUNDS } from "./rule_bounds.ts";

/** Least that a property tells on the test set, in nats, for its share to be looked at. */
const LEAST_TOLD = 0.05;

/** Fewest properties of which it can be said that they fall alike. */
const FEWEST = 3;

/** Chance up to which shares count as different. */
const CHANCE = 0.01;

/** 95% of a normal number lie within so many deviations. */
const Z = 1.96;

/** A relative fall, and its standard error. */
interface Share {
  readonly value: number;
  readonly error: number;
}

/**
 * The share by which all properties tell less of the label in the shifted set,
 * if one share fits them all: labels drawn anew for some of the examples lower
 * every association by it. Null where shares differ (Cochran's Q, compared with
 * the chi-square distribution, p at most 0.01), where fewer than three
 * properties tell 0.05 nats, or where those beside the most conspicuous one
 * need not have fallen at all.
 *
 * It takes shares for independent and normal, and what a property tells on the
 * test set for known. Properties go together, so p is rough: for wording alone.
 */
export function commonFall(biases: readonly FoundBias[]): number | null {
  const told = biases.filter((bias) =>
    bias.test >= LEAST_TOLD && !isLeftAside(bias)
  ).toSorted((a, b) => b.z - a.z);
  if (told.length < FEWEST) return null;
  const shares = told.map(({ fall, test }): Share => ({
    value: fall.value / test,
    error: (fall.high - fall.low) / (2 * Z) / test,
  }));
  if (shares.some(({ error }) => !(error > 0 && error < Infinity))) return null;
  const others = pooled(shares.slice(1));
  if (others.value - Z * others.error <= 0) return null;
  const { value } = pooled(shares);
  const q = shares.reduce(
    (sum, share) => sum + ((share.value - value) / share.error) ** 2,
    0,
  );
  return chiSquareTail(q, shares.length - 1) > CHANCE ? value : null;
}

/**
 * The same where examples are nearly alike, a property lost the label for sure,
 * as a bias does, and accuracy is lost for sure, as with wrong labels it has to
 * be; null elsewhere.
 */
export function commonLoss(
  { shift, biases, drop }: Pick<AskFindings, "shift" | "biases" | "drop">,
): number | null {
  const area = areaOf(shift);
  return area !== null && area.high <= BOUNDS.alike &&
      (drop === null || drop.low > 0) &&
      biases.some((bias) => bias.counts && !isLeftAside(bias))
    ? commonFall(biases)
    : null;
}

/** The mean of shares, each weighted by how well it is known. */
function pooled(shares: readonly Share[]): Share {
  const weights = shares.map(({ error }) => error ** -2);
  const sum = weights.reduce((total, weight) => total + weight, 0);
  return {
    value: shares.reduce(
      (total, { value }, i) => total + value * (weights[i] as number),
      0,
    ) / sum,
    error: sum ** -0.5,
  };
}

/**
 * Chance that a chi-square number of so many degrees of freedom is larger, by
 * the finite sum that it is for whole degrees.
 */
export function chiSquareTail(value: number, degrees: number): number {
  const half = value / 2;
  const isOdd = degrees % 2 === 1;
  // Of one degree and of two; two more degrees add one term each.
  let tail = isOdd ? 2 * normalCdf(-Math.sqrt(value)) : Math.exp(-half);
  let term = isOdd
    ? Math.exp(-half) * Math.sqrt(half) * 2 / Math.sqrt(Math.PI)
    : Math.exp(-half) * half;
  for (let above = isOdd ? 3 : 4; above <= degrees; above += 2) {
    tail += term;
    term *= half / (above / 2);
  }
  return Math.min(1, tail);
}
