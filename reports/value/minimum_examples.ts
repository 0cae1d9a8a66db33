/**
 * How many examples a part of a test set needs before a number about it is
 * shown: the paper drops shifts with fewer in support (arXiv:2403.00194).
 */
export const MINIMUM_EXAMPLES = 50;
