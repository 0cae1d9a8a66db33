/**
 * Examples that are in two sets at once, removed, and those that are twice in
 * one, kept together.
 *
 * @module
 */
import type { AskedSet } from "../../data/asked/asked_set.ts";
import { type SetName, SETS } from "../../data/asked/question.ts";
import type {
  NamedExample,
  NamedPair,
} from "../../data/asked/sets/shared_images.ts";
import {
  filled,
  groupsOf,
  takeExamples,
} from "../../data/asked/take_examples.ts";
import { COLOUR_STATISTICS } from "../../data/images/pixel_statistics.ts";
import { stream } from "../../engine/define/random.ts";
import { FEWEST_GROUPS } from "../../stats/asked/ask_findings.ts";
import type { AskFindings } from "../../stats/asked/ask_findings_schemas.ts";
import { equalPairs, firstEqualRows, shareEqual } from "./equal_rows.ts";
import { type FeatureRows, featureRows } from "./feature_rows.ts";
import { directionsOf, nearPairs, unitRows, usual } from "./near_rows.ts";

/** The sets of a question. A reference set of no examples stands for none. */
export interface AskedSets {
  /** What models are developed on. */
  readonly reference: AskedSet;
  /** Held-out reference examples. */
  readonly test: AskedSet;
  readonly shifted: AskedSet;
}

/** Whether there is too little of one set to compute anything. */
export function isTooSmall(sets: readonly AskedSet[]): boolean {
  return sets.some((set) => groupCount(set) < FEWEST_GROUPS);
}

/** The number of groups that the examples of a set belong to. */
export function groupCount(set: AskedSet): number {
  const groups = groupsOf([set]);
  return groups === null ? set.n : new Set(groups).size;
}

/** The test and the shifted set. */
export type TestedSets = Pick<AskedSets, "test" | "shifted">;

/** Sets without duplicates. */
export interface DistinctSets extends AskedSets {
  /** All that is left of two of them, before any are drawn: without features and properties, which counts and accuracies do not take. */
  readonly whole: TestedSets;
  readonly duplicates: AskFindings["duplicates"];
  /** Each example that was removed, and one of another set that it equals, or nearly; by their numbers where they have no names. */
  readonly copies: readonly NamedPair[];
  /** Place of each example that is left in its set as it was given. */
  readonly places: Readonly<
    Record<"reference" | "test" | "shifted", Uint32Array>
  >;
}

/** How to look for duplicates, and how many examples to go on with. */
export interface DistinctOptions {
  readonly seed: number;
  /** Most examples of a set that are kept, drawn at random. */
  readonly atMost: number;
}

/**
 * Cosine distance of standardised features below which two examples are nearly
 * the same, on the average over kinds of features, and at most three times of
 * it in each. Fixed on photographs with noise of one level of 255: 97 of 100
 * are nearer to the original, and no two photographs are as near as three times that.
 */
const NEARLY_SAME = 0.05;

/**
 * How many bounds the farthest of ten examples is away from its nearest other,
 * at the least: where examples lie closer by themselves, the bound is smaller.
 * It is no smaller because nine of ten have copies.
 */
const APART = 8;

/**
 * The part of that bound within which two images are the same, stored
 * otherwise, to a network and in the statistics of their colours: those of
 * detail then differ as between any two.
 */
const STORED_OTHERWISE = 0.2;

/** Number of independent directions below which neighbours are near by chance, so that only equal rows are duplicates. */
const FEWEST_DIRECTIONS = 8;

/** Share of a set's examples with an equal one in it, of another group, above which examples are equal by chance, and equality tells no duplicates. */
const OFTEN_EQUAL = 0.01;

/** A pair of places in all sets, one set after the other. */
type Pair = readonly [number, number];

/**
 * Removes from the reference set what is in the test set as well, from the
 * shifted set what is in either, and puts examples of one set that are nearly
 * the same into one group, with all examples of the groups that they were in. Of larger sets than `atMost` a random part goes on.
 *
 * None are looked for where more than one in a hundred examples of a set are
 * equal to another one of it, unless they are images: a few answers from 1 to 5
 * are the same for many people, and examples that were put in twice cannot be
 * told from that.
 */
