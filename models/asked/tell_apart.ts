/**
 * Whether a classifier tells the shifted set from the reference, beside random
 * splits of the same examples.
 *
 * @module
 */
import { filled, groupsOf, joinSets } from "../../data/asked/take_examples.ts";
import { foldsOf } from "../../data/images/folds.ts";
import { stream } from "../../engine/define/random.ts";
import type {
  FoundShift,
  ShiftInFeatures,
} from "../../stats/asked/ask_findings_schemas.ts";
import { meanOf, placeboSplits } from "../../stats/asked/placebo_splits.ts";
import { CLASS_SPLITS } from "../../stats/asked/rule_bounds.ts";
import { smallest } from "../../stats/intervals/extremes.ts";
import { crossCalibrate } from "../../stats/splits/cross_calibration.ts";
import { reliabilityBins } from "../../stats/splits/reliability.ts";
import { type CrossRidge, crossRidge } from "../linear/cross_ridge.ts";
import { areaBeside, FOLDS, signsOf } from "./area_beside.ts";
import type { AskedScores } from "./asked_scores.ts";
import { explainShift } from "./explain_shift.ts";
import { type AskedSets, isTooSmall } from "./remove_duplicates.ts";
import { secondOrder } from "./second_order.ts";

/** Name under which all kinds of features are taken together. */
export const ALL = "all";

/** How to look. */
export interface TellApartOptions {
  readonly seed: number;
  /** Number of random splits. */
  readonly placebos: number;
}

/** So many random splits are kept for the terms of the drop: their extremes are the middle 95%. */
const PLACEBO_TERMS = 39;

const BINS = 10;

/** Of more classes none has a classifier by itself, which would take minutes; nor where they have fewer examples on average. */
const [MOST_CLASSES, FEWEST_OF_CLASS] = [100, 20];

/**
 * Tells the sets apart by each kind of features and by all together, with and
 * without regard to classes, and does the same to random splits.
 *
 * A shift is null without features, or with too few examples.
 */
export function tellApart(
  { reference, test, shifted }: AskedSets,
  { seed, placebos }: TellApartOptions,
): { readonly shift: FoundShift | null; readonly scores: AskedScores } {
  const sets = filled([reference, test, shifted]);
  const all = joinSets(sets);
  const groups = groupsOf(sets);
  const isShifted = new Uint8Array(all.n).fill(1, all.n - shifted.n);
  if (Object.keys(all.features).length === 0 || isTooSmall([test, shifted])) {
    return {
      shift: null,
      scores: {
        shifted: isShifted,
        folds: new Uint8Array(all.n),
        scores: {},
        probability: new Float64Array(all.n).fill(0.5),
        placebos: [],
      },
    };
  }
  const [folds] = foldsOf([{ n: all.n, groups: groups ?? undefined }], {
    folds: FOLDS,
    seed,
  }) as [Uint8Array];
  const strata = all.labels;
  const random = stream(seed, "asked", "placebos");
  const splitsOf = (classes: Int32Array | null) =>
    placeboSplits({ shifted: isShifted, strata: classes, groups }, {
      count: placebos,
      draw: (n) => random.permutation(n),
    });
  const marginalSplits = splitsOf(null);
  const classSplits = strata === null ? marginalSplits : splitsOf(strata);
  // Of a drop the reference set has no part: those who lose nothing are the test set.
  const start = all.n - test.n - shifted.n;
  const few = stream(seed, "asked", "placebos of the drop");
  const dropSplits = placeboSplits({
    shifted: isShifted.subarray(start),
    strata: null,
    groups: groups?.slice(start) ?? null,
  }, { count: PLACEBO_TERMS, draw: (n) => few.permutation(n) }).map((part) => {
    const split = new Uint8Array(all.n);
    split.set(part, start);
    return split;
  });
  const units = smallest(
    [0, 1].map((set) =>
      new Set(
        Array.from(isShifted.keys()).filter((i) => isShifted[i] === set)
          .map((i) => groups?.[i] ?? i),
      ).size
    ),
  );
  const kinds = Object.keys(all.features);
  const names = kinds.length > 1 ? [...kinds, ALL] : kinds;
  const bySet: [string, ShiftInFeatures][] = [];
  const scores: [string, Float64Array][] = [];
  let last: {
    own: Float64Array;
    regress: CrossRidge;
    inClasses: CrossRidge | null;
  } | undefined;
  for (const name of names) {
    const features = Object.entries(all.features)
      .filter(([kind]) => name === ALL || kind === name)
      .map(([, kind]) => kind);
    const d = features.reduce((sum, { dimension }) => sum + dimension, 0);
    const regress = (classes: Int32Array | null) =>
      crossRidge({ features, folds, strata: classes, penalty: d / 2 });
    const ridge = regress(null);
    const marginal = areaBeside(ridge, {
      shifted: isShifted,
      strata: null,
      splits: marginalSplits,
      units,
    });
    const inClasses = strata === null ? null : regress(strata);
    const within = inClasses === null ? null : areaBeside(inClasses, {
      shifted: isShifted,
      strata,
      splits: classSplits,
      units,
    });
    last = { own: marginal.scores, regress: ridge, inClasses };
    scores.push([name, within?.scores ?? marginal.scores]);
    bySet.push([name, {
      marginal: marginal.area,
      withinClass: within === null ? null : within.area,
    }]);
  }
  const of = (is: Uint8Array, score: Float64Array) =>
    calibrated(score, { shifted: is, folds });
  const whole = bySet.at(-1)?.[1] as ShiftInFeatures;
  const { own, regress, inClasses } = last as NonNullable<typeof last>;
  const fewSplits = {
    shifted: isShifted,
    strata,
    splits: classSplits.slice(0, CLASS_SPLITS),
    units,
  };
  const ofDrops = regress(dropSplits.map(signsOf));
  const probability = of(isShifted, own);
  return {
    shift: {
      ...whole.marginal,
      withinClass: whole.withinClass,
      ofEachClass: strata === null || inClasses === null ||
          all.classes.length > Math.min(MOST_CLASSES, all.n / FEWEST_OF_CLASS)
        ? null
        : areaBeside(classByClass(inClasses, strata), fewSplits).area,
      ofSecondOrder: strata === null ? null : areaBeside(
        inSecondOrder(Object.values(all.features), { folds, strata }),
        fewSplits,
      ).area,
      bySet: Object.fromEntries(bySet),
      remainders: explainShift(all, {
        scores: scores.at(-1)?.[1] as Float64Array,
        shifted: isShifted,
        folds,
        groups,
        area: whole.withinClass ?? whole.marginal,
        scoresWithin: (strata) => {
          const features = Object.values(all.features);
          const d = features.reduce((sum, { dimension }) => sum + dimension, 0);
          const ridge = crossRidge({ features, folds, strata, penalty: d / 2 });
          return ridge([signsOf(isShifted)])[0] as Float64Array;
        },
      }),
      placebos,
      reliability: reliabilityBins(
        asDrawn(probability, isShifted),
        Array.from(isShifted, (is) => is === 1),
        { bins: BINS },
      ),
    },
    scores: {
      shifted: isShifted,
      folds,
      scores: Object.fromEntries(scores),
      probability,
      placebos: dropSplits.map((split, k) => ({
        shifted: split,
        probability: of(split, ofDrops[k] as Float64Array),
      })),
    },
  };
}

