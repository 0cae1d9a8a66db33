/** Random problems of logistic regression that have a minimum, and their minimum by Newton's method. */
import fc from "../property.ts";
import { Matrix, solve } from "ml-matrix";
import type { LabelledPoints } from "../../data/datasets/labelled_points.ts";
import { basisOf } from "../../data/datasets/subspace_world.ts";
import { stream } from "../../engine/define/random.ts";
import { spanOf } from "../../models/linear/span.ts";

/** Points of R^d that span k dimensions, and two starts. */
export interface LinearProblem {
  readonly points: LabelledPoints;
  readonly span: number;
  readonly starts: readonly [Float64Array, Float64Array];
}

/**
 * Random points as combinations of k random orthonormal directions. Each
 * direction itself is a point with both labels: then no hyperplane can put
 * every point on its side, and the loss has a minimum, well curved.
 */
export const linearProblem: fc.Arbitrary<LinearProblem> = fc.record({
  seed: fc.integer(),
  dimension: fc.integer({ min: 2, max: 6 }),
  share: fc.double({ min: 0, max: 0.999, noNaN: true }),
  extra: fc.integer({ min: 0, max: 20 }),
  scale: fc.constantFrom(0.3, 1, 3),
}).map(({ seed, dimension: d, share, extra, scale }) => {
  const random = stream(seed, "linear problem");
  const span = 1 + Math.floor(share * (d - 1));
  const normals = (n: number) => Array.from({ length: n }, random.normal);
  const basis = basisOf({
    dimension: d,
    span,
    spurious: false,
    signal: { within: 0, beyond: 0 },
    seed,
  });
  const directions = Array.from(
    { length: span },
    (_, j) => Array.from(basis.subarray(j * d, (j + 1) * d)),
  );
  const combination = () => {
    const weights = normals(span).map((value) => scale * value);
    return Array.from(
      { length: d },
      (_, c) =>
        directions.reduce(
          (sum, direction, j) => sum + (weights[j] ?? 0) * (direction[c] ?? 0),
          0,
        ),
    );
  };
  const twice = directions.map((direction) =>
    direction.map((value) => scale * value)
  );
  const once = Array.from({ length: extra }, combination);
  return {
    span,
    points: {
      inputs: Float64Array.from([...twice, ...twice, ...once].flat()),
      labels: Int32Array.from([
        ...twice.map(() => 1),
        ...twice.map(() => -1),
        ...once.map(() => random.uniform() < 0.5 ? 1 : -1),
      ]),
      dimension: d,
    },
    starts: [
      Float64Array.from(normals(d)),
      Float64Array.from(normals(d).map((value) => 3 * value)),
    ],
  };
});

/** The minimum in the span, by Newton's method: steps halved at first, whole in the end. */
export function newtonMinimum(points: LabelledPoints): Float64Array {
  const { basis } = spanOf(points);
  const { inputs, labels, dimension: d } = points;
  const rows = Array.from(
    labels,
    (_, i) => Array.from(inputs.subarray(i * d, (i + 1) * d)),
  );
  const z = new Matrix(rows).mmul(basis.transpose()); // [n, k]
  const loss = (v: Matrix) =>
    z.mmul(v).to1DArray().reduce(
      (sum, score, i) => sum + Math.log1p(Math.exp(-(labels[i] ?? 0) * score)),
      0,
    );
  let v = Matrix.zeros(basis.rows, 1);
  for (let iteration = 0; iteration < 30; iteration++) {
    const scores = z.mmul(v).to1DArray();
    const slopes = scores.map((score, i) => {
      const y = labels[i] ?? 0;
      return -y / (1 + Math.exp(y * score));
    });
    const gradient = z.transpose().mmul(Matrix.columnVector(slopes));
    const curved = z.clone();
    for (const [i, score] of scores.entries()) {
      curved.mulRow(i, 1 / (2 + Math.exp(score) + Math.exp(-score)));
    }
    const step = solve(z.transpose().mmul(curved), gradient);
    // Near the minimum losses differ by rounding alone: whole steps there.
    let length = 1;
    while (
      iteration < 20 && length > 1e-6 &&
      loss(Matrix.sub(v, Matrix.mul(step, length))) > loss(v)
    ) length /= 2;
    v = Matrix.sub(v, Matrix.mul(step, length));
  }
  return Float64Array.from(basis.transpose().mmul(v).to1DArray());
}
