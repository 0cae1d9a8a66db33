/**
 * How well a classifier tells two sets apart, beside random splits of the same
 * examples.
 *
 * @module
 */
import type { AskedFeatures } from "../../data/asked/asked_set.ts";
import type { ShiftArea } from "../../stats/asked/ask_findings_schemas.ts";
import { deviationAbout, meanOf } from "../../stats/asked/placebo_splits.ts";
import {
  type Area,
  quickArea,
  stratifiedArea,
} from "../../stats/asked/stratified_area.ts";
import { clopperPearson } from "../../stats/intervals/proportion.ts";
import { type CrossRidge, crossRidge } from "../linear/cross_ridge.ts";

/** Folds of the examples, each told by classifiers of the others. */
export const FOLDS = 5;

/** Standard errors of an area, which is the less certain the more of the scores is chance. */
export interface AreaErrors {
  /** As far as scores are those of chance between examples of one stratum. */
  within(strata: Int32Array | null): number;
  /** If they all were. */
  readonly widest: number;
}

/** A classifier by features, within strata where there are any. */
export function ridgeOf(
  features: readonly AskedFeatures[],
  some: { readonly folds: Uint8Array; readonly strata: Int32Array | null },
): CrossRidge {
  const d = features.reduce((sum, { dimension }) => sum + dimension, 0);
  return crossRidge({ features, ...some, penalty: d / 2 });
}

/** The area of a classifier, with its interval, and those of random splits. */
export function areaBeside(
  regress: CrossRidge,
  { shifted, strata, splits, units, grouped }: {
    readonly shifted: Uint8Array;
    readonly strata: Int32Array | null;
    readonly splits: readonly Uint8Array[];
    /** Of examples, or of their groups, in the set that has fewer. */
    readonly units: number;
    /** Whether examples come in groups. */
    readonly grouped: boolean;
  },
): {
  readonly area: ShiftArea;
  readonly scores: Float64Array;
  readonly errors: AreaErrors;
} {
  const [scores, ...ofSplits] = regress([
    signsOf(shifted),
    ...splits.map(signsOf),
  ]);
  const own = scores as Float64Array;
  const found = stratifiedArea({ scores: own, shifted, strata });
  const areaOf = quickArea(strata);
  const chance = ofSplits.map((scores, k) =>
    areaOf({ scores, shifted: splits[k] as Uint8Array })
  );
  const scatter = deviationAbout(chance, 0.5);
  const sorted = [...chance].sort((a, b) => a - b);
  const area = found?.area ?? 0.5;
  const least = leastArea(found, units);
  const textbook = nullError(shifted, strata);
  // Folds share examples: areas of random splits scatter by more than if they
  // did not. So does this one, as far as its scores are those of chance. Groups
  // go up and down together however sure the scores are.
  const excess = Math.max(0, (scatter / textbook) ** 2 - 1);
  const errorOf = (ofChance: number) =>
    Math.sqrt(1 + ofChance * excess) * (found?.error ?? textbook);
  const errors: AreaErrors = {
    within: (strata) =>
      errorOf(
        grouped ? 1 : shareOfChance(
          varianceWithin(own, { shifted, strata }),
          ofSplits.map((scores, k) =>
            varianceWithin(scores, { shifted: splits[k] as Uint8Array, strata })
          ),
        ),
      ),
    widest: errorOf(1),
  };
  const error = errors.within(strata);
  return {
    area: {
      auroc: area,
      low: Math.max(0, Math.min(least, area - 1.96 * error)),
      high: Math.min(1, area + 1.96 * error),
      placebo: Math.max(
        sorted[Math.ceil(0.95 * (sorted.length + 1)) - 1] ?? 1,
        meanOf(chance) + 1.645 * scatter,
      ),
      p: (1 + chance.filter((value) => value >= area).length) /
        (1 + chance.length),
    },
    scores: own,
    errors,
  };
}

/** The lower end of an area of 1, of which DeLong's error is 0; of any other it is 1, which bounds nothing. */
export function leastArea(found: Area | null, units: number): number {
  return found?.error === 0 && found.area === 1
    ? clopperPearson({ successes: units, n: units }).low
    : 1;
}

/** 1 for shifted examples and −1 for others. */
export function signsOf(split: Uint8Array): Float64Array {
  const signs = new Float64Array(split.length);
  for (let i = 0; i < split.length; i++) {
    signs[i] = 2 * (split[i] as number) - 1;
  }
  return signs;
}

/** How much of the variance of a classifier's scores there would be by chance: all of it where there is none. */
function shareOfChance(own: number, chance: readonly number[]): number {
  return own > 0 ? Math.min(1, meanOf(chance) / own) : 1;
}

/** Variance of scores about their mean among examples of one set and class. */
function varianceWithin(
  scores: Float64Array,
  { shifted, strata }: {
    readonly shifted: Uint8Array;
    readonly strata: Int32Array | null;
  },
): number {
  const cellOf = (i: number) =>
    2 * (strata === null ? 0 : strata[i] as number) + (shifted[i] as number);
  const cells: { n: number; sum: number; squares: number }[] = [];
  for (let i = 0; i < scores.length; i++) {
    const score = scores[i] as number;
    const cell = cells[cellOf(i)] ??= { n: 0, sum: 0, squares: 0 };
    cell.n++;
    cell.sum += score;
    cell.squares += score ** 2;
  }
  return cells.reduce(
    (all, { n, sum, squares }) => all + squares - sum ** 2 / n,
    0,
  ) / scores.length;
}

/** Standard error of an area under the null by Mann and Whitney's formula, over classes as {@linkcode stratifiedArea} weighs them. */
function nullError(shifted: Uint8Array, strata: Int32Array | null): number {
  const counts = new Map<number, [number, number]>();
  for (const [i, set] of shifted.entries()) {
    const name = strata === null ? 0 : strata[i] as number;
    const count = counts.get(name) ?? [0, 0];
    count[set as 0 | 1]++;
    counts.set(name, count);
  }
  let [total, sum] = [0, 0];
  for (const [a, b] of counts.values()) {
    if (a === 0 || b === 0) continue;
    const weight = a * b / (a + b);
    total += weight;
    sum += weight ** 2 * (a + b + 1) / (12 * a * b);
  }
  return total === 0 ? 0.3 : Math.sqrt(sum) / total;
}
