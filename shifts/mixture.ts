/**
 * Distributions that are exact mixtures of a few sets of images, and of their
 * classes, so that each set is evaluated once and no sampling decides which
 * image is in which.
 *
 * @module
 */

/** A distribution of test images. */
export interface Distribution<Component extends string> {
  /** The share of each set of images: not negative, with sum 1. */
  readonly sets: Readonly<Record<Component, number>>;
  /**
   * The share of each class, by number: not negative, with sum 1. As often as
   * in the sets where left out.
   */
  readonly classes?: readonly number[] | undefined;
}

/** The reference and the shifted distribution, made of the same sets. */
export interface Mixture<Component extends string> {
  readonly reference: Distribution<Component>;
  readonly shifted: Distribution<Component>;
}
