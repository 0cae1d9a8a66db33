/**
 * Rows that are nearly equal in several kinds of features, found by random
 * projections.
 *
 * @module
 */
import { stream } from "../../engine/define/random.ts";
import type { FeatureRows } from "./feature_rows.ts";

/** One kind of features of all examples, standardised, each row of length 1: made of them when a row is read. */
export interface UnitRows {
  /** Number of features of an example. */
  readonly dimension: number;
  /** Writes the row of an example to `into`: [dimension]. */
  read(i: number, into: Float32Array): void;
}

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
  units: readonly UnitRows[],
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
  const [own, other] = [emptyRows(units), emptyRows(units)];
  let read = -1;
  const areNear = (i: number, j: number) => {
    if (read !== i) readAll(units, i, own);
    read = i;
    readAll(units, j, other);
    return areNearlySame(own, other, bound);
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
        if (areNear(i, j)) yield [j, i];
      }
      there.push(i);
    }
  }
}

/** Rows along `count` random directions, about as far apart as rows are: [n, count]; and where cells begin along each. */
function projected(
  units: readonly UnitRows[],
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
  for (const [kind, { dimension: d, read }] of units.entries()) {
    const own = directions[kind] as Float64Array;
    const row = new Float32Array(d);
    for (let i = 0; i < n; i++) {
      read(i, row);
      for (let k = 0; k < count; k++) {
        let sum = 0;
        for (let c = 0; c < d; c++) {
          sum += (row[c] as number) * (own[k * d + c] as number);
        }
        sums[i * count + k] = (sums[i * count + k] as number) + sum;
      }
    }
  }
  return { sums, offsets };
}

/** Rows of one example, a kind each. */
type Rows = readonly Float32Array[];

function emptyRows(units: readonly UnitRows[]): Rows {
  return units.map(({ dimension }) => new Float32Array(dimension));
}

function readAll(units: readonly UnitRows[], i: number, into: Rows): void {
  for (const [kind, { read }] of units.entries()) {
    read(i, into[kind] as Float32Array);
  }
}

function areNearlySame(first: Rows, second: Rows, bound: number): boolean {
  let sum = 0;
  for (const [kind, row] of first.entries()) {
    const distance = distanceOf(row, second[kind] as Float32Array, 3 * bound);
    if (distance > 3 * bound + 1e-9) return false;
    sum += distance;
  }
  return sum <= bound * first.length + 1e-9;
}

/** Cosine distance of two unit rows, or, once it is above `most`, something above it. */
function distanceOf(a: Float32Array, b: Float32Array, most: number): number {
  // The squared distance of unit vectors is twice their cosine distance.
  let sum = 0;
  for (let c = 0; c < a.length && sum <= 2 * most + 1e-9; c++) {
    sum += ((a[c] as number) - (b[c] as number)) ** 2;
  }
  return sum / 2;
}

/**
 * The cosine distance that one of ten examples keeps from its nearest of some
 * others: the other nine lie nearer to theirs, and may have copies.
 */
export function usual(
  units: readonly UnitRows[],
  { n, seed }: { readonly n: number; readonly seed: number },
): number {
  const some = Array.from(
    stream(seed, "asked", "neighbours").permutation(n).subarray(0, 1000),
    (i): Rows => {
      const rows = emptyRows(units);
      readAll(units, i, rows);
      return rows;
    },
  );
  const nearest = some.slice(0, 200).map((own) => {
    let least = Infinity;
    for (const other of some) {
      if (own === other) continue;
      let sum = 0;
      for (const [kind, row] of own.entries()) {
        const most = least * units.length - sum;
        sum += distanceOf(row, other[kind] as Float32Array, most);
      }
      least = Math.min(least, sum / units.length);
    }
    return least;
  }).sort((a, b) => a - b);
  return nearest[Math.floor(0.9 * nearest.length)] ?? 0;
}

/** Features standardised over all examples, each row to length 1. No copy is kept of what may be hundreds of megabytes. */
export function unitRows(
  { dimension: d, row }: FeatureRows,
  n: number,
): UnitRows {
  const means = new Float64Array(d);
  const squares = new Float64Array(d);
  for (let i = 0; i < n; i++) {
    const values = row(i);
    for (let k = 0; k < d; k++) {
      const value = values[k] as number;
      means[k] = (means[k] as number) + value / n;
      squares[k] = (squares[k] as number) + value * value / n;
    }
  }
  /** 0 for a feature that does not vary. */
  const deviations = squares.map((square, k) => {
    const middle = means[k] as number;
    const variance = square - middle * middle;
    return variance > 1e-12 * square ? Math.sqrt(variance) : 0;
  });
  return {
    dimension: d,
    read(i, into) {
      const values = row(i);
      let squared = 0;
      for (let k = 0; k < d; k++) {
        const deviation = deviations[k] as number;
        const value = deviation === 0
          ? 0
          : ((values[k] as number) - (means[k] as number)) / deviation;
        into[k] = value;
        squared += value * value;
      }
      if (squared === 0) return;
      const length = Math.sqrt(squared);
      for (let k = 0; k < d; k++) into[k] = (into[k] as number) / length;
    },
  };
}

/**
 * How many directions unit vectors take as if they were independent: 1 over
 * the mean squared cosine of two of them, over a thousand random pairs.
 */
export function directionsOf(units: readonly UnitRows[], n: number): number {
  const random = stream(1, "asked", "directions");
  const [first, second] = [emptyRows(units), emptyRows(units)];
  let sum = 0;
  const PAIRS = 2000;
  for (let pair = 0; pair < PAIRS; pair++) {
    const [i, j] = [random.integer(n), random.integer(n)];
    if (i === j) continue;
    readAll(units, i, first);
    readAll(units, j, second);
    let cosine = 0;
    for (const [kind, row] of first.entries()) {
      const other = second[kind] as Float32Array;
      for (let k = 0; k < row.length; k++) {
        cosine += (row[k] as number) * (other[k] as number) / units.length;
      }
    }
    sum += cosine * cosine / PAIRS;
  }
  return 1 / sum;
}
