/**
 * Ridge regressions of many targets on the same inputs, each example predicted
 * by those that did not see its fold. The inputs are factorised once a fold,
 * so that a hundred targets cost little more than one: that is what random
 * splits of two sets are.
 *
 * @module
 */
import type { Features } from "../prediction/features.ts";
import { choleskyInPlace, solveInPlace } from "./cholesky.ts";
import { gram } from "./products.ts";
import { rowCoordinates } from "./row_coordinates.ts";

/** Inputs of examples, and what may be learnt from which. */
export interface CrossRidgeOptions {
  /** Kinds of features that are put side by side: the same examples in all. */
  readonly features: readonly Features[];
  /** Fold of each example: [n]. */
  readonly folds: Uint8Array;
  /** Class of each example: inputs and targets are taken about their means in a class, so that what differs between classes teaches nothing. Null for one class. */
  readonly strata: Int32Array | null;
  /** 1 for each example that may be learnt from: all where left out. */
  readonly training?: Uint8Array;
  /** Weight of the penalty on standardised inputs. */
  readonly penalty: number;
}

/**
 * Predicts targets, [n] each: x·w of every example, w from the other folds.
 * Intercepts of classes are not part of it.
 *
 * @param rows where given, the only examples whose targets are not 0, and that are predicted
 */
export type CrossRidge = (
  targets: readonly Float64Array[],
  rows?: Uint32Array,
) => readonly Float64Array[];

/** Predictions are made for so many targets at once. */
const BATCH = 32;

/**
 * What predicts targets by ridge regression on the other folds: the w that
 * minimises Σ (y − x·w)² + penalty ‖w‖², x standardised over all examples that
 * may be learnt from, x and y taken about their means in a class of those
 * folds. For two sets as targets ±1 this is Fisher's discriminant, shrunk.
 *
 * A fold beside which nothing is left to learn from is predicted as 0.
 *
 * @throws {RangeError} if the features are not of as many examples as there are folds
 */
export function crossRidge(
  { features, folds, strata, training, penalty }: CrossRidgeOptions,
): CrossRidge {
  const n = folds.length;
  for (const { values, dimension } of features) {
    if (values.length !== n * dimension) {
      throw new RangeError(
        `Cannot regress on ${values.length} values: ${n} examples of ${dimension} features need ${
          n * dimension
        }`,
      );
    }
  }
  const isTaught = (i: number) => training === undefined || training[i] === 1;
  const own = standardised(features, { n, isTaught });
  const { inputs, d } = rowCoordinates(own, n);
  const classes = strata === null ? 1 : 1 + strata.reduce(
    (most, value) => Math.max(most, value),
    0,
  );
  const classOf = (i: number) => strata === null ? 0 : strata[i] as number;
  const about = aboutClassMeans(inputs, { d, classes, classOf, isTaught });
  const names = [...new Set(folds)].sort((a, b) => a - b);
  const held = names.map((fold) => rowsWhere(n, (i) => folds[i] === fold));
  const taught = held.map((rows) => rows.filter(isTaught));
  const inClasses = { d, classes, classOf };
  const ofInputs = withoutEach(
    taught.map((rows) => sumByClass(about, { rows, ...inClasses })),
  );
  const sizes = withoutEach(
    taught.map((rows) =>
      sumByClass(new Float64Array(n).fill(1), { ...inClasses, rows, d: 1 })
    ),
  );
  const factors = withoutEach(
    taught.map((rows) => gram(about, { rows, d })),
  ).map((product, k) => {
    takeOutSquares(product, {
      ofInputs: ofInputs[k] as Float64Array,
      sizes: sizes[k] as Float64Array,
    });
    for (let k = 0; k < d; k++) {
      product[k * d + k] = (product[k * d + k] as number) + penalty;
    }
    choleskyInPlace(product, d);
    return product;
  });
  return (targets, only) => {
    const results = targets.map(() => new Float64Array(n));
    const isAsked = new Uint8Array(n).fill(only === undefined ? 1 : 0);
    for (const i of only ?? []) isAsked[i] = 1;
    const asked = (rows: Uint32Array) =>
      only === undefined ? rows : rows.filter((i) => isAsked[i] === 1);
    const [heldAsked, taughtAsked] = [held.map(asked), taught.map(asked)];
    for (let start = 0; start < targets.length; start += BATCH) {
      const into = results.slice(start, start + BATCH);
      const count = into.length;
      const sides = new Float64Array(n * count);
      for (const [b, target] of targets.slice(start, start + BATCH).entries()) {
        for (let i = 0; i < n; i++) sides[i * count + b] = target[i] as number;
      }
      const moments = withoutEach(
        taughtAsked.map((rows) => momentsOf(about, { rows, sides, d, count })),
      );
      const ofSides = withoutEach(
        taughtAsked.map((rows) =>
          sumByClass(sides, { ...inClasses, rows, d: count })
        ),
      );
      for (const [k, rows] of heldAsked.entries()) {
        const weights = moments[k] as Float64Array;
        takeOutMeans(weights, {
          ofInputs: ofInputs[k] as Float64Array,
          ofSides: ofSides[k] as Float64Array,
          sizes: sizes[k] as Float64Array,
          count,
        });
        solveInPlace(factors[k] as Float64Array, { d, sides: weights, count });
        predict(inputs, { rows, weights, d, into });
      }
    }
    return results;
  };
}

