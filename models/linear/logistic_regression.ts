/**
 * Logistic regression without intercept, in float64: the setting of
 * Theorem 4.1 of arXiv:2403.00194.
 *
 * The loss is L(w) = Σᵢ log(1 + exp(−yᵢ xᵢ·w)) with yᵢ = ±1. Its gradient
 * −Σᵢ yᵢ xᵢ / (1 + exp(yᵢ xᵢ·w)) lies in the span W of the points; its Hessian
 * Xᵀ D X, D diagonal with entries in (0, 1/4], is positive definite on W and
 * at most ‖X‖²/4. So steps of 4/‖X‖² never overshoot, never touch the part of
 * w off W, and lead to the one minimum in W, if there is one.
 *
 * @module
 */
import { EigenvalueDecomposition, Matrix } from "ml-matrix";
import type { LabelledPoints } from "../../data/datasets/labelled_points.ts";
import { type Span, spanOf } from "./span.ts";

/** How gradient descent is run. */
export interface DescendOptions {
  /** Where the descent starts, w₀: [dimension]. */
  readonly start: Float64Array;
  /** Proven distance to the minimum, within W, at which it may stop. */
  readonly tolerance?: number | undefined;
  /** Steps after which it gives up. */
  readonly maxSteps?: number | undefined;
}

/** Where gradient descent ended. */
export interface Descent {
  /** Final weights, ŵ: [dimension]. */
  readonly weights: Float64Array;
  /** Steps taken. */
  readonly steps: number;
  /** Upper bound of the distance of P_W ŵ to the minimum. */
  readonly distance: number;
}

/** Length of the gradient at which the first proof is worth its cost, as a share of ‖X‖. */
const FIRST_PROOF = 1e-3;

/**
 * Gradient descent with steps of 4/‖X‖² on the logistic loss, until it has
 * provably come near the minimum.
 *
 * @throws {RangeError} if the start does not fit the points or is not finite,
 * if the loss attains no minimum because a hyperplane through the origin
 * separates the classes, or if the minimum is not found in time
 */
export function descend(
  points: LabelledPoints,
  { start, tolerance = 1e-11, maxSteps = 200_000 }: DescendOptions,
): Descent {
  const n = points.labels.length;
  if (start.length !== points.dimension || !start.every(Number.isFinite)) {
    throw new RangeError(
      `Cannot descend in ${points.dimension} dimensions: the start has ${start.length} coordinates, ${
        start.filter(Number.isFinite).length
      } of them finite`,
    );
  }
  const span = spanOf(points);
  const weights = start.slice();
  const gradient = new Float64Array(points.dimension);
  const size = 4 / span.norm ** 2;
  let proveBelow = FIRST_PROOF * span.norm;
  let length = Infinity;
  for (let steps = 0; steps <= maxSteps; steps++) {
    const margin = gradientInto(gradient, { points, weights });
    length = Math.hypot(...gradient);
    if (margin > SEPARATED * Math.hypot(...weights)) {
      throw new RangeError(
        `Cannot minimise the logistic loss of ${n} points: a hyperplane separates the two classes, so the loss attains no minimum`,
      );
    }
    if (length < proveBelow) {
      const distance = distanceToMinimum(points, { weights, span });
      if (distance <= tolerance) return { weights, steps, distance };
      proveBelow = length / 4;
    }
    for (const [c, value] of gradient.entries()) {
      weights[c] = (weights[c] ?? 0) - size * value;
    }
  }
  throw new RangeError(
    `Cannot minimise the logistic loss of ${n} points in ${maxSteps} steps: the gradient still has the length ${
      length.toExponential(1)
    }; if some w ≠ 0 puts no point on the wrong side, the loss attains no minimum`,
  );
}

/** Margins relative to the lengths of point and weights above this are no rounding errors. */
const SEPARATED = 1e-12;

/**
 * Writes the gradient of the loss into `gradient`.
 *
 * @returns the smallest yᵢ xᵢ·w / ‖xᵢ‖ of the points that are not zero: above
 * 0 if w separates the classes
 */
function gradientInto(
  gradient: Float64Array,
  { points, weights }: {
    readonly points: LabelledPoints;
    readonly weights: Float64Array;
  },
): number {
  const { inputs, labels, dimension: d } = points;
  gradient.fill(0);
  let smallest = Infinity;
  for (const [i, y] of labels.entries()) {
    const from = i * d;
    let score = 0;
    let square = 0;
    for (let c = 0; c < d; c++) {
      const x = inputs[from + c] as number;
      score += x * (weights[c] as number);
      square += x * x;
    }
    if (square > 0) {
      smallest = Math.min(smallest, y * score / Math.sqrt(square));
    }
    const slope = -y / (1 + Math.exp(y * score));
    for (let c = 0; c < d; c++) {
      gradient[c] = (gradient[c] as number) +
        slope * (inputs[from + c] as number);
    }
  }
  return smallest;
}

/**
 * An upper bound of ‖P_W w − w*‖, or infinity where none can be proven.
 *
 * Along any line w + t v with v in W and ‖v‖ = 1 the loss φ(t) satisfies
 * |φ‴| ≤ R φ″ with R = max ‖xᵢ‖ (Bach 2010, doi:10.1214/09-EJS521, section 2),
 * hence φ″(t) ≥ φ″(0) exp(−R t) and
 * φ′(t) ≥ −‖∇L‖ + μ (1 − exp(−R t)) / R, where μ is the smallest eigenvalue of
 * the Hessian on W. Once that is positive in every direction the loss rises
 * all around, and its minimum exists and is no farther away than that t.
 */
export function distanceToMinimum(
  points: LabelledPoints,
  { weights, span }: { readonly weights: Float64Array; readonly span: Span },
): number {
  const { inputs, labels, dimension: d } = points;
  const hessian = Matrix.zeros(d, d);
  const gradient = new Float64Array(d);
  gradientInto(gradient, { points, weights });
  let radius = 0;
  for (const i of labels.keys()) {
    const x = inputs.subarray(i * d, (i + 1) * d);
    const score = x.reduce(
      (sum, value, c) => sum + value * (weights[c] ?? 0),
      0,
    );
    const curvature = 1 / (2 + Math.exp(score) + Math.exp(-score));
    for (const [a, xa] of x.entries()) {
      for (const [b, xb] of x.entries()) {
        hessian.set(a, b, hessian.get(a, b) + curvature * xa * xb);
      }
    }
    radius = Math.max(radius, Math.hypot(...x));
  }
  const within = span.basis.mmul(hessian).mmul(span.basis.transpose());
  const { realEigenvalues } = new EigenvalueDecomposition(within, {
    assumeSymmetric: true,
  });
  const flattest = realEigenvalues.reduce((a, b) => Math.min(a, b), Infinity);
  const share = radius * Math.hypot(...gradient) / flattest;
  return share >= 0 && share < 1 ? -Math.log1p(-share) / radius : Infinity;
}

/** The class, 1 or −1, that a linear classifier gives each point; 0 on its boundary. */
export function classify(
  { inputs, labels, dimension: d }: LabelledPoints,
  weights: Float64Array,
): Int32Array {
  return Int32Array.from(labels, (_, i) => {
    const x = inputs.subarray(i * d, (i + 1) * d);
    return Math.sign(
      x.reduce((sum, value, c) => sum + value * (weights[c] ?? 0), 0),
    );
  });
}
