/**
 * A linear world for the theory: two classes of points of R^d, of which a
 * reference distribution shows only the k-dimensional subspace W.
 *
 * In an orthonormal basis whose first k vectors span W, a point of class
 * y = ±1 has these coordinates, independent given y:
 *
 * - a spurious one, the first if there is one: exactly ±1, with the sign of y
 *   with probability (1 + correlation) / 2;
 * - the others in W: normal with variance 1, mean y · within / √(their number);
 * - those off W: zero in a distribution that stays in W, else normal with
 *   variance 1 and mean y · beyond / √(their number).
 *
 * So logistic regression without intercept is the true model of each of these
 * distributions: the log odds are linear in the coordinates.
 *
 * @module
 */
import { stream } from "../../engine/define/random.ts";
import type { LabelledPoints } from "./labelled_points.ts";

/** The world that all distributions of one experiment share. */
export interface SubspaceWorld {
  /** Number of coordinates of a point, d. */
  readonly dimension: number;
  /** Dimension of W, k; below d. */
  readonly span: number;
  /** Whether the first coordinate in W is the spurious one. */
  readonly spurious: boolean;
  /** Distance of a class's mean from the origin. */
  readonly signal: {
    /** Distance in W, the spurious coordinate aside. */
    readonly within: number;
    /** Distance off W. */
    readonly beyond: number;
  };
  /** Seed of the basis and of every sample. */
  readonly seed: number;
}

/** A sample of one distribution of a world. */
export interface SampleOptions {
  /** Number of points. */
  readonly n: number;
  /** Correlation of the spurious coordinate with the label, −1 … 1. */
  readonly correlation: number;
  /** Whether the points leave W. */
  readonly leavesSpan: boolean;
  /** Name of the sample: samples of different names are independent. */
  readonly name: string;
}

/**
 * The orthonormal basis of a world: [dimension, dimension], one vector a row,
 * the first `span` of them spanning W. Normal vectors, made orthonormal by
 * Gram and Schmidt's method, twice for accuracy.
 *
 * @throws {RangeError} unless 1 ≤ span < dimension, or if a spurious coordinate
 * has no other one beside it
 */
export function basisOf(world: SubspaceWorld): Float64Array {
  const { dimension: d, span, spurious, seed } = world;
  if (!(span >= 1 && span < d)) {
    throw new RangeError(
      `Cannot make a world of ${d} dimensions: a subspace of ${span} is not between 1 and ${
        d - 1
      }`,
    );
  }
  if (spurious && span < 2) {
    throw new RangeError(
      "Cannot make a world with a spurious coordinate: its subspace has no dimension for another one",
    );
  }
  const random = stream(seed, "basis");
  const basis = Float64Array.from({ length: d * d }, () => random.normal());
  const row = (i: number) => basis.subarray(i * d, (i + 1) * d);
  for (let i = 0; i < d; i++) {
    const vector = row(i);
    for (let pass = 0; pass < 2; pass++) {
      for (let j = 0; j < i; j++) {
        const other = row(j);
        const overlap = dot(vector, other);
        for (const [c, value] of other.entries()) {
          vector[c] = (vector[c] ?? 0) - overlap * value;
        }
      }
      const length = Math.sqrt(dot(vector, vector));
      for (const [c, value] of vector.entries()) vector[c] = value / length;
    }
  }
  return basis;
}

/**
 * Draws a sample.
 *
 * @throws {RangeError} if the correlation is not between −1 and 1
 */
export function drawSample(
  world: SubspaceWorld,
  { n, correlation, leavesSpan, name }: SampleOptions,
): LabelledPoints {
  if (!(Math.abs(correlation) <= 1)) {
    throw new RangeError(
      `Cannot draw the sample "${name}": its correlation is ${correlation}, not between −1 and 1`,
    );
  }
  const { dimension: d, span, spurious, signal, seed } = world;
  const basis = basisOf(world);
  const random = stream(seed, "sample", name);
  const first = spurious ? 1 : 0;
  const within = signal.within / Math.sqrt(span - first);
  const beyond = signal.beyond / Math.sqrt(d - span);
  const inputs = new Float64Array(n * d);
  const labels = Int32Array.from({ length: n }, (_, i) => {
    const label = random.uniform() < 0.5 ? 1 : -1;
    const point = inputs.subarray(i * d, (i + 1) * d);
    for (let j = 0; j < (leavesSpan ? d : span); j++) {
      const coordinate = j < first
        ? (random.uniform() < (1 + correlation) / 2 ? label : -label)
        : label * (j < span ? within : beyond) + random.normal();
      for (let c = 0; c < d; c++) {
        point[c] = (point[c] ?? 0) + coordinate * (basis[j * d + c] ?? 0);
      }
    }
    return label;
  });
  return { inputs, labels, dimension: d };
}

function dot(a: Float64Array, b: Float64Array): number {
  return a.reduce((sum, value, i) => sum + value * (b[i] ?? 0), 0);
}