/** Of some parts, the sum of all others, for each: in the place of the parts. */
function withoutEach(parts: readonly Float64Array[]): readonly Float64Array[] {
  const total = new Float64Array(parts[0]?.length ?? 0);
  for (const part of parts) {
    for (let k = 0; k < total.length; k++) {
      total[k] = (total[k] as number) + (part[k] as number);
    }
  }
  for (const part of parts) {
    for (let k = 0; k < total.length; k++) {
      part[k] = (total[k] as number) - (part[k] as number);
    }
  }
  return parts;
}

function rowsWhere(n: number, holds: (i: number) => boolean): Uint32Array {
  const rows = new Uint32Array(n);
  let count = 0;
  for (let i = 0; i < n; i++) if (holds(i)) rows[count++] = i;
  return rows.slice(0, count);
}

/** All features side by side, each with mean 0 and deviation 1 among examples that may be learnt from; one that is constant there is 0. */
function standardised(
  features: readonly Features[],
  { n, isTaught }: {
    readonly n: number;
    readonly isTaught: (i: number) => boolean;
  },
): Float64Array {
  const taught = rowsWhere(n, isTaught);
  const d = features.reduce((sum, { dimension }) => sum + dimension, 0);
  const inputs = new Float64Array(n * d);
  let column = 0;
  for (const { values, dimension } of features) {
    const means = new Float64Array(dimension);
    const squares = new Float64Array(dimension);
    for (const i of taught) {
      for (let k = 0; k < dimension; k++) {
        means[k] = (means[k] as number) + (values[i * dimension + k] as number);
      }
    }
    for (let k = 0; k < dimension; k++) {
      means[k] = (means[k] as number) / Math.max(1, taught.length);
    }
    for (let i = 0; i < n; i++) {
      const counts = isTaught(i) ? 1 : 0;
      for (let k = 0; k < dimension; k++) {
        const off = (values[i * dimension + k] as number) -
          (means[k] as number);
        inputs[i * d + column + k] = off;
        squares[k] = (squares[k] as number) + counts * off * off;
      }
    }
    const scales = squares.map((square, k) => {
      const deviation = Math.sqrt(square / Math.max(1, taught.length));
      return deviation > 1e-6 * Math.abs(means[k] as number)
        ? 1 / deviation
        : 0;
    });
    for (let i = 0; i < n; i++) {
      const place = i * d + column;
      for (let k = 0; k < dimension; k++) {
        inputs[place + k] = (inputs[place + k] as number) *
          (scales[k] as number);
      }
    }
    column += dimension;
  }
  return inputs;
}

/** Classes of examples. */
interface Classes {
  readonly d: number;
  readonly classes: number;
  readonly classOf: (i: number) => number;
}

/** Inputs about their means among the examples of a class that may be learnt from. */
function aboutClassMeans(
  inputs: Float64Array,
  { d, classes, classOf, isTaught }: Classes & {
    readonly isTaught: (i: number) => boolean;
  },
): Float64Array {
  const n = inputs.length / d;
  const sums = new Float64Array(classes * d);
  const counts = new Float64Array(classes);
  for (const i of rowsWhere(n, isTaught)) {
    const c = classOf(i);
    counts[c] = (counts[c] as number) + 1;
    for (let k = 0; k < d; k++) {
      sums[c * d + k] = (sums[c * d + k] as number) +
        (inputs[i * d + k] as number);
    }
  }
  const about = new Float64Array(inputs.length);
  for (let i = 0; i < n; i++) {
    const c = classOf(i);
    for (let k = 0; k < d; k++) {
      about[i * d + k] = (inputs[i * d + k] as number) -
        (sums[c * d + k] as number) / Math.max(1, counts[c] as number);
    }
  }
  return about;
}

/** Sum over some rows in each class of numbers, `d` an example: [classes, d]. */
function sumByClass(
  values: Float64Array,
  { rows, d, classes, classOf }: Classes & { readonly rows: Uint32Array },
): Float64Array {
  const sums = new Float64Array(classes * d);
  for (const i of rows) {
    const from = classOf(i) * d;
    for (let k = 0; k < d; k++) {
      sums[from + k] = (sums[from + k] as number) +
        (values[i * d + k] as number);
    }
  }
  return sums;
}

