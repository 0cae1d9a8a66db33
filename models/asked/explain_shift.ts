/**
 * Whether a shift between examples is one of how often a property has which
 * value: then little of it is left among examples that are alike in it, and the
 * reference set has the values of nearly all shifted examples.
 *
 * @module
 */
import type { AskedProperty, AskedSet } from "../../data/asked/asked_set.ts";
import type { FoundRemainder } from "../../stats/asked/ask_findings_schemas.ts";
import { sizesOf, wilsonEnd } from "../../stats/asked/bounded_share.ts";
import { binProperty } from "../../stats/asked/property_information.ts";
import { BOUNDS } from "../../stats/asked/rule_bounds.ts";
import { stratifiedArea } from "../../stats/asked/stratified_area.ts";
import { smallest } from "../../stats/intervals/extremes.ts";
import { criticalValue } from "../../stats/intervals/quantile.ts";
import { EPSILON } from "../../stats/splits/density_ratio.ts";
import { type AreaErrors, leastArea } from "./area_beside.ts";

/** Scores of all examples of a question, and how well they tell the sets apart. */
export interface ScoredSets {
  /** Higher for examples that look shifted, by classifiers that class frequencies teach nothing: [n]. */
  readonly scores: Float64Array;
  /** 1 for shifted examples, 0 for others: [n]. */
  readonly shifted: Uint8Array;
  readonly folds: Uint8Array;
  readonly groups: readonly string[] | null;
  /** Of the area between examples of the same class. */
  readonly errors: AreaErrors;
  /** Scores of classifiers that differences between strata teach nothing. */
  readonly scoresWithin: (strata: Int32Array) => Float64Array;
}

/** With fewer examples a class and bin on average hardly any are compared. */
const FEWEST = 4;

/** Sets without what is known of their scores. */
type Sets = Pick<ScoredSets, "scores" | "shifted" | "folds" | "groups">;

/**
 * What is left of a shift among examples of one class that are alike in a
 * property, the least first; none without labels, nor of a property that all
 * have alike. A quantity is compared in eight bins of its values in the
 * reference set. Where little is left, classifiers look again for what tells
 * examples apart that are alike: those of the whole shift learnt the property.
 */
export function explainShift(
  { n, properties, labels }: Pick<AskedSet, "n" | "properties" | "labels">,
  { errors, scoresWithin, ...sets }: ScoredSets,
): readonly FoundRemainder[] {
  if (labels === null) return [];
  const { shifted } = sets;
  const whole = stratifiedArea({ ...sets, strata: labels });
  const sizes = sizesOf({ ...sets, weights: new Float64Array(n).fill(1) });
  const level = criticalValue(0.95, Math.max(1, smallest(sizes) - 1));
  // Folds share examples: wider by as much as that adds.
  const room = (error: number) =>
    whole === null || whole.error === 0
      ? level
      : level * Math.max(1, error / whole.error);
  const fitted = Array.from({ length: n }, (_, i) => i)
    .filter((i) => shifted[i] === 0);
  return Object.entries(properties).flatMap(([property, own]) => {
    const { bins, count } = binProperty(own.values, {
      categories: own.categories,
      fitted,
    });
    if (bins.every((bin) => bin === bins[0])) return [];
    const strata = inOrder(bins, { labels, count });
    if (new Set(strata).size > n / FEWEST) return [];
    const absent = shareAbsent(own, { ...sets, sizes });
    const compared = shareCompared(strata, sets);
    const units = Math.max(1, Math.floor(compared * smallest(sizes)));
    const left = (scores: Float64Array, error: number) => {
      const found = stratifiedArea({ ...sets, scores, strata });
      const half = room(error) * (found?.error ?? 0);
      return found === null ? [] : [{
        auroc: found.area,
        low: Math.max(0, Math.min(leastArea(found, units), found.area - half)),
        high: Math.min(1, found.area + half),
      }];
    };
    return left(sets.scores, errors.within(strata)).map((first) => {
      // Where little is left, a classifier's scores are those of chance.
      const [second = first] = first.high > BOUNDS.alike
        ? []
        : left(scoresWithin(strata), errors.widest);
      return {
        property,
        ...second.high > first.high ? second : first,
        reached: Math.min(
          sharePresent(bins, { ...sets, sizes }),
          1 - absent,
          compared,
        ),
        absent,
        lacking: absentIn(strata, { ...sets, sizes }),
      };
    });
  }).sort((a, b) => a.high - b.high);
}

