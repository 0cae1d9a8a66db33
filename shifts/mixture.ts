/**
 * Distributions that are exact mixtures of a few sets of images, so that each
 * set is evaluated once and no sampling decides which image is in which.
 *
 * @module
 */

/** The share of each component set in the reference and in the shifted distribution. */
export interface Mixture<Component extends string> {
  readonly reference: Readonly<Record<Component, number>>;
  readonly shifted: Readonly<Record<Component, number>>;
}

/**
 * Accuracy on a mixture: the accuracies of its components, weighted by their shares.
 *
 * @param accuracies of each component, each in [0, 1]
 * @param shares of each component, not negative, with sum 1
 * @throws {RangeError} if the shares are not such, or a component with a share has no accuracy
 */
export function mixedAccuracy<Component extends string>(
  accuracies: Readonly<Record<Component, number>>,
  shares: Readonly<Record<Component, number>>,
): number {
  let [sum, accuracy] = [0, 0];
  for (const component of Object.keys(shares) as Component[]) {
    const share = shares[component];
    if (!(share >= 0)) {
      throw new RangeError(
        `Cannot mix accuracies: the share of "${component}" is ${share}`,
      );
    }
    sum += share;
    if (share === 0) continue;
    if (!(accuracies[component] >= 0 && accuracies[component] <= 1)) {
      throw new RangeError(
        `Cannot mix accuracies: that of "${component}" is ${
          accuracies[component]
        }`,
      );
    }
    accuracy += share * accuracies[component];
  }
  if (!(Math.abs(sum - 1) < 1e-9)) {
    throw new RangeError(
      `Cannot mix accuracies: the shares sum to ${sum}, not 1`,
    );
  }
  return accuracy;
}
