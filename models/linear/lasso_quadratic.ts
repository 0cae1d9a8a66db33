/**
 * Minimising a convex quadratic function with an L1 penalty, in float64.
 *
 * @module
 */
import { dot, largest } from "./past_steps.ts";
import { project } from "./products.ts";

/** The function s·slopes + s·matrix·s / 2 + Σ penaltyᵢ |xᵢ + sᵢ| of a step s. */
export interface LassoQuadratic {
  /** Where the step begins: [n]. */
  readonly x: Float64Array;
  /** [n]. */
  readonly slopes: Float64Array;
  /** Symmetric and positive definite, nearly singular at worst: [n, n]. */
  readonly matrix: Float64Array;
  /** Not negative: [n]. */
  readonly penalties: Float64Array;
}

/** Sweeps over all variables before those that are not zero move together. */
const SWEEPS = 3;

/** Steps of conjugate gradients in one such move. */
const CONJUGATE_STEPS = 20;

/** Shares of such a move that are tried. */
const SHARES = [1, 1 / 4, 1 / 16, 1 / 64] as const;

/** What is left of a variable that is to be zero, by rounding. */
const ROUNDING = 1e-12;

/** After so many rounds of both it is near enough. */
const MOST_ROUNDS = 50;

/** A point, and the slopes of the quadratic there. */
interface Place {
  readonly at: Float64Array;
  readonly slopes: Float64Array;
}

/**
 * The step to the minimum, nearly: in turns by coordinate descent (Friedman,
 * Hastie and Tibshirani 2010, doi:10.18637/jss.v033.i01), which finds the
 * variables that are not zero, and by conjugate gradients among those (Nocedal
 * and Wright, Numerical Optimization, 2nd ed., section 16.7), which finds their
 * values where many of them go together. No turn leads uphill.
 *
 * @param tolerance how much of a slope the last sweep may have made up for at most
 */
export function lassoStep(
  quadratic: LassoQuadratic,
  tolerance: number,
): Float64Array {
  const { x } = quadratic;
  const place: Place = { at: x.slice(), slopes: quadratic.slopes.slice() };
  for (let round = 0; round < MOST_ROUNDS; round++) {
    let most = Infinity;
    for (let i = 0; i < SWEEPS && most > tolerance; i++) {
      most = sweep(quadratic, place);
    }
    if (most <= tolerance) break;
    moveTogether(quadratic, { place, tolerance });
  }
  return place.at.map((value, i) => value - (x[i] as number));
}

/** Moves each variable to its minimum in turn; gives the largest slope that one of them had to make up for. */
function sweep(
  { matrix, penalties }: LassoQuadratic,
  { at, slopes }: Place,
): number {
  const n = at.length;
  let most = 0;
  for (let i = 0; i < n; i++) {
    const from = at[i] as number;
    const own = matrix[i * n + i] as number;
    const free = from - (slopes[i] as number) / own;
    const size = Math.abs(free) - (penalties[i] as number) / own;
    const to = size > 0 ? Math.sign(free) * size : 0;
    if (to === from) continue;
    at[i] = to;
    addRow(matrix, { row: i, times: to - from, into: slopes });
    most = Math.max(most, Math.abs(to - from) * own);
  }
  return most;
}

/**
 * Moves all variables that are not zero to their common minimum, those that
 * would change their sign to zero; where that leads uphill, all of them until
 * the first is zero, as it is to be where another combination of them does as
 * well at less of a penalty.
 */
function moveTogether(
  { matrix, penalties }: LassoQuadratic,
  { place: { at, slopes }, tolerance }: {
    readonly place: Place;
    readonly tolerance: number;
  },
): void {
  const n = at.length;
  const active = [...at.keys()].filter((i) => at[i] !== 0);
  const downhill = Float64Array.from(
    active,
    (i) =>
      -(slopes[i] as number) -
      Math.sign(at[i] as number) * (penalties[i] as number),
  );
  const wanted = conjugateSteps(
    partOf(matrix, { n, rows: active }),
    { downhill, tolerance },
  );
  const first = active.reduce((least, i, k) => {
    const until = -(at[i] as number) / (wanted[k] as number);
    const isPenalised = (penalties[i] as number) > 0;
    return isPenalised && until > 0 ? Math.min(least, until) : least;
  }, 1);
  for (const share of [...SHARES, first]) {
    const moves = new Float64Array(n);
    const change = new Float64Array(n); // of the slopes
    let rise = 0;
    for (const [k, i] of active.entries()) {
      const from = at[i] as number;
      const move = share * (wanted[k] as number);
      const penalty = penalties[i] as number;
      const isOver = (from + move) * from <= ROUNDING * from * from;
      const to = penalty > 0 && isOver ? 0 : from + move;
      const taken = to - from;
      moves[i] = taken;
      rise += (slopes[i] as number) * taken +
        penalty * (Math.abs(to) - Math.abs(from));
      addRow(matrix, { row: i, times: taken, into: change });
    }
    for (const i of active) {
      rise += (moves[i] as number) * (change[i] as number) / 2;
    }
    if (!(rise <= 0)) continue;
    for (let i = 0; i < n; i++) {
      at[i] = (at[i] as number) + (moves[i] as number);
      slopes[i] = (slopes[i] as number) + (change[i] as number);
    }
    return;
  }
}

/** Some rows and columns of a matrix [n, n], as rows of a whole number of fours. */
function partOf(
  matrix: Float64Array,
  { n, rows }: { readonly n: number; readonly rows: readonly number[] },
): Float64Array {
  const size = rows.length;
  const part = new Float64Array(4 * Math.ceil(size / 4) * size);
  for (const [k, row] of rows.entries()) {
    for (let l = 0; l < size; l++) {
      part[k * size + l] = matrix[row * n + (rows[l] as number)] as number;
    }
  }
  return part;
}

/** Nearly the solution of matrix · z = downhill, by conjugate gradients scaled by the diagonal. */
function conjugateSteps(
  matrix: Float64Array,
  { downhill, tolerance }: {
    readonly downhill: Float64Array;
    readonly tolerance: number;
  },
): Float64Array {
  const n = downhill.length;
  const scaled = (values: Float64Array) =>
    values.map((value, k) => value / (matrix[k * n + k] as number));
  const z = new Float64Array(n);
  const left = downhill.slice();
  const product = new Float64Array(4 * Math.ceil(n / 4));
  let along = scaled(left);
  let size = dot(left, along);
  for (let step = 0; step < CONJUGATE_STEPS; step++) {
    project(matrix, { onto: along, into: product });
    const curvature = dot(along, product);
    if (!(curvature > 0)) break;
    const by = size / curvature;
    for (let k = 0; k < n; k++) {
      z[k] = (z[k] as number) + by * (along[k] as number);
      left[k] = (left[k] as number) - by * (product[k] as number);
    }
    if (largest(left) <= tolerance / 2) break;
    const next = scaled(left);
    const nextSize = dot(left, next);
    const ratio = nextSize / size;
    along = next.map((value, k) => value + ratio * (along[k] as number));
    size = nextSize;
  }
  return z;
}

/** Adds a multiple of a row of a square matrix. */
function addRow(
  matrix: Float64Array,
  { row, times, into }: {
    readonly row: number;
    readonly times: number;
    readonly into: Float64Array;
  },
): void {
  const n = into.length;
  const from = row * n;
  for (let k = 0; k < n; k++) {
    into[k] = (into[k] as number) + times * (matrix[from + k] as number);
  }
}
