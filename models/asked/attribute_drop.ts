/**
 * How much accuracy is lost from the test to the shifted set, and where.
 *
 * @module
 */
import type { AskedSet } from "../../data/asked/asked_set.ts";
import { groupsOf, joinSets } from "../../data/asked/take_examples.ts";
import { stream } from "../../engine/define/random.ts";
import type { Parts } from "../../shifts/measure/parts.ts";
import {
  LEAST_SHARED,
  MODELS_FOR_DIFFICULTY,
  TERM_NAMES,
} from "../../stats/asked/ask_findings.ts";
import type {
  Estimated,
  FoundDrop,
  WorstGroup,
} from "../../stats/asked/ask_findings_schemas.ts";
import {
  accuracyInterval,
  atLeastThatOf,
  isConstant,
} from "../../stats/asked/accuracy_interval.ts";
import { meanOf } from "../../stats/asked/placebo_splits.ts";
import { binProperty } from "../../stats/asked/property_information.ts";
import { bootstrapInterval } from "../../stats/intervals/percentile.ts";
import {
  bootstrapCounts,
  dropTerms,
  termWidenings,
} from "../../stats/asked/drop_terms.ts";
import {
  type GroupedExamples,
  SMALLEST_GROUP,
  worstGroups,
} from "../../stats/asked/worst_groups.ts";
import {
  deviationsOver,
  widened,
  withError,
} from "../../stats/asked/taught_anew.ts";
import { difficultyOf } from "../../stats/splits/difficulty.ts";
import {
  type AskedSets,
  isTooSmall,
  type TestedSets,
} from "./remove_duplicates.ts";
import type { AskedScores } from "./asked_scores.ts";
import { controlDifficulty } from "./control_difficulty.ts";
import { dropOfAll } from "./drop_of_all.ts";
import { probe } from "./probe.ts";
import { termEstimates } from "./term_estimates.ts";

/** How to look. */
export interface AttributeDropOptions {
  readonly seed: number;
  /** Resamples of the bootstrap. */
  readonly resamples: number;
  readonly scores: AskedScores;
  readonly parts: Parts;
  /** All examples, where those of the sets were drawn of them. */
  readonly whole?: TestedSets;
  /** Whether other models are right on each shifted example: by their mistakes it is difficult. Left out where the models themselves decide, each for others. */
  readonly judges?: readonly Uint8Array[] | undefined;
}

/** A drop and the groups in which models are right least often. */
export interface AttributedDrop {
  /** Null without labels of both sets. */
  readonly drop: FoundDrop | null;
  readonly worstGroups: readonly WorstGroup[];
}

/**
 * Explains the drop of the models that the sets have predictions of, or, without
 * any, of a linear classifier on all features. Where the sets were drawn, that
 * of models is still measured on all examples.
 */