/**
 * A classifier of each class by itself: what moves in opposite ways in two
 * classes is no direction that both share. The w of a class is made of its own
 * examples, and of the spread that all classes have in common.
 */
function classByClass(inClasses: CrossRidge, strata: Int32Array): CrossRidge {
  const rowsOf = [...Map.groupBy(strata.keys(), (i) => strata[i]).values()]
    .map((rows) => Uint32Array.from(rows));
  return (targets) => {
    const results = targets.map((target) => new Float64Array(target.length));
    for (const rows of rowsOf) {
      const masked = targets.map((target) => {
        const own = new Float64Array(target.length);
        for (const i of rows) own[i] = target[i] as number;
        return own;
      });
      for (const [b, scores] of inClasses(masked, rows).entries()) {
        for (const i of rows) {
          (results[b] as Float64Array)[i] = scores[i] as number;
        }
      }
    }
    return results;
  };
}

/** A classifier, within classes, of what those of the features themselves do not see. */
function inSecondOrder(
  features: Parameters<typeof secondOrder>[0],
  { folds, strata }: {
    readonly folds: Uint8Array;
    readonly strata: Int32Array;
  },
): CrossRidge {
  const second = secondOrder(features, strata);
  return crossRidge({
    features: [second],
    folds,
    strata,
    penalty: second.dimension / 2,
  });
}

/** Probabilities as if both sets had one size, by isotonic curves of the other folds. */
function calibrated(
  scores: Float64Array,
  { shifted, folds }: {
    readonly shifted: Uint8Array;
    readonly folds: Uint8Array;
  },
): Float64Array {
  const share = meanOf(shifted);
  return crossCalibrate(
    { scores, positive: Array.from(shifted, (is) => is === 1), folds },
    "isotonic",
  ).map((p) => weighed(p, (1 - share) / share));
}

/** Probabilities under the sizes that the sets have. */
function asDrawn(probability: Float64Array, shifted: Uint8Array): Float64Array {
  const share = meanOf(shifted);
  return probability.map((p) => weighed(p, share / (1 - share)));
}

/** A probability whose odds are multiplied. */
function weighed(p: number, factor: number): number {
  const [own, other] = [p * factor, 1 - p];
  // Of a sum from left to right, a certain one would come out above 1.
  return own / (own + other);
}
