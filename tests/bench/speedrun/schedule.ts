/**
 * Settings of the run and what they mean at each step: those of
 * arXiv:2404.00498, its learning rates being for the sum of the losses of a
 * batch and for 1024 images at a time.
 *
 * @module
 */

/** Momentum of SGD, after Nesterov. */
export const MOMENTUM = 0.85;
/** Label smoothing. */
export const SMOOTHING = 0.2;
/** The learning rate of biases is as many times that of the weights. */
export const BIAS_SCALE = 64;
/** Epochs in which the bias of the whitening layer is trained. */
export const WHITENING_EPOCHS = 3;
/** Steps between two moves of the slow weights. */
export const LOOKAHEAD_STEPS = 5;

const RATE_OF_1024 = 11.5;
const DECAY_OF_1024 = 0.0153;
/** What 1024 images count for where momentum repeats every gradient. */
const KILOSTEP = 1024 * (1 + 1 / (1 - MOMENTUM));

/** Where the triangle of the learning rate begins, peaks and ends: share of the steps, share of the peak. */
const TRIANGLE = { start: 0.2, peakAt: 0.23, end: 0.07 } as const;

/** The highest learning rate, for the sum of the losses of a batch. */
export const PEAK_RATE: number = RATE_OF_1024 / KILOSTEP;

/**
 * Decoupled weight decay, as a multiple of the learning rate: momentum repeats
 * the decay of the paper's optimizer 1/(1 − momentum) times, and ours not.
 */
export function weightDecay(batchSize: number): number {
  return DECAY_OF_1024 / RATE_OF_1024 * batchSize / (1 - MOMENTUM);
}

/** The learning rate of a step (from 0), as a share of the highest. */
export function shareOfPeak(step: number, steps: number): number {
  const { start, peakAt, end } = TRIANGLE;
  const at = step / steps;
  return at < peakAt
    ? start + (1 - start) * at / peakAt
    : 1 + (end - 1) * (at - peakAt) / (1 - peakAt);
}

/** How much of the slow weights stays when they move after `step` steps; all at the end. */
export function slowShare(step: number, steps: number): number {
  return 0.95 ** LOOKAHEAD_STEPS * (step / steps) ** 3;
}