export function attributeDrop(
  sets: AskedSets,
  { seed, resamples, scores, parts, whole = sets, judges }:
    AttributeDropOptions,
): AttributedDrop {
  const { test, shifted } = sets;
  const models = Object.keys(test.right)
    .filter((name) => Object.hasOwn(shifted.right, name));
  const labelled = test.labels !== null && shifted.labels !== null;
  const canProbe = labelled && Object.keys(test.features).length > 0;
  if (isTooSmall([test, shifted]) || (models.length === 0 && !canProbe)) {
    return { drop: null, worstGroups: [] };
  }
  const areTold = Object.keys(scores.scores).length > 0;
  const { right, rightWithout, factor } = models.length > 0
    ? {
      right: Float64Array.from(
        [test, shifted].flatMap((set) => [...meanRight(set, models)]),
      ),
      rightWithout: [],
      factor: 0,
    }
    : probe(sets, seed);
  const isShifted = new Uint8Array(right.length).fill(1, test.n);
  const start = scores.shifted.length - right.length;
  const both = joinSets([test, shifted]);
  const estimates = termEstimates({
    features: areTold ? Object.values(both.features) : [],
    labels: both.labels ?? new Int32Array(right.length),
    classes: Math.max(1, both.classes.length),
    right,
    shifted: isShifted,
    folds: scores.folds.subarray(start),
  });
  const examples = estimates({
    shifted: isShifted,
    probability: scores.probability.subarray(start),
  });
  const found = dropTerms(examples);
  const random = stream(seed, "asked", "bootstrap");
  const groups = groupsOf([test, shifted]);
  const inSupport = parts.inSupport;
  const placesOf = (holds: (i: number) => boolean) =>
    Uint32Array.from(
      Array.from(right.keys()).filter(holds),
    );
  const parted: readonly ExamplesOf[] = [
    { places: placesOf((i) => i < test.n), fewest: 1 },
    { places: placesOf((i) => i >= test.n), fewest: 1 },
    // Too few examples tell nothing of the accuracy in a part.
    ...[1, 0].map((within): ExamplesOf => ({
      places: placesOf((i) => i >= test.n && inSupport[i - test.n] === within),
      fewest: SMALLEST_GROUP,
    })),
  ];
  const measures = (hits: Float64Array, counts?: ArrayLike<number>) => {
    const { total, terms } = dropTerms({ ...examples, right: hits }, counts);
    return [
      total,
      ...terms,
      ...parted.map((part) => accuracyOf(part, hits, counts)),
    ];
  };
  const drawn = bootstrapCounts(
    { shifted: isShifted, groups },
    (n) => random.integer(n),
  );
  const samples = Array.from(
    { length: resamples },
    () => measures(right, drawn()),
  );
  const [resampled, first, second, third, ...rest] = measures(right)
    .map((value, k): Estimated =>
      Number.isNaN(value) ? { value, low: value, high: value } : {
        value,
        ...bootstrapInterval(
          samples.map((sample) => sample[k] as number)
            .filter((sample) => !Number.isNaN(sample)),
        ),
      }
    ) as [Estimated, Estimated, Estimated, Estimated, ...Estimated[]];
  const deviations = rightWithout.length === 0
    ? null
    : deviationsOver(rightWithout, {
      measure: measures,
      groups,
      draw: (n) => random.permutation(n),
    });
  /** Makes room in an interval for what models owe to what they learnt from; `k` is the place of the measure. */
  const asTaught = (estimate: Estimated, k: number) =>
    deviations === null ? estimate : withError(
      estimate,
      factor * (deviations[k] as number),
      k < 4 ? [-1, 1] : [0, 1],
    );
  const accuracies = rest.map((accuracy, k) =>
    accuracyInterval(
      accuracy,
      unitsIn(parted[k] as ExamplesOf, groups),
    )
  ) as [Estimated, Estimated, Estimated, Estimated];
  const total = asTaught(
    rest.slice(0, 2).some(isConstant)
      ? atLeastThatOf(accuracies[0], accuracies[1], resampled)
      : resampled,
    0,
  );
  const [onTest, onShifted, inside, outside] = accuracies.map((accuracy, k) =>
    asTaught(accuracy, 4 + k)
  ) as typeof accuracies;
  const isOfAll = models.length > 0 &&
    (whole.test.n > test.n || whole.shifted.n > shifted.n);
  const ofAll = isOfAll
    ? dropOfAll({
      test: { ...whole.test, right: meanRight(whole.test, models) },
      shifted: { ...whole.shifted, right: meanRight(whole.shifted, models) },
    }, { resamples, random: stream(seed, "asked", "bootstrap of all") })
    : { total, test: onTest, shifted: onShifted };
  const splits = scores.placebos.map(({ shifted: split, probability }) =>
    estimates({
      shifted: split.subarray(start),
      probability: probability.subarray(start),
    })
  );
  const placebos = splits.map((split) => dropTerms(split));
  const ofSplits = stream(seed, "asked", "bootstrap of random splits");
  const widenings = termWidenings(splits, {
    groups,
    draw: (n) => ofSplits.integer(n),
  });
  // Networks may have put out of support what these classifiers do not see.
  const isShared = found.sharedMass >= LEAST_SHARED &&
    meanOf(inSupport) >= LEAST_SHARED;
  const known = (estimate: Estimated) =>
    Number.isNaN(estimate.value) || !areTold ? null : estimate;
  return {
    drop: {
      models: models.length > 0 ? models.length : "probe",
      ...models.length > 0 ? {} : { taughtAnew: deviations !== null },
      total: ofAll.total.value,
      low: ofAll.total.low,
      high: ofAll.total.high,
      ofDrawn: total.value,
      terms: !areTold || !isShared
        ? []
        : [first, second, third].map((estimate, k) => ({
          name: TERM_NAMES[k] as typeof TERM_NAMES[number],
          ...asTaught(
            widened(estimate, widenings[k] as number),
            1 + k,
          ),
          placebo: bootstrapInterval(
            placebos.map(({ terms }) => terms[k] as number),
          ),
        })),
      sharedMass: areTold ? found.sharedMass : null,
      effectiveSizes: found.effectiveSizes,
      accuracy: {
        reference: ofAll.test,
        shifted: ofAll.shifted,
        inSupport: known(inside),
        outOfSupport: known(outside),
      },
      difficultyControlled: models.length === 0 ||
          (judges ?? models).length < MODELS_FOR_DIFFICULTY
        ? null
        : controlDifficulty(
          models.map((name) => shifted.right[name] as Uint8Array),
          {
            inSupport,
            resamples: Math.min(resamples, 200),
            random,
            groups: shifted.groups,
            judges,
          },
        ),
      placebo: placebos.length === 0
        ? null
        : bootstrapInterval(placebos.map(({ total }) => total)),
    },
    worstGroups: !labelled ? [] : worstGroups(
      // What is left of all examples has no properties.
      isOfAll && Object.keys(both.properties).length === 0
        ? groupedBy(whole, meanRight(whole.shifted, models))
        : groupedBy(sets, right.subarray(test.n)),
      { most: 10 },
    ),
  };
}

