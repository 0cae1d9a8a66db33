/**
 * Whether a shift between examples is one of how often a property has which
 * value: then little of it is left among examples that are alike in it, and the
 * reference set has the values of nearly all shifted examples.
 *
 * @module
 */
import type { AskedSet } from "../../data/asked/asked_set.ts";
import type {
  FoundRemainder,
  ShiftArea,
} from "../../stats/asked/ask_findings.ts";
import { sizesOf, wilsonEnd } from "../../stats/asked/bounded_share.ts";
import { binProperty } from "../../stats/asked/property_information.ts";
import { stratifiedArea } from "../../stats/asked/stratified_area.ts";
import { criticalValue } from "../../stats/intervals/quantile.ts";
import { EPSILON } from "../../stats/splits/density_ratio.ts";

/** Scores of all examples of a question, and how well they tell the sets apart. */
export interface ScoredSets {
  /** Higher for examples that look shifted, by classifiers that class frequencies teach nothing: [n]. */
  readonly scores: Float64Array;
  /** 1 for shifted examples, 0 for others: [n]. */
  readonly shifted: Uint8Array;
  readonly folds: Uint8Array;
  readonly groups: readonly string[] | null;
  /** Between examples of the same class. */
  readonly area: ShiftArea;
}

/**
 * What is left of a shift among examples of one class that are alike in a
 * property, the least first; none without labels, nor of a property that all
 * have alike. A quantity is compared in eight bins of its values in the
 * reference set.
 */
export function explainShift(
  { n, properties, labels }: Pick<AskedSet, "n" | "properties" | "labels">,
  { area, ...sets }: ScoredSets,
): readonly FoundRemainder[] {
  if (labels === null) return [];
  const { shifted } = sets;
  const whole = stratifiedArea({ ...sets, strata: labels });
  // Folds share examples: wider by as much as the interval of all of it is.
  const widening = whole === null || whole.error === 0
    ? 1
    : Math.max(1, (area.high - area.auroc) / (1.96 * whole.error));
  const fitted = Array.from({ length: n }, (_, i) => i)
    .filter((i) => shifted[i] === 0);
  return Object.entries(properties).flatMap(
    ([property, { values, categories }]) => {
      const { bins, count } = binProperty(values, { categories, fitted });
      if (bins.every((bin) => bin === bins[0])) return [];
      const left = stratifiedArea({
        ...sets,
        strata: Int32Array.from(
          bins,
          (bin, i) => (labels[i] as number) * count + bin,
        ),
      });
      if (left === null) return [];
      const room = 1.96 * widening * left.error;
      return [{
        property,
        auroc: left.area,
        low: Math.max(0, left.area - room),
        high: Math.min(1, left.area + room),
        reached: reachedShare(bins, { ...sets, count }),
      }];
    },
  ).sort((a, b) => a.high - b.high);
}

/** Share of the shifted examples in bins that are in support for sure: at least ε times as dense in the reference set. */
function reachedShare(
  bins: Int32Array,
  { count, ...sets }: Omit<ScoredSets, "area"> & { readonly count: number },
): number {
  const sizes = sizesOf({
    ...sets,
    weights: new Float64Array(bins.length).fill(1),
  });
  const counts = [new Float64Array(count), new Float64Array(count)] as const;
  for (const [i, bin] of bins.entries()) {
    const of = counts[sets.shifted[i] as 0 | 1];
    of[bin] = (of[bin] as number) + 1;
  }
  const totals = counts.map((of) => of.reduce((sum, some) => sum + some, 0));
  const z = criticalValue(0.9, Infinity); // each of the two ends holds in 95%
  let reached = 0;
  for (let bin = 0; bin < count; bin++) {
    const [ofReference, ofShifted] = counts.map((of, set) =>
      (of[bin] as number) / (totals[set] as number)
    ) as [number, number];
    const least = wilsonEnd(ofReference, { n: sizes[0], z: -z });
    const most = wilsonEnd(ofShifted, { n: sizes[1], z });
    if (least >= EPSILON * most) reached += ofShifted;
  }
  return reached;
}
