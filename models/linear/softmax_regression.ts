/**
 * Multinomial logistic regression with intercepts and an L1 or L2 penalty, in
 * float64.
 *
 * @module
 */
import { minimise } from "./minimise.ts";
import type { ClassesCurvature } from "./softmax_curvature.ts";
import { minimiseSoftmaxWithL1 } from "./softmax_with_l1.ts";
import { type ClassedInputs, meanLoss } from "./softmax_loss.ts";

/** A linear classifier: the logits of an input are x·kernel + bias. */
export interface SoftmaxClassifier {
  /** [dimension, classes], row-major, as the last layer of a network. */
  readonly kernel: Float64Array;
  /** [classes]. */
  readonly bias: Float64Array;
}

/** A classifier to start from. */
export interface SoftmaxStart extends SoftmaxClassifier {
  /** How the loss curves near it, or that of inputs like these: with L1 a fit that starts there is faster. */
  readonly curvature?: readonly ClassesCurvature[] | undefined;
}

/** What is added to the losses; biases are not penalised but about a centre. */
export interface SoftmaxPenalty {
  /** Σ |w|, or Σ w² / 2. */
  readonly kind: "l1" | "l2";
  /** Weight of the losses beside it, scikit-learn's C: above 0. */
  readonly c: number;
  /** With L2: a classifier from which distances count, those of biases too. */
  readonly centre?: SoftmaxClassifier;
}

/** How to fit. */
export interface FitSoftmaxOptions {
  readonly penalty: SoftmaxPenalty;
  /** Where to start: nearer is faster, the result is the same. */
  readonly start?: SoftmaxStart;
  /** Largest component of the (sub)gradient, of the objective divided by C · Σ weights, at which it stops; 1e-6 where left out. */
  readonly tolerance?: number;
}

/** A fitted classifier, from which another fit may start. */
export interface SoftmaxFit extends SoftmaxStart {
  /** Steps taken. */
  readonly steps: number;
}

/**
 * The classifier that minimises C · Σ weightᵢ · lossᵢ + penalty, the loss being
 * the cross-entropy of the softmax of the logits: scikit-learn's
 * `LogisticRegression` with `multi_class="multinomial"`, L1 as solved by
 * "saga", L2 by "lbfgs".
 *
 * Adding a number to all biases, or with L1 sometimes to a row of the kernel,
 * changes no probability and not the objective: of such classifiers it gives
 * one.
 *
 * @throws {RangeError} if C is not above 0, sizes do not fit, a class has no
 * input of positive weight (its bias then has no minimum), L1 is to have a
 * centre, or the minimum is not found in time
 */
export function fitSoftmax(
  examples: ClassedInputs,
  { penalty, start, tolerance = 1e-6 }: FitSoftmaxOptions,
): SoftmaxFit {
  const total = check(examples, penalty);
  const { dimension: d, classes } = examples;
  // Inside, one class after the other with its bias last: [classes, d + 1].
  const share = 1 / (penalty.c * total);
  const from = start === undefined
    ? new Float64Array(classes * (d + 1))
    : classMajor(start, { d, classes });
  if (penalty.kind === "l1") {
    const { x, steps, curvature } = minimiseSoftmaxWithL1(examples, {
      start: from,
      curvature: start?.curvature,
      tolerance,
      share,
      total,
    });
    return { ...rowMajor(x, { d, classes }), steps, curvature };
  }
  const lossInto = meanLoss(examples, total);
  const penalised = (i: number) => i % (d + 1) < d;
  const centre = penalty.centre && classMajor(penalty.centre, { d, classes });
  const { x, steps } = minimise((point, gradient) => {
    let value = lossInto(point, gradient);
    for (let i = 0; i < point.length; i++) {
      if (centre === undefined && !penalised(i)) continue;
      const off = (point[i] as number) - (centre?.[i] ?? 0);
      value += share / 2 * off * off;
      gradient[i] = (gradient[i] as number) + share * off;
    }
    return value;
  }, { start: from, tolerance });
  return { ...rowMajor(x, { d, classes }), steps };
}

/** Σ weights, of examples and a penalty that fit. */
function check(
  { inputs, labels, dimension: d, classes, weights }: ClassedInputs,
  { kind, c, centre }: SoftmaxPenalty,
): number {
  const cannot = (state: string) =>
    new RangeError(`Cannot fit a softmax regression: ${state}`);
  const n = labels.length;
  if (!(c > 0)) throw cannot(`C is ${c}, and must be above 0`);
  if (kind === "l1" && centre !== undefined) {
    throw cannot("only the L2 penalty can have a centre");
  }
  if (
    inputs.length !== n * d || (weights ?? labels).length !== n ||
    (centre !== undefined &&
      (centre.kernel.length !== d * classes || centre.bias.length !== classes))
  ) {
    throw cannot(
      `${inputs.length} numbers, ${n} labels, ${weights?.length ?? n} weights${
        centre === undefined
          ? ""
          : ` and a centre of ${centre.kernel.length} and ${centre.bias.length}`
      } do not fit ${d} inputs and ${classes} classes`,
    );
  }
  const sums = new Float64Array(classes);
  for (let i = 0; i < n; i++) {
    const label = labels[i] as number;
    const weight = weights === undefined ? 1 : weights[i] as number;
    if (!(label < classes) || !(weight >= 0 && weight < Infinity)) {
      throw cannot(
        `input ${i} has label ${label} of ${classes} classes and weight ${weight}`,
      );
    }
    sums[label] = (sums[label] as number) + weight;
  }
  const missing = sums.indexOf(0);
  if (missing >= 0) {
    throw cannot(
      `class ${missing} has no input of positive weight among ${n}; each class needs one`,
    );
  }
  return sums.reduce((sum, value) => sum + value, 0);
}

interface Sizes {
  readonly d: number;
  readonly classes: number;
}

function classMajor(
  { kernel, bias }: SoftmaxClassifier,
  { d, classes }: Sizes,
): Float64Array {
  return Float64Array.from({ length: classes * (d + 1) }, (_, i) => {
    const [k, c] = [Math.floor(i / (d + 1)), i % (d + 1)];
    return (c < d ? kernel[c * classes + k] : bias[k]) as number;
  });
}

function rowMajor(
  point: Float64Array,
  { d, classes }: Sizes,
): SoftmaxClassifier {
  return {
    kernel: Float64Array.from({ length: d * classes }, (_, i) => {
      const [c, k] = [Math.floor(i / classes), i % classes];
      return point[k * (d + 1) + c] as number;
    }),
    bias: Float64Array.from(
      { length: classes },
      (_, k) => point[k * (d + 1) + d] as number,
    ),
  };
}
