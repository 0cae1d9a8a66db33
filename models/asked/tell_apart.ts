/**
 * Whether a classifier tells the shifted set from the reference, beside random
 * splits of the same examples.
 *
 * @module
 */
import type { AskedFeatures, AskedSet } from "../../data/asked/asked_set.ts";
import { filled, groupsOf, joinSets } from "../../data/asked/take_examples.ts";
import { foldsOf } from "../../data/images/folds.ts";
import { stream } from "../../engine/define/random.ts";
import type {
  FoundShift,
  ShiftInFeatures,
} from "../../stats/asked/ask_findings_schemas.ts";
import { meanOf, placeboSplits } from "../../stats/asked/placebo_splits.ts";
import { CLASS_SPLITS, isSeen } from "../../stats/asked/rule_bounds.ts";
import { smallest } from "../../stats/intervals/extremes.ts";
import { crossCalibrate } from "../../stats/splits/cross_calibration.ts";
import { reliabilityBins } from "../../stats/splits/reliability.ts";
import type { CrossRidge } from "../linear/cross_ridge.ts";
import {
  areaBeside,
  type AreaErrors,
  FOLDS,
  ridgeOf,
  signsOf,
} from "./area_beside.ts";
import type { AskedScores } from "./asked_scores.ts";
import { explainShift } from "./explain_shift.ts";
import { redraw } from "./redraw.ts";
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
    return { shift: null, scores: untold(isShifted) };
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
  const examples = {
    shifted: isShifted,
    units: fewerUnits(isShifted, groups),
    grouped: groups !== null,
  };
  const marginally = { ...examples, strata: null, splits: marginalSplits };
  const inClasses = { ...examples, strata, splits: classSplits };
  const bySet: [string, ShiftInFeatures][] = [];
  const scores: [string, Float64Array][] = [];
  // Of all features together, which come last.
  let last: {
    own: Float64Array;
    errors: AreaErrors;
    regress: CrossRidge;
    regressInClasses: CrossRidge | null;
  } | undefined;
  for (const [name, features] of kindsOf(all)) {
    const regress = ridgeOf(features, { folds, strata: null });
    const marginal = areaBeside(regress, marginally);
    const regressInClasses = strata === null
      ? null
      : ridgeOf(features, { folds, strata });
    const within = regressInClasses === null
      ? null
      : areaBeside(regressInClasses, inClasses);
    last = {
      own: marginal.scores,
      errors: (within ?? marginal).errors,
      regress,
      regressInClasses,
    };
    scores.push([name, within?.scores ?? marginal.scores]);
    bySet.push([name, {
      marginal: marginal.area,
      withinClass: within === null ? null : within.area,
    }]);
  }
  const { own, regress, regressInClasses, errors } = last as NonNullable<
    typeof last
  >;
  const whole = bySet.at(-1)?.[1] as ShiftInFeatures;
  const features = Object.values(all.features);
  const fewSplits = {
    ...inClasses,
    splits: classSplits.slice(0, CLASS_SPLITS),
  };
  const probability = calibrated(own, { shifted: isShifted, folds });
  const start = all.n - test.n - shifted.n;
  const dropSplits = splitsOfDrop(isShifted, { start, groups, seed });
  const ofDrops = regress(
    dropSplits.map((split) => signsBeside(split, all.n)),
  );
  return {
    shift: {
      ...whole.marginal,
      withinClass: whole.withinClass,
      ofEachClass: strata === null || regressInClasses === null ||
          all.classes.length > Math.min(MOST_CLASSES, all.n / FEWEST_OF_CLASS)
        ? null
        : areaBeside(classByClass(regressInClasses, strata), fewSplits).area,
      ofSecondOrder: strata === null ? null : areaBeside(
        inSecondOrder(features, { folds, strata }),
        fewSplits,
      ).area,
      redrawn: strata === null || isOneFold(folds) ||
          !isSeen(whole.withinClass ?? whole.marginal)
        ? null
        : redraw(all, {
          ...examples,
          scores: scores.at(-1)?.[1] as Float64Array,
          folds,
          strata,
          groups,
          seed,
        }),
      bySet: Object.fromEntries(bySet),
      remainders: explainShift(all, {
        scores: scores.at(-1)?.[1] as Float64Array,
        shifted: isShifted,
        folds,
        groups,
        errors,
        scoresWithin: (strata) =>
          ridgeOf(features, { folds, strata })(
            [signsOf(isShifted)],
          )[0] as Float64Array,
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
        probability: calibrated((ofDrops[k] as Float64Array).subarray(start), {
          shifted: split,
          folds: folds.subarray(start),
        }),
      })),
    },
  };
}

/** What nobody could look at. */
function untold(shifted: Uint8Array): AskedScores {
  const n = shifted.length;
  return {
    shifted,
    folds: new Uint8Array(n),
    scores: {},
    probability: new Float64Array(n).fill(0.5),
    placebos: [],
  };
}

/** Each kind of features by itself, and at last all together where there are several. */
function kindsOf(
  { features }: Pick<AskedSet, "features">,
): readonly (readonly [string, readonly AskedFeatures[]])[] {
  const kinds = Object.entries(features);
  return [
    ...kinds.map(([name, own]) => [name, [own]] as const),
    ...kinds.length > 1 ? [[ALL, Object.values(features)] as const] : [],
  ];
}

/** How many examples, or groups of them, the set has that has fewer. */
function fewerUnits(
  shifted: Uint8Array,
  groups: readonly string[] | null,
): number {
  const units = [new Set<string | number>(), new Set<string | number>()];
  for (const [i, set] of shifted.entries()) units[set]?.add(groups?.[i] ?? i);
  return smallest(units.map(({ size }) => size));
}

/** Random splits for the terms of the drop, of the test and the shifted examples, from `start` on: the reference set has no part in it. */
function splitsOfDrop(
  shifted: Uint8Array,
  { start, groups, seed }: {
    readonly start: number;
    readonly groups: readonly string[] | null;
    readonly seed: number;
  },
): readonly Uint8Array[] {
  const random = stream(seed, "asked", "placebos of the drop");
  return placeboSplits({
    shifted: shifted.subarray(start),
    strata: null,
    groups: groups?.slice(start) ?? null,
  }, { count: PLACEBO_TERMS, draw: (n) => random.permutation(n) });
}

/** Signs, of mean 0, of the last of `n` examples; those before, the reference set, are on neither side: on one, they would tell by their looks which of the others were dealt to it. */
function signsBeside(split: Uint8Array, n: number): Float64Array {
  const signs = signsOf(split);
  const middle = meanOf(signs);
  const beside = new Float64Array(n);
  beside.set(signs.map((sign) => sign - middle), n - signs.length);
  return beside;
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
  return ridgeOf([secondOrder(features, strata)], { folds, strata });
}

function isOneFold(folds: Uint8Array): boolean {
  return folds.every((fold) => fold === folds[0]);
}

/** Probabilities as if both sets had one size, by isotonic curves of the other folds; of one fold alone nothing is told. */
function calibrated(
  scores: Float64Array,
  { shifted, folds }: {
    readonly shifted: Uint8Array;
    readonly folds: Uint8Array;
  },
): Float64Array {
  if (isOneFold(folds)) return scores.map(() => 0.5);
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