export function removeDuplicates(
  { reference, test, shifted }: AskedSets,
  { seed, atMost }: DistinctOptions,
): DistinctSets {
  const sets = [reference, test, shifted] as const;
  const ends = [reference.n, reference.n + test.n];
  const n = reference.n + test.n + shifted.n;
  const setOf = (place: number) =>
    ends.reduce((set, end) => place >= end ? set + 1 : set, 0);
  const starts = [0, ...ends];
  const removed = new Uint8Array(n);
  const copies: NamedPair[] = [];
  const leader = Uint32Array.from({ length: n }, (_, i) => i);
  const named = (place: number): NamedExample => {
    const set = setOf(place);
    const i = place - (starts[set] as number);
    return {
      set: SETS[set] as SetName,
      name: sets[set]?.names?.[i] ?? `${i + 1}`,
    };
  };
  const lead = (i: number): number => {
    let at = i;
    while (leader[at] !== at) at = leader[at] as number;
    return leader[i] = at;
  };
  // Whole groups, so that what is nearly the same takes its group along.
  const names = groupsOf(filled(sets));
  const met = new Map<string, number>();
  for (const [i, name] of names?.entries() ?? []) {
    const there = met.get(name);
    if (there === undefined) met.set(name, i);
    else leader[i] = there;
  }
  const pairs = duplicatePairs(featureRows(filled(sets)), {
    n,
    seed,
    ranges: starts.map((start, set): Pair => [start, ends[set] ?? n]),
    unitOf: (i) => leader[i] as number,
  });
  for (const [i, j] of pairs) {
    const [first, second] = i < j ? [i, j] : [j, i];
    if (setOf(first) === setOf(second)) leader[lead(second)] = lead(first);
    // The shifted copy goes, or that in the reference set.
    else {
      const gone = setOf(second) === 2 ? second : first;
      if (removed[gone] === 0) copies.push([named(first), named(second)]);
      removed[gone] = 1;
    }
  }
  const counts = [0, 0, 0];
  for (const [place, is] of removed.entries()) {
    const set = setOf(place);
    counts[set] = (counts[set] as number) + is;
  }
  const random = stream(seed, "asked", "examples");
  const distinct = sets.map(({ n }, set) => {
    const start = starts[set] as number;
    return Uint32Array.from({ length: n }, (_, i) => i)
      .filter((i) => removed[start + i] === 0);
  });
  const left = distinct.map((rows) =>
    rows.length <= atMost ? rows : Uint32Array.from(
      random.permutation(rows.length).subarray(0, atMost),
      (k) => rows[k] as number,
    ).sort()
  );
  const isGrouped = leader.some((at, i) => at !== i);
  const taken = (set: AskedSet, k: number, rows: Uint32Array): AskedSet => {
    const start = starts[k] as number;
    const kept = takeExamples(set, rows);
    if (!isGrouped) return kept;
    return {
      ...kept,
      groups: Array.from(rows, (i) => {
        const at = lead(start + i);
        return names?.[at] ?? `of near copies (${SETS[k]} ${at - start + 1})`;
      }),
    };
  };
  const [first, second, third] = sets.map((set, k) =>
    taken(set, k, left[k] as Uint32Array)
  ) as [AskedSet, AskedSet, AskedSet];
  const all = (set: AskedSet, k: number) =>
    taken(
      { ...set, features: {}, properties: {}, names: null },
      k,
      distinct[k] as Uint32Array,
    );
  return {
    reference: first,
    test: second,
    shifted: third,
    whole: { test: all(test, 1), shifted: all(shifted, 2) },
    copies,
    duplicates: {
      removed: counts.reduce((sum, count) => sum + count, 0),
      reference: counts[0] as number,
      test: counts[1] as number,
      shifted: counts[2] as number,
    },
    places: {
      reference: left[0] as Uint32Array,
      test: left[1] as Uint32Array,
      shifted: left[2] as Uint32Array,
    },
  };
}

/** Pairs of examples that are equal or nearly so; of equal ones only as many as connect them, where these alone count. */
function* duplicatePairs(
  features: Readonly<Record<string, FeatureRows>>,
  { n, seed, ranges, unitOf }: {
    /** Number of all examples. */
    readonly n: number;
    readonly seed: number;
    /** First example of each set, and the one after its last. */
    readonly ranges: readonly Pair[];
    /** What an example belongs to before anything is yielded: its group, or itself. */
    readonly unitOf: (place: number) => number;
  },
): Generator<Pair> {
  const kinds = Object.values(features);
  if (kinds.length === 0) return;
  const first = firstEqualRows(kinds, n);
  // Images that are alike in all of these are the same image.
  const { network, pixels } = features;
  const areImages = network !== undefined && pixels !== undefined;
  if (
    !areImages &&
    ranges.some((range) => shareEqual(first, { range, unitOf }) > OFTEN_EQUAL)
  ) return;
  const units = kinds.map((kind) => unitRows(kind, n));
  const bound = directionsOf(units, n) >= FEWEST_DIRECTIONS
    ? Math.min(NEARLY_SAME, usual(units, { n, seed }) / APART)
    : 0;
  if (bound === 0) yield* equalPairs(first, ranges);
  else yield* nearPairs(units, { n, seed, bound });
  if (bound === 0 || !areImages) return;
  yield* nearPairs(
    [network, coloursOf(pixels)].map((kind) => unitRows(kind, n)),
    { n, seed, bound: STORED_OTHERWISE * bound },
  );
}

/** Of the statistics of pixels those of colours, which do not depend on how an image is stored. */
function coloursOf({ dimension, row }: FeatureRows): FeatureRows {
  const own = Math.min(dimension, COLOUR_STATISTICS);
  return { dimension: own, row: (i) => row(i).subarray(0, own) };
}
