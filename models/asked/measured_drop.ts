/**
 * A drop of accuracy, its terms and the accuracies behind it, with intervals:
 * of a bootstrap over the examples, and of what models owe to what they learnt
 * from.
 *
 * @module
 */
import type { Stream } from "../../engine/define/random.ts";
import {
  accuracyInterval,
  atLeastThatOf,
  isConstant,
} from "../../stats/asked/accuracy_interval.ts";
import type { Estimated } from "../../stats/asked/ask_findings_schemas.ts";
import {
  bootstrapCounts,
  type DroppedExamples,
  dropTerms,
} from "../../stats/asked/drop_terms.ts";
import {
  deviationsOver,
  widened,
  withError,
} from "../../stats/asked/taught_anew.ts";
import { SMALLEST_GROUP } from "../../stats/asked/worst_groups.ts";
import { bootstrapInterval } from "../../stats/intervals/percentile.ts";
import type { Probed } from "./probe.ts";

/** How to measure. */
export interface MeasuredDropOptions {
  /** What models are right on; its `right` is that of the examples. */
  readonly hits: Probed;
  /** 1 for each shifted example that is in support. */
  readonly inSupport: Uint8Array;
  /** Name of the group of each example; null where each is its own. */
  readonly groups: readonly string[] | null;
  /** How many times as wide the interval of each term is made. */
  readonly widenings: readonly [number, number, number];
  /** Resamples of the bootstrap. */
  readonly resamples: number;
  readonly random: Stream;
}

/** Of test examples, of shifted ones, and of those in and out of support; NaN of too few. */
type Accuracies = [Estimated, Estimated, Estimated, Estimated];

/** A drop with its intervals. */
export interface MeasuredDrop {
  readonly total: Estimated;
  /** In the order of `TERM_NAMES`. */
  readonly terms: readonly Estimated[];
  readonly accuracies: Readonly<Accuracies>;
}

/** Where a measure stands among all: the drop, its terms, then accuracies. */
const [TOTAL, TERMS, ACCURACIES] = [0, 1, 4];

/** Measures the drop of examples, test ones before shifted ones. */
export function measuredDrop(
  examples: DroppedExamples,
  { hits, inSupport, groups, widenings, resamples, random }:
    MeasuredDropOptions,
): MeasuredDrop {
  const { right, rightWithout, factor } = hits;
  const parts = partsOf(examples, inSupport);
  const measures = (hits: Float64Array, counts?: ArrayLike<number>) => {
    const { total, terms } = dropTerms({ ...examples, right: hits }, counts);
    return [
      total,
      ...terms,
      ...parts.map((part) => accuracyOf(part, hits, counts)),
    ];
  };
  const drawn = bootstrapCounts(
    { shifted: examples.shifted, groups },
    (n) => random.integer(n),
  );
  const samples = Array.from(
    { length: resamples },
    () => measures(right, drawn()),
  );
  const estimates = measures(right).map((value, k) =>
    estimateOf(value, samples.map((sample) => sample[k] as number))
  );
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
      k < ACCURACIES ? [-1, 1] : [0, 1],
    );
  const resampled = estimates[TOTAL] as Estimated;
  const bare = estimates.slice(ACCURACIES);
  const accuracies = bare.map((accuracy, k) =>
    accuracyInterval(accuracy, unitsIn(parts[k] as ExamplesOf, groups))
  ) as Accuracies;
  const total = bare.slice(0, 2).some(isConstant)
    ? atLeastThatOf(accuracies[0], accuracies[1], resampled)
    : resampled;
  return {
    total: asTaught(total, TOTAL),
    terms: estimates.slice(TERMS, ACCURACIES).map((term, k) =>
      asTaught(widened(term, widenings[k] as number), TERMS + k)
    ),
    accuracies: accuracies.map((accuracy, k) =>
      asTaught(accuracy, ACCURACIES + k)
    ) as Accuracies,
  };
}

/** A measure with the bootstrap's interval, by the resamples that have it. */
function estimateOf(value: number, samples: readonly number[]): Estimated {
  return Number.isNaN(value) ? { value, low: value, high: value } : {
    value,
    ...bootstrapInterval(samples.filter((sample) => !Number.isNaN(sample))),
  };
}

/** Some of the test and shifted examples. */
interface ExamplesOf {
  /** Places among both sets. */
  readonly places: Uint32Array;
  /** Fewer have no accuracy. */
  readonly fewest: number;
}

/** The examples of each accuracy. */
function partsOf(
  { shifted }: Pick<DroppedExamples, "shifted">,
  inSupport: Uint8Array,
): readonly ExamplesOf[] {
  const start = shifted.length - inSupport.length;
  const placesOf = (holds: (i: number) => boolean) =>
    Uint32Array.from(Array.from(shifted.keys()).filter(holds));
  return [
    { places: placesOf((i) => i < start), fewest: 1 },
    { places: placesOf((i) => i >= start), fewest: 1 },
    // Too few examples tell nothing of the accuracy in a part.
    ...[1, 0].map((within): ExamplesOf => ({
      places: placesOf((i) => i >= start && inSupport[i - start] === within),
      fewest: SMALLEST_GROUP,
    })),
  ];
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
