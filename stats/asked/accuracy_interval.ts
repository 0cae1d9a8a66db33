/**
 * Intervals where a bootstrap has none: models that are always right, or never.
 *
 * @module
 */
import { newcombe } from "../intervals/difference.ts";
import { clopperPearson } from "../intervals/proportion.ts";
import type { Estimated } from "./ask_findings_schemas.ts";

/**
 * The bootstrap's interval of an accuracy; where no resample differs, since all
 * are right or none, that of Clopper and Pearson.
 *
 * @param units number of examples, or of the groups with which they were drawn
 */
export function accuracyInterval(
  accuracy: Estimated,
  units: number,
): Estimated {
  const { value } = accuracy;
  return isConstant(accuracy)
    ? { value, ...clopperPearson({ successes: value * units, n: units }) }
    : accuracy;
}

/** Whether a bootstrap's accuracy is of models that were always right, or never. */
export function isConstant({ value, low, high }: Estimated): boolean {
  return low === high && (value === 0 || value === 1);
}

/** The drop from the first accuracy to the second with an interval no narrower than theirs make it (Newcombe 1998). */
export function atLeastThatOf(
  test: Estimated,
  shifted: Estimated,
  { value, low, high }: Estimated,
): Estimated {
  const theirs = newcombe(test, shifted);
  return {
    value,
    low: Math.min(low, theirs.low),
    high: Math.max(high, theirs.high),
  };
}
