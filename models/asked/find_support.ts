/**
 * Which part of the shifted set is out of the reference support.
 *
 * @module
 */
import { filled, groupsOf, joinSets } from "../../data/asked/take_examples.ts";
import { type Parts, partsOf } from "../../shifts/measure/parts.ts";
import type { FoundSupport } from "../../stats/asked/ask_findings_schemas.ts";
import {
  boundedShare,
  type IsolatedPart,
} from "../../stats/asked/bounded_share.ts";
import { shareAtMost } from "../../stats/asked/share_at_most.ts";
import { agreementOf } from "../../stats/intervals/agreement.ts";
import { smallest } from "../../stats/intervals/extremes.ts";
import { EPSILON } from "../../stats/splits/density_ratio.ts";
import type { AskedScores } from "./asked_scores.ts";
import type { AskedSets } from "./remove_duplicates.ts";
import { ALL } from "./tell_apart.ts";

/** Density ratios below which examples are taken to be out of support: the paper's 0.2, and others beside it. */
const SWEEP = [0.05, 0.1, 0.2, 0.3, 0.5] as const;

/** Chance that a share lies outside its bound, or its interval. */
const OUTSIDE = 0.05;

/** A share, the kind of features that gives it, and the parts. */
interface Best extends IsolatedPart {
  readonly name: string;
  readonly atLeast: boolean;
}

/** The share out of support, and the parts of the shifted set. */
export interface Support {
  /** Null where nothing tells the sets apart: without features, or with too few examples. */
  readonly outOfSupport: FoundSupport | null;
  readonly parts: Parts;
  /** How shifted each shifted example looks, in standard deviations over the shifted set: [n]. */
  readonly typicality: Float64Array;
}

/** Scores, one classifier's by name: {@linkcode AskedScores}. */
export type SupportScores = Pick<AskedScores, "scores" | "shifted" | "folds">;

/**
 * Bounds the share by every kind of features, and takes the best one, at a
 * level corrected for that.
 *
 * @param trained whether the classifiers are fine-tuned networks: then the share may have an upper end
 */
export function findSupport(
  sets: AskedSets,
  { scores, shifted, folds }: SupportScores,
  { trained = false }: { readonly trained?: boolean } = {},
): Support {
  const weights = alikeInClasses(sets);
  if (Object.keys(scores).length === 0) {
    return {
      outOfSupport: null,
      parts: partsOf(new Array(sets.shifted.n).fill(true)),
      typicality: new Float64Array(sets.shifted.n),
    };
  }
  const groups = groupsOf(filled([sets.reference, sets.test, sets.shifted]));
  const names = Object.keys(scores);
  // Where there is an upper end, each has half of the chance.
  const level = 1 - OUTSIDE / (trained ? 2 : 1) / names.length;
  const strata = joinSets(filled([sets.reference, sets.test, sets.shifted]))
    .labels;
  const by = (name: string, epsilon: number): Best => {
    const all = {
      scores: scores[name] as Float64Array,
      shifted,
      weights,
      folds,
      strata,
      groups,
    };
    const options = { epsilon, level };
    const high = trained ? shareAtMost(all, options) : null;
    return {
      ...boundedShare(all, options),
      name,
      high: high ?? 1,
      atLeast: high === null,
    };
  };
  const best = (epsilon: number) =>
    names.map((name) => by(name, epsilon)).reduce((a, b) =>
      b.low > a.low || (b.low === a.low && b.share > a.share) ? b : a
    );
  const start = shifted.length - sets.shifted.n;
  const chosen = best(EPSILON);
  const alone = names.filter((name) => name !== ALL)
    .map((name) => by(name, EPSILON));
  const kinds = alone.map(({ beyond }) => beyond.subarray(start));
  const others = alone.filter(({ name }) => name !== chosen.name);
  const score = (scores[chosen.name] as Float64Array).subarray(start);
  const middle = score.reduce((sum, value) => sum + value, 0) / score.length;
  const spread = Math.sqrt(
    score.reduce((sum, value) => sum + (value - middle) ** 2, 0) / score.length,
  );
  const of = ({ share, low, high }: IsolatedPart) => ({ share, low, high });
  return {
    outOfSupport: {
      ...of(chosen),
      trained,
      atLeast: chosen.atLeast,
      epsilon: EPSILON,
      features: chosen.name,
      agreement: leastOverlap(kinds),
      ...others.length === 0 ? {} : {
        others: others.map((other) => ({
          ...of(other),
          features: other.name,
          atLeast: other.atLeast,
        })),
      },
      sweep: SWEEP.map((epsilon) => ({ epsilon, ...of(best(epsilon)) })),
    },
    parts: partsOf(
      Array.from(chosen.beyond.subarray(start), (beyond) => beyond === 0),
    ),
    typicality: Float64Array.from(
      score,
      (value) => spread > 0 ? (value - middle) / spread : 0,
    ),
  };
}

/**
 * Of the examples that the kind of features which sees fewer puts out of
 * support, the share that another does as well: the least of all pairs; null
 * where fewer than two see any. That one sees less than another contradicts
 * nothing, for each share is a lower bound; that it sees others does.
 */
function leastOverlap(kinds: readonly Uint8Array[]): number | null {
  const parts = kinds.map((kind) => Array.from(kind, Boolean));
  const least = smallest(
    parts.flatMap((a, i) =>
      parts.slice(i + 1).flatMap((b) => {
        const { both, onlyFirst, onlySecond } = agreementOf(a, b);
        const fewer = both + Math.min(onlyFirst, onlySecond);
        return fewer === 0 ? [] : [both / fewer];
      })
    ),
  );
  return Number.isFinite(least) ? least : null;
}

/** Weights that give the reference examples the classes of the shifted set; 1 without labels, and where they have none of its classes. */
function alikeInClasses(
  { reference, test, shifted }: AskedSets,
): Float64Array {
  const n = reference.n + test.n + shifted.n;
  const weights = new Float64Array(n).fill(1);
  const labels = [reference, test].map(({ n, labels }) =>
    n === 0 ? new Int32Array(0) : labels
  );
  const own = shifted.labels;
  if (own === null || labels.includes(null)) return weights;
  const all = (labels as Int32Array[]).flatMap((some) => [...some]);
  const counts = (some: ArrayLike<number>) => {
    const result = new Float64Array(shifted.classes.length);
    for (let i = 0; i < some.length; i++) {
      const label = some[i] as number;
      result[label] = (result[label] as number) + 1;
    }
    return result;
  };
  const [ofReference, ofShifted] = [counts(all), counts(own)];
  if (all.every((label) => ofShifted[label] === 0)) return weights;
  for (const [i, label] of all.entries()) {
    weights[i] = (ofShifted[label] as number) / own.length /
      ((ofReference[label] as number) / all.length);
  }
  return weights;
}
