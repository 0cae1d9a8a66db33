/**
 * How much accuracy is lost from the test to the shifted set, and where.
 *
 * @module
 */
import type { AskedFeatures, AskedSet } from "../../data/asked/asked_set.ts";
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
  type DroppedExamples,
  dropTerms,
  termWidenings,
} from "../../stats/asked/drop_terms.ts";
import { meanOf } from "../../stats/asked/placebo_splits.ts";
import { binProperty } from "../../stats/asked/property_information.ts";
import {
  type GroupedExamples,
  worstGroups,
} from "../../stats/asked/worst_groups.ts";
import { bootstrapInterval } from "../../stats/intervals/percentile.ts";
import { difficultyOf } from "../../stats/splits/difficulty.ts";
import type { AskedScores } from "./asked_scores.ts";
import { controlDifficulty } from "./control_difficulty.ts";
import { dropOfAll } from "./drop_of_all.ts";
import { measuredDrop } from "./measured_drop.ts";
import { probe, type Probed } from "./probe.ts";
import {
  type AskedSets,
  isTooSmall,
  type TestedSets,
} from "./remove_duplicates.ts";
import { termEstimates, type ToldSplit } from "./term_estimates.ts";

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
  const groups = groupsOf([test, shifted]);
  const both = joinSets([test, shifted]);
  const hits = models.length > 0 ? hitsOf(sets, models) : probe(sets, seed);
  const told = toldExamples(both, {
    features: areTold ? Object.values(both.features) : [],
    right: hits.right,
    scores,
  });
  const examples = told({
    shifted: lastOf(scores.shifted, both),
    probability: lastOf(scores.probability, both),
  });
  const splits = scores.placebos.map(told);
  const found = dropTerms(examples);
  const placebos = splits.map((split) => dropTerms(split));
  const { inSupport } = parts;
  const ofSplits = stream(seed, "asked", "bootstrap of random splits");
  const random = stream(seed, "asked", "bootstrap");
  const { total, terms, accuracies } = measuredDrop(examples, {
    hits,
    inSupport,
    groups,
    widenings: termWidenings(splits, {
      groups,
      draw: (n) => ofSplits.integer(n),
    }),
    resamples,
    random,
  });
  const [onTest, onShifted, inside, outside] = accuracies;
  const isOfAll = models.length > 0 &&
    (whole.test.n > test.n || whole.shifted.n > shifted.n);
  const ofAll = isOfAll
    ? dropOfAll({
      test: { ...whole.test, right: meanRight(whole.test, models) },
      shifted: { ...whole.shifted, right: meanRight(whole.shifted, models) },
    }, { resamples, random: stream(seed, "asked", "bootstrap of all") })
    : { total, test: onTest, shifted: onShifted };
  // Networks may have put out of support what these classifiers do not see.
  const isShared = found.sharedMass >= LEAST_SHARED &&
    meanOf(inSupport) >= LEAST_SHARED;
  const known = (estimate: Estimated) =>
    Number.isNaN(estimate.value) || !areTold ? null : estimate;
  return {
    drop: {
      models: models.length > 0 ? models.length : "probe",
      ...models.length > 0 ? {} : { taughtAnew: hits.rightWithout.length > 0 },
      total: ofAll.total.value,
      low: ofAll.total.low,
      high: ofAll.total.high,
      ofDrawn: total.value,
      terms: !areTold || !isShared ? [] : terms.map((term, k) => ({
        name: TERM_NAMES[k] as typeof TERM_NAMES[number],
        ...term,
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
        : groupedBy(sets, hits.right.subarray(test.n)),
      { most: 10 },
    ),
  };
}

/** What given models are right on, who learn nothing here. */
function hitsOf(
  { test, shifted }: TestedSets,
  models: readonly string[],
): Probed {
  const right = [test, shifted].flatMap((set) => [...meanRight(set, models)]);
  return { right: Float64Array.from(right), rightWithout: [], factor: 0 };
}

/** What gives the parts of the terms for a split of the test and the shifted examples. */
function toldExamples(
  both: AskedSet,
  { features, right, scores }: {
    readonly features: readonly AskedFeatures[];
    readonly right: Float64Array;
    readonly scores: AskedScores;
  },
): (split: ToldSplit) => DroppedExamples {
  return termEstimates({
    features,
    labels: both.labels ?? new Int32Array(both.n),
    classes: Math.max(1, both.classes.length),
    right,
    shifted: lastOf(scores.shifted, both),
    folds: lastOf(scores.folds, both),
  });
}

/** Of all examples the test and the shifted ones, before which those of the reference set stand. */
function lastOf<T extends Uint8Array | Float64Array>(
  all: T,
  { n }: Pick<AskedSet, "n">,
): T {
  return all.subarray(all.length - n) as T;
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
