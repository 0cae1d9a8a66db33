/**
 * How many examples a part of a test set needs before a number about it is
 * shown. The paper drops splits with fewer (section 5 of arXiv:2403.00194).
 */
export const MINIMUM_EXAMPLES = 50;
