/**
 * In support or out of it, from a classifier that tells the reference from the
 * shifted distribution (figure 5 of arXiv:2403.00194).
 *
 * @module
 */

/** Numbers of examples that a classifier was fitted to. */
export interface SetSizes {
  /** Number of examples of the reference distribution. */
  readonly reference: number;
  /** Number of examples of the shifted distribution. */
  readonly shifted: number;
}

/**
 * p_reference(x) / p_shifted(x) = p(reference | x) / p(shifted | x) ·
 * n_shifted / n_reference: Bayes' rule with the numbers of examples as prior
 * odds.
 *
 * @param probability calibrated p(reference | x), 0…1; at 1 the ratio is infinite
 * @throws {RangeError} if the probability lies outside, or a set is empty
 */
export function densityRatio(
  probability: number,
  { reference, shifted }: SetSizes,
): number {
  if (!(probability >= 0 && probability <= 1)) {
    throw new RangeError(
      `Cannot take a density ratio at probability ${probability}: it must lie between 0 and 1`,
    );
  }
  if (!(reference > 0 && shifted > 0)) {
    throw new RangeError(
      `Cannot take a density ratio of ${reference} reference and ${shifted} shifted examples: there must be some of both`,
    );
  }
  return probability / (1 - probability) * shifted / reference;
}

/** The paper's threshold: an example is out of support if it is less than a fifth as likely under the reference distribution. */
export const EPSILON = 0.2;

/**
 * Whether an example is in support: its density ratio is at least `epsilon`.
 *
 * @throws {RangeError} if `epsilon` is not above 0
 */
export function isInSupport(ratio: number, epsilon: number): boolean {
  if (!(epsilon > 0)) {
    throw new RangeError(
      `Cannot split by a density ratio of ${epsilon}: it must be above 0`,
    );
  }
  return ratio >= epsilon;
}
