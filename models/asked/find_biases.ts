/**
 * Whether class frequencies differ, and which properties tell the label in the
 * reference set and not in the shifted one.
 *
 * @module
 */
import type { AskedProperty, AskedSet } from "../../data/asked/asked_set.ts";
import { groupsOf, joinSets } from "../../data/asked/take_examples.ts";
import { stream } from "../../engine/define/random.ts";
import type { FoundBias, FoundLabels } from "../../stats/asked/ask_findings.ts";
import {
  associationFalls,
  binProperty,
  informationOf,
  type PropertyInSets,
} from "../../stats/asked/association.ts";
import {
  countLabels,
  labelDistance,
} from "../../stats/asked/label_distance.ts";
import { placeboSplit } from "../../stats/asked/placebo_splits.ts";
import { type AskedSets, isTooSmall } from "./remove_duplicates.ts";

/** Most groups that are looked at as if they were a property. */
const MOST_GROUPS = 20;

/** Class frequencies and properties of both sets; null and none without labels. */
export interface Biases {
  readonly labels: FoundLabels | null;
  /** The largest z first. */
  readonly biases: readonly FoundBias[];
}

/** How to look. */
export interface FindBiasesOptions {
  readonly seed: number;
  /** Number of random splits: chances are multiples of 1 / (placebos + 1). */
  readonly placebos: number;
}

/** Compares labels and properties of the test and the shifted set. What a property tells is learnt from the reference set, or, without one, from the other half of the test set. */
export function findBiases(
  { reference, test, shifted }: AskedSets,
  { seed, placebos }: FindBiasesOptions,
): Biases {
  if (
    test.labels === null || shifted.labels === null ||
    isTooSmall([test, shifted])
  ) {
    return { labels: null, biases: [] };
  }
  const hasReference = reference.n > 0 && reference.labels !== null;
  const sets = hasReference ? [reference, test, shifted] : [test, shifted];
  const all = joinSets(sets);
  const start = all.n - test.n - shifted.n;
  const own = all.labels as Int32Array;
  const labels = own.subarray(start);
  const isShifted = new Uint8Array(labels.length).fill(1, test.n);
  const classes = test.classes.length;
  const groups = groupsOf([test, shifted]);
  const random = stream(seed, "asked", "biases");
  const splits = (strata: Int32Array | null) =>
    Array.from(
      { length: placebos },
      () =>
        placeboSplit({ shifted: isShifted, strata, groups }, (n) =>
          random.permutation(n)),
    );
  const [ofTest, ofShifted] = countLabels(labels, {
    shifted: isShifted,
    classes,
  });
  // Classes of both sets, as the test set has them.
  const shared = ofTest.map((count, c) => ofShifted[c] === 0 ? 0 : count);
  const sum = shared.reduce((total, count) => total + count, 0);
  const prior = shared.map((count) => sum === 0 ? 0 : count / sum);
  const learnt = hasReference
    ? [{ rows: range(0, start), given: range(start, all.n) }]
    : halvesOf(all.n, { test: test.n, seed });
  const properties = sum === 0 ? [] : Object.entries({
    ...all.properties,
    ...groupProperty(sets),
  }).map(([property, { values, categories }]): PropertyInSets => {
    const [first] = learnt as [Learnt];
    const bins = binProperty(values, { categories, fitted: first.rows });
    const information = new Float64Array(labels.length);
    for (const { rows, given } of learnt) {
      const told = informationOf({
        bins: bins.bins,
        count: bins.count,
        labels: own,
        classes,
      }, { fitted: rows, prior });
      for (const i of given) information[i - start] = told[i] as number;
    }
    return {
      property,
      bins: { ...bins, bins: bins.bins.subarray(start) },
      information,
    };
  });
  return {
    labels: {
      ...labelDistance(labels, {
        shifted: isShifted,
        classes,
        placebos: splits(null),
      }),
      counts: test.classes.map((name, c) => ({
        class: name,
        test: ofTest[c] as number,
        shifted: ofShifted[c] as number,
      })),
    },
    biases: associationFalls(properties, {
      shifted: isShifted,
      labels,
      classes,
      prior,
      placebos: splits(labels),
    }),
  };
}

/** Rows to learn from, and rows to which that is applied. */
interface Learnt {
  readonly rows: Uint32Array;
  readonly given: Uint32Array;
}

function range(from: number, to: number): Uint32Array {
  return Uint32Array.from({ length: to - from }, (_, i) => from + i);
}

/** Each random half of all examples, and the test examples of the other half. */
function halvesOf(
  n: number,
  { test, seed }: { readonly test: number; readonly seed: number },
): readonly Learnt[] {
  const order = stream(seed, "asked", "halves").permutation(n);
  const side = (i: number) => (order[i] as number) & 1;
  return [0, 1].map((half) => ({
    rows: range(0, test).filter((i) => side(i) !== half),
    given: range(0, n).filter((i) => side(i) === half),
  }));
}

/** Few groups as a property. */
function groupProperty(
  sets: readonly AskedSet[],
): Readonly<Record<string, AskedProperty>> {
  if (sets.some(({ groups }) => groups === null)) return {};
  const names = sets.flatMap(({ groups }) => groups as readonly string[]);
  const places = new Map([...new Set(names)].map((name, i) => [name, i]));
  if (places.size < 2 || places.size > MOST_GROUPS) return {};
  return {
    group: {
      values: Float64Array.from(names, (name) => places.get(name) as number),
      categories: [...places.keys()],
    },
  };
}