/** Some of the test and shifted examples. */
interface ExamplesOf {
  /** Places among both sets. */
  readonly places: Uint32Array;
  /** Fewer have no accuracy. */
  readonly fewest: number;
}

/** The share of examples that is right, each as often as a resample has it; NaN of too few. */
function accuracyOf(
  { places, fewest }: ExamplesOf,
  hits: Float64Array,
  counts?: ArrayLike<number>,
): number {
  let [sum, n] = [0, 0];
  for (let k = 0; k < places.length; k++) {
    const i = places[k] as number;
    const count = counts === undefined ? 1 : counts[i] as number;
    n += count;
    sum += count * (hits[i] as number);
  }
  // Counts of a resample vary.
  return n < (counts === undefined ? fewest : 1) ? NaN : sum / n;
}

/** The number of groups that examples belong to, or of examples. */
function unitsIn(
  { places }: ExamplesOf,
  groups: readonly string[] | null,
): number {
  return groups === null
    ? places.length
    : new Set(Array.from(places, (i) => groups[i])).size;
}

/** Share of the models that are right on each example. */
function meanRight(set: AskedSet, models: readonly string[]): Float64Array {
  return difficultyOf(models.map((name) => set.right[name] as Uint8Array))
    .map((wrong) => 1 - wrong);
}

/** The shifted examples by each property's bins, named by their ends, and by the given groups; without any property by their classes. */
function groupedBy(
  { test, shifted }: TestedSets,
  right: Float64Array,
): readonly GroupedExamples[] {
  const both = joinSets([test, shifted]);
  const words = (value: number) =>
    `${Number(value.toPrecision(3))}`.replace("-", "−");
  const labels = shifted.labels as Int32Array;
  const { groups, classes } = shifted;
  const by = (
    group: readonly string[],
    drawnWith: readonly string[] | null = groupsOf([shifted]),
  ): GroupedExamples => ({ group, right, labels, classes, drawnWith });
  const properties = Object.entries(both.properties).map(
    ([property, { values, categories }]) => {
      const { bins, ends, count } = binProperty(values, {
        categories,
        fitted: Uint32Array.from({ length: test.n }, (_, i) => i),
      });
      const nameOf = (bin: number) => {
        if (bin === count - 1) return `${property} unknown`;
        if (categories !== null) return `${property} ${categories[bin]}`;
        const [low, high] = [ends?.[bin - 1], ends?.[bin]];
        return low === undefined && high === undefined
          ? `any ${property}`
          : low === undefined
          ? `${property} below ${words(high as number)}`
          : high === undefined
          ? `${property} from ${words(low)}`
          : `${property} ${words(low)} to ${words(high)}`;
      };
      return by(Array.from(bins.subarray(test.n), nameOf));
    },
  );
  return [
    ...properties,
    ...groups === null ? [] : [by(groups.map((name) => `group ${name}`), null)],
    ...properties.length > 0
      ? []
      : [by(Array.from(labels, (label) => `class ${classes[label]}`))],
  ];
}
