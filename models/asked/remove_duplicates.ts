/**
 * Examples that are in two sets at once, removed, and those that are twice in
 * one, kept together.
 *
 * @module
 */
import type { AskedFeatures, AskedSet } from "../../data/asked/asked_set.ts";
import {
  filled,
  groupsOf,
  joinSets,
  takeExamples,
} from "../../data/asked/take_examples.ts";
import { stream } from "../../engine/define/random.ts";
import {
  type AskFindings,
  FEWEST_GROUPS,
} from "../../stats/asked/ask_findings.ts";
import { equalPairs, firstEqualRows, shareEqual } from "./equal_rows.ts";

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

/** Sets without duplicates. */
export interface DistinctSets extends AskedSets {
  readonly duplicates: AskFindings["duplicates"];
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
export const NEARLY_SAME = 0.05;

/**
 * How many bounds the farthest of ten examples is away from its nearest other,
 * at the least: where examples lie closer by themselves, the bound is smaller.
 * It is no smaller because nine of ten have copies.
 */
const APART = 8;

/** Number of independent directions below which neighbours are near by chance, so that only equal rows are duplicates. */
const FEWEST_DIRECTIONS = 8;

/** Share of a set's examples with an equal one in it, of another group, above which examples are equal by chance, and equality tells no duplicates. */
const OFTEN_EQUAL = 0.01;

/** Names of the sets, in their order. */
const SETS = ["reference", "test", "shifted"];

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
  const all = joinSets(filled(sets));
  const ends = [reference.n, reference.n + test.n];
  const setOf = (place: number) =>
    ends.reduce((set, end) => place >= end ? set + 1 : set, 0);
  const removed = new Uint8Array(all.n);
  const leader = Uint32Array.from({ length: all.n }, (_, i) => i);
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
  const pairs = duplicatePairs(all, {
    seed,
    ranges: [0, ...ends].map((start, set): Pair => [
      start,
      ends[set] ?? all.n,
    ]),
    unitOf: (i) => leader[i] as number,
  });
  for (const [i, j] of pairs) {
    const [first, second] = i < j ? [i, j] : [j, i];
    if (setOf(first) === setOf(second)) leader[lead(second)] = lead(first);
    // The shifted copy goes, or that in the reference set.
    else removed[setOf(second) === 2 ? second : first] = 1;
  }
  const counts = [0, 0, 0];
  for (const [place, is] of removed.entries()) {
    const set = setOf(place);
    counts[set] = (counts[set] as number) + is;
  }
  const random = stream(seed, "asked", "examples");
  const left = sets.map(({ n }, set) => {
    const start = set === 0 ? 0 : ends[set - 1] as number;
    const rows = Uint32Array.from({ length: n }, (_, i) => i)
      .filter((i) => removed[start + i] === 0);
    return rows.length <= atMost ? rows : Uint32Array.from(
      random.permutation(rows.length).subarray(0, atMost),
      (k) => rows[k] as number,
    ).sort();
  });
  const grouped = sets.map((set, k): AskedSet => {
    const start = k === 0 ? 0 : ends[k - 1] as number;
    const kept = takeExamples(set, left[k] as Uint32Array);
    if (!leader.some((at, i) => at !== i)) return kept;
    return {
      ...kept,
      groups: Array.from(left[k] as Uint32Array, (i) => {
        const at = lead(start + i);
        return names?.[at] ?? `of near copies (${SETS[k]} ${at - start + 1})`;
      }),
    };
  }) as [AskedSet, AskedSet, AskedSet];
  return {
    reference: grouped[0],
    test: grouped[1],
    shifted: grouped[2],
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

/** How pairs are looked for: rows in one cell of so many random projections, in any of so many tables. */
const PROJECTIONS = 6;
const TABLES = 6;

/** Width of a cell, in deviations of a projection. */
const CELL = 1.5;

/**
 * Squared distance of the projections of two rows, all tables together, in
 * units of what is to be expected of one projection at the bound. Two rows at
 * the bound are farther apart in three of a million: χ² of 36 degrees of
 * freedom is above 90.
 */
const FARTHEST = 90;

/** Pairs of examples that are equal or nearly so; of equal ones only as many as connect them, where these alone count. */
function* duplicatePairs(
  { n, features }: AskedSet,
  { seed, ranges, unitOf }: {
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
  const areImages = "network" in features && "pixels" in features;
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
}

/**
 * Pairs of unit rows that are equal, or nearly so. Equal ones are always found,
 * of those at a fifth of the bound 99 of 100, at the bound nine of ten.
 */
function* nearPairs(
  units: readonly AskedFeatures[],
  { n, seed, bound }: {
    readonly n: number;
    readonly seed: number;
    /** Above 0. */
    readonly bound: number;
  },
): Generator<Pair> {
  const { sums, offsets } = projected(units, {
    n,
    count: TABLES * PROJECTIONS,
    seed,
  });
  const count = offsets.length;
  // Distances of unit rows are half of their squares.
  const farthest = 2 * bound * FARTHEST + 1e-9;
  const mayBeNear = (i: number, j: number) => {
    let sum = 0;
    for (let k = 0; k < count && sum <= farthest; k++) {
      sum += ((sums[i * count + k] as number) -
        (sums[j * count + k] as number)) ** 2;
    }
    return sum <= farthest;
  };
  for (let table = 0; table < TABLES; table++) {
    const keys = new Float64Array(n);
    for (let k = table * PROJECTIONS; k < (table + 1) * PROJECTIONS; k++) {
      const offset = offsets[k] as number;
      for (let i = 0; i < n; i++) {
        keys[i] = (keys[i] as number) * 32 +
          (Math.floor((sums[i * count + k] as number) / CELL + offset) & 31);
      }
    }
    const rows = new Map<number, number[]>();
    for (let i = 0; i < n; i++) {
      const there = rows.get(keys[i] as number);
      if (there === undefined) {
        rows.set(keys[i] as number, [i]);
        continue;
      }
      for (const j of there) {
        if (!mayBeNear(i, j)) continue;
        if (areNear(units, { i: j, j: i, bound })) yield [j, i];
      }
      there.push(i);
    }
  }
}

/** Rows along `count` random directions, about as far apart as rows are: [n, count]; and where cells begin along each. */
function projected(
  units: readonly AskedFeatures[],
  { n, count, seed }: {
    readonly n: number;
    readonly count: number;
    readonly seed: number;
  },
): { readonly sums: Float64Array; readonly offsets: Float64Array } {
  const random = stream(seed, "asked", "projections");
  const offsets = new Float64Array(count);
  const directions = units.map(({ dimension }) =>
    new Float64Array(count * dimension)
  );
  for (let k = 0; k < count; k++) {
    for (const [kind, { dimension: d }] of units.entries()) {
      const own = directions[kind] as Float64Array;
      for (let c = 0; c < d; c++) {
        own[k * d + c] = random.normal() / Math.sqrt(units.length);
      }
    }
    offsets[k] = random.uniform();
  }
  const sums = new Float64Array(n * count);
  for (const [kind, { values, dimension: d }] of units.entries()) {
    const own = directions[kind] as Float64Array;
    for (let i = 0; i < n; i++) {
      for (let k = 0; k < count; k++) {
        let sum = 0;
        for (let c = 0; c < d; c++) {
          sum += (values[i * d + c] as number) * (own[k * d + c] as number);
        }
        sums[i * count + k] = (sums[i * count + k] as number) + sum;
      }
    }
  }
  return { sums, offsets };
}

function areNear(
  units: readonly AskedFeatures[],
  { i, j, bound }: {
    readonly i: number;
    readonly j: number;
    readonly bound: number;
  },
): boolean {
  let sum = 0;
  for (const kind of units) {
    const distance = distanceOf(kind, { i, j, most: 3 * bound });
    if (distance > 3 * bound + 1e-9) return false;
    sum += distance;
  }
  return sum <= bound * units.length + 1e-9;
}

/** Cosine distance of two unit rows, or, once it is above `most`, something above it. */
function distanceOf(
  { values, dimension: d }: AskedFeatures,
  { i, j, most }: {
    readonly i: number;
    readonly j: number;
    readonly most: number;
  },
): number {
  // The squared distance of unit vectors is twice their cosine distance.
  let sum = 0;
  for (let c = 0; c < d && sum <= 2 * most + 1e-9; c++) {
    sum += ((values[i * d + c] as number) - (values[j * d + c] as number)) ** 2;
  }
  return sum / 2;
}

/**
 * The cosine distance that one of ten examples keeps from its nearest of some
 * others: the other nine lie nearer to theirs, and may have copies.
 */
function usual(
  units: readonly AskedFeatures[],
  { n, seed }: { readonly n: number; readonly seed: number },
): number {
  const order = stream(seed, "asked", "neighbours").permutation(n)
    .subarray(0, 1000);
  const nearest = Array.from(order.subarray(0, 200), (i) => {
    let least = Infinity;
    for (const j of order) {
      if (i === j) continue;
      let sum = 0;
      for (const kind of units) {
        sum += distanceOf(kind, { i, j, most: least * units.length - sum });
      }
      least = Math.min(least, sum / units.length);
    }
    return least;
  }).sort((a, b) => a - b);
  return nearest[Math.floor(0.9 * nearest.length)] ?? 0;
}

/** Standardised features, each row of length 1. */
function unitRows(
  { values, dimension: d }: AskedFeatures,
  n: number,
): AskedFeatures {
  const means = new Float64Array(d);
  const squares = new Float64Array(d);
  for (let i = 0; i < n; i++) {
    for (let k = 0; k < d; k++) {
      const value = values[i * d + k] as number;
      means[k] = (means[k] as number) + value / n;
      squares[k] = (squares[k] as number) + value * value / n;
    }
  }
  const units = new Float32Array(n * d);
  for (let i = 0; i < n; i++) {
    let length = 0;
    for (let k = 0; k < d; k++) {
      const middle = means[k] as number;
      const variance = (squares[k] as number) - middle * middle;
      if (!(variance > 1e-12 * (squares[k] as number))) continue;
      const value = ((values[i * d + k] as number) - middle) /
        Math.sqrt(variance);
      units[i * d + k] = value;
      length += value * value;
    }
    if (length === 0) continue;
    for (let k = 0; k < d; k++) {
      units[i * d + k] = (units[i * d + k] as number) / Math.sqrt(length);
    }
  }
  return { values: units, dimension: d };
}

/**
 * How many directions unit vectors take as if they were independent: 1 over
 * the mean squared cosine of two of them, over a thousand random pairs.
 */
function directionsOf(units: readonly AskedFeatures[], n: number): number {
  const random = stream(1, "asked", "directions");
  let sum = 0;
  const PAIRS = 2000;
  for (let pair = 0; pair < PAIRS; pair++) {
    const [i, j] = [random.integer(n), random.integer(n)];
    if (i === j) continue;
    let cosine = 0;
    for (const { values, dimension: d } of units) {
      for (let k = 0; k < d; k++) {
        cosine += (values[i * d + k] as number) *
          (values[j * d + k] as number) /
          units.length;
      }
    }
    sum += cosine * cosine / PAIRS;
  }
  return 1 / sum;
}
