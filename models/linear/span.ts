/**
 * The subspace W that some points span, by singular values.
 *
 * @module
 */
import { Matrix, SingularValueDecomposition } from "ml-matrix";
import type { LabelledPoints } from "../../data/datasets/labelled_points.ts";

/** What the matrix X of the points, one a row, tells of them. */
export interface Span {
  /** Orthonormal basis of W: [rank, dimension], one vector a row. */
  readonly basis: Matrix;
  /** Largest singular value of X, its operator norm. */
  readonly norm: number;
}

/** Singular values below this share of the largest are rounding errors. */
const NEGLIGIBLE = 1e-10;

/**
 * The span of some points.
 *
 * @throws {RangeError} if they span nothing: there are none, or all are zero
 */
export function spanOf({ inputs, labels, dimension }: LabelledPoints): Span {
  const n = labels.length;
  if (!inputs.some((value) => value !== 0)) {
    throw new RangeError(
      `Cannot find the span of ${n} points: none differs from zero`,
    );
  }
  const rows = Array.from(
    { length: n },
    (_, i) => inputs.subarray(i * dimension, (i + 1) * dimension),
  );
  const { diagonal, rightSingularVectors } = new SingularValueDecomposition(
    new Matrix(rows),
    { autoTranspose: true, computeLeftSingularVectors: n < dimension },
  );
  const norm = diagonal.reduce((a, b) => Math.max(a, b), -Infinity);
  const kept = diagonal.flatMap((value, i) =>
    value > NEGLIGIBLE * norm ? [i] : []
  );
  return {
    basis: rightSingularVectors.transpose().subMatrixRow(kept),
    norm,
  };
}

/** The part of a vector in W, P_W v; what is left of v is its part off W. */
export function projectOnto(
  { basis }: Span,
  vector: Float64Array,
): Float64Array {
  const column = Matrix.columnVector(vector);
  return Float64Array.from(
    basis.transpose().mmul(basis.mmul(column)).to1DArray(),
  );
}

/** Euclidean length of the difference of two vectors. */
export function distance(a: Float64Array, b: Float64Array): number {
  return Math.hypot(...a.map((value, i) => value - (b[i] ?? 0)));
}
