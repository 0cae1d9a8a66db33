/** A line that explains less of the baselines' spread than this is a poor one. */
export const POOR_R2 = 0.9;
