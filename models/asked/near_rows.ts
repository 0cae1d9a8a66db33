/**
 * Rows that are nearly equal in several kinds of features, found by random
 * projections.
 *
 * @module
 */
import type { AskedFeatures } from "../../data/asked/asked_set.ts";
import { stream } from "../../engine/define/random.ts";

/** A pair of rows, by their places. */
type Pair = readonly [number, number];

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

/**
 * Pairs of unit rows that are equal, or nearly so. Equal ones are always found,
 * of those at a fifth of the bound 99 of 100, at the bound nine of ten.
 */
export function* nearPairs(
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
export function usual(
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

/** Standardises features, each row to length 1, in the place of what they were: there may be hundreds of megabytes of them. */
export function toUnitRows(
  { values, dimension: d }: AskedFeatures,
  n: number,
): void {
  const means = new Float64Array(d);
  const squares = new Float64Array(d);
  for (let i = 0; i < n; i++) {
    for (let k = 0; k < d; k++) {
      const value = values[i * d + k] as number;
      means[k] = (means[k] as number) + value / n;
      squares[k] = (squares[k] as number) + value * value / n;
    }
  }
  for (let i = 0; i < n; i++) {
    let length = 0;
    for (let k = 0; k < d; k++) {
      const middle = means[k] as number;
      const variance = (squares[k] as number) - middle * middle;
      const varies = variance > 1e-12 * (squares[k] as number);
      const value = varies
        ? ((values[i * d + k] as number) - middle) / Math.sqrt(variance)
        : 0;
      values[i * d + k] = value;
      length += value * value;
    }
    if (length === 0) continue;
    for (let k = 0; k < d; k++) {
      values[i * d + k] = (values[i * d + k] as number) / Math.sqrt(length);
    }
  }
}

/**
 * How many directions unit vectors take as if they were independent: 1 over
 * the mean squared cosine of two of them, over a thousand random pairs.
 */
export function directionsOf(
  units: readonly AskedFeatures[],
  n: number,
): number {
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