/** Σ x y over some rows: [d, count]. Four rows at a time, added up in their order. */
function momentsOf(
  about: Float64Array,
  { rows, sides, d, count }: {
    readonly rows: Uint32Array;
    /** Targets, side by side: [n, count]. */
    readonly sides: Float64Array;
    readonly d: number;
    readonly count: number;
  },
): Float64Array {
  const moments = new Float64Array(d * count);
  const whole = rows.length - rows.length % 4;
  for (let r = 0; r < whole; r += 4) {
    const [i, j, l, m] = [rows[r], rows[r + 1], rows[r + 2], rows[r + 3]] as [
      number,
      number,
      number,
      number,
    ];
    const [ofI, ofJ, ofL, ofM] = [i * count, j * count, l * count, m * count];
    for (let k = 0; k < d; k++) {
      const xi = about[i * d + k] as number;
      const xj = about[j * d + k] as number;
      const xl = about[l * d + k] as number;
      const xm = about[m * d + k] as number;
      const to = k * count;
      for (let b = 0; b < count; b++) {
        moments[to + b] = (moments[to + b] as number) +
          xi * (sides[ofI + b] as number) + xj * (sides[ofJ + b] as number) +
          xl * (sides[ofL + b] as number) + xm * (sides[ofM + b] as number);
      }
    }
  }
  for (let r = whole; r < rows.length; r++) {
    const i = rows[r] as number;
    const from = i * count;
    for (let k = 0; k < d; k++) {
      const x = about[i * d + k] as number;
      const to = k * count;
      for (let b = 0; b < count; b++) {
        moments[to + b] = (moments[to + b] as number) +
          x * (sides[from + b] as number);
      }
    }
  }
  return moments;
}

/** Makes Σ x xᵀ, in the lower triangle, that of x about its mean in the class: the means of all folds were taken out before, and those of some folds differ. */
function takeOutSquares(
  product: Float64Array,
  { ofInputs, sizes }: {
    readonly ofInputs: Float64Array;
    readonly sizes: Float64Array;
  },
): void {
  const d = Math.sqrt(product.length);
  for (const [c, size] of sizes.entries()) {
    if (size === 0) continue;
    for (let i = 0; i < d; i++) {
      const mean = (ofInputs[c * d + i] as number) / size;
      for (let j = 0; j <= i; j++) {
        product[i * d + j] = (product[i * d + j] as number) -
          mean * (ofInputs[c * d + j] as number);
      }
    }
  }
}

/** Makes Σ x y the Σ x (y − mean of y in the class). */
function takeOutMeans(
  moments: Float64Array,
  { ofInputs, ofSides, sizes, count }: {
    readonly ofInputs: Float64Array;
    readonly ofSides: Float64Array;
    readonly sizes: Float64Array;
    readonly count: number;
  },
): void {
  const d = moments.length / count;
  for (const [c, size] of sizes.entries()) {
    if (size === 0) continue;
    for (let k = 0; k < d; k++) {
      const x = (ofInputs[c * d + k] as number) / size;
      for (let b = 0; b < count; b++) {
        moments[k * count + b] = (moments[k * count + b] as number) -
          x * (ofSides[c * count + b] as number);
      }
    }
  }
}

/** Writes x·w of some rows; four inputs at a time, added up in their order. */
function predict(
  inputs: Float64Array,
  { rows, weights, d, into }: {
    readonly rows: Uint32Array;
    readonly weights: Float64Array;
    readonly d: number;
    readonly into: readonly Float64Array[];
  },
): void {
  const count = into.length;
  const sums = new Float64Array(count);
  const whole = d - d % 4;
  for (let r = 0; r < rows.length; r++) {
    const i = rows[r] as number;
    const at = i * d;
    sums.fill(0);
    for (let k = 0; k < whole; k += 4) {
      const x = inputs[at + k] as number;
      const y = inputs[at + k + 1] as number;
      const z = inputs[at + k + 2] as number;
      const u = inputs[at + k + 3] as number;
      const ofX = k * count;
      const [ofY, ofZ, ofU] = [
        ofX + count,
        ofX + 2 * count,
        ofX + 3 * count,
      ] as const;
      for (let b = 0; b < count; b++) {
        sums[b] = (sums[b] as number) + x * (weights[ofX + b] as number) +
          y * (weights[ofY + b] as number) + z * (weights[ofZ + b] as number) +
          u * (weights[ofU + b] as number);
      }
    }
    for (let k = whole; k < d; k++) {
      const x = inputs[at + k] as number;
      const from = k * count;
      for (let b = 0; b < count; b++) {
        sums[b] = (sums[b] as number) + x * (weights[from + b] as number);
      }
    }
    for (let b = 0; b < count; b++) {
      (into[b] as Float64Array)[i] = sums[b] as number;
    }
  }
}
