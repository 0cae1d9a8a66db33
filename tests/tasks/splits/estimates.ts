/** Cells of the tables of splits: an estimate, and the lack of one. */

/** An estimate of one point with its interval. */
export const estimate = {
  value: 0.01,
  low: -0.01,
  high: 0.03,
  unit: "points",
} as const;

/** What stands in the place of an estimate of thirty examples. */
export const few = { tooFew: 30, unit: "points" } as const;