/** Number of the class and bin of each example together, from 0 on: [n]. */
function inOrder(
  bins: Int32Array,
  { labels, count }: { readonly labels: Int32Array; readonly count: number },
): Int32Array {
  const places = new Map<number, number>();
  return bins.map((bin, i) => {
    const cell = (labels[i] as number) * count + bin;
    const place = places.get(cell) ?? places.size;
    places.set(cell, place);
    return place;
  });
}

/** Sets, and how many examples each is worth. */
type Sized = Sets & { readonly sizes: readonly [number, number] };

/** Share of each set in each bin. */
function sharesIn(
  bins: Int32Array,
  { shifted }: Sets,
): readonly (readonly [ofReference: number, ofShifted: number])[] {
  const counts: [number, number][] = [];
  const totals: [number, number] = [0, 0];
  for (const [i, bin] of bins.entries()) {
    const set = shifted[i] as 0 | 1;
    (counts[bin] ??= [0, 0])[set]++;
    totals[set]++;
  }
  return [...counts.values()].map((of = [0, 0]) =>
    [of[0] / totals[0], of[1] / totals[1]] as const
  );
}

/** Errors from a share to one end of it, where both ends hold at once in 90%. */
const reach = () => criticalValue(0.9, Infinity);

/** Share of the shifted examples in bins that are in support for sure: at least ε times as dense in the reference set. */
function sharePresent(bins: Int32Array, { sizes, ...sets }: Sized): number {
  const z = reach();
  return sharesIn(bins, sets).reduce((sum, [ofReference, ofShifted]) => {
    const least = wilsonEnd(ofReference, { n: sizes[0], z: -z });
    const most = wilsonEnd(ofShifted, { n: sizes[1], z });
    return least >= EPSILON * most ? sum + ofShifted : sum;
  }, 0);
}

/**
 * Share of the shifted examples whose values are out of support for sure: less
 * than ε times as dense in the reference set. Bins of the reference set's
 * values are wide where it has few: these are of the shifted set's, and beyond
 * the reference set's range a bin of their own.
 */
function shareAbsent(
  { values, categories }: AskedProperty,
  { sizes, ...sets }: Sized,
): number {
  const { shifted } = sets;
  const fitted = Array.from(values.keys()).filter((i) => shifted[i] === 1);
  const { bins, count } = binProperty(values, { categories, fitted });
  let [least, most] = [Infinity, -Infinity];
  for (const [i, value] of values.entries()) {
    if (shifted[i] === 1 || Number.isNaN(value)) continue;
    least = Math.min(least, value);
    most = Math.max(most, value);
  }
  const own = categories !== null ? bins : bins.map((bin, i) => {
    const value = values[i] as number;
    return value < least ? count : value > most ? count + 1 : bin;
  });
  return absentIn(own, { ...sets, sizes });
}

/** Share of the shifted examples in bins that are out of support for sure. */
function absentIn(bins: Int32Array, { sizes, ...sets }: Sized): number {
  const z = reach();
  return sharesIn(bins, sets).reduce((sum, [ofReference, ofShifted]) => {
    const high = wilsonEnd(ofReference, { n: sizes[0], z });
    const low = wilsonEnd(ofShifted, { n: sizes[1], z: -z });
    return high < EPSILON * low ? sum + ofShifted : sum;
  }, 0);
}

/** Share of the shifted examples that some reference example is compared with. */
function shareCompared(strata: Int32Array, sets: Sets): number {
  return sharesIn(strata, sets).reduce(
    (sum, [ofReference, ofShifted]) => ofReference > 0 ? sum + ofShifted : sum,
    0,
  );
}
