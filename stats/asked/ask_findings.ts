/**
 * Answers about a shift, and the numbers that are fixed for all of them.
 *
 * @module
 */

/**
 * All answers. Pre-training can help where shifted examples lie outside the
 * reference support (extrapolation), it cannot where the reference set has
 * them too, with other frequencies (bias).
 */
export const ANSWERS = [
  "extrapolation",
  "bias",
  "both",
  "no shift",
  "undecidable",
] as const;

/** One of {@linkcode ANSWERS}. */
export type Answer = typeof ANSWERS[number];

/** Names of DISDE's terms (Cai, Namkoong, Yadlowsky, arXiv:2303.02011), in the order of the sum. */
export const TERM_NAMES = [
  "harder examples that both sets have",
  "other labels for the same examples",
  "examples that the reference lacks",
] as const;

/** Fewest models by whose mistakes examples can be called difficult for other models. */
export const MODELS_FOR_DIFFICULTY = 4;

/** Fewest groups of examples of each set with which anything is computed: those of one group count as one. */
export const FEWEST_GROUPS = 10;

/** The least overlap at which DISDE's terms are given; fixed before any was looked at. */
export const LEAST_SHARED = 0.3;
