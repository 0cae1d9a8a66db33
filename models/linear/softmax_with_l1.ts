/**
 * Multinomial logistic regression with an L1 penalty, in float64.
 *
 * @module
 */
import { largest } from "./past_steps.ts";
import { combine, gram, project } from "./products.ts";
import type { ClassedInputs } from "./softmax_loss.ts";

/** How to minimise the mean loss plus `share` · Σ |w|, biases left out. */
export interface SoftmaxWithL1Options {
  /** Where to start: [classes, dimension + 1], the weights of one class after those of the other, each with the bias last. */
  readonly start: Float64Array;
  /** Weight of each |w|, above 0. */
  readonly share: number;
  /** Σ weights of the inputs, by which their losses are divided. */
  readonly total: number;
  /** Largest component of the smallest subgradient at which it stops. */
  readonly tolerance: number;
  /** Passes over the classes after which it gives up. */
  readonly maxPasses?: number;
}

/** Sweeps over the weights of a class for one step: more make better steps, but not as many fewer. */
const SWEEPS = 5;

/** Passes from one look at the curvature to the next: it changes slowly, and any will do where the loss falls. */
const OLDEST_CURVATURE = 16;

/**
 * The minimum by coordinate descent as in glmnet (Friedman, Hastie and
 * Tibshirani 2010, doi:10.18637/jss.v033.i01, section 4.1): class by class, the
 * weights of one class at a time minimise the quadratic that the loss is near
 * them, one weight after the other; half of such a step, and so on, where it
 * leads uphill. The smallest subgradient is that of the side to which a weight
 * at zero would fall.
 *
 * @returns the point, laid out as the start, and the passes that it took
 * @throws {RangeError} if the minimum is not found in time, or the loss has no
 * finite slope
 */
export function minimiseSoftmaxWithL1(
  examples: ClassedInputs,
  { start, share, total, tolerance, maxPasses = 5000 }: SoftmaxWithL1Options,
): { readonly x: Float64Array; readonly steps: number } {
  const { classes } = examples;
  const rows = rowsOf(examples, total);
  const { n, width } = rows;
  const parts = Array.from({ length: classes }, (_, k): Part => ({
    k,
    x: start.slice(k * width, (k + 1) * width),
    logits: new Float64Array(n),
    exps: new Float64Array(n),
    curvature: new Float64Array(),
    seen: -Infinity,
  }));
  for (const { x, logits } of parts) {
    project(rows.values, { onto: x, into: logits });
  }
  const slopes = new Float64Array(width);
  const moved = new Float64Array(n);
  let steepest = Infinity;
  for (let pass = 0; pass <= maxPasses; pass++) {
    exponentiate(parts, n);
    let [stays, most] = [true, 0];
    for (const part of parts) {
      const shares = sharesOf(part, { parts, rows });
      const { others } = shares;
      combine(rows.values, { weights: shares.slopes, into: slopes });
      const steep = largest(subgradient(part.x, { slopes, share }));
      most = Math.max(most, steep);
      if (!Number.isFinite(steep)) {
        throw new RangeError(
          `Cannot fit a softmax regression of ${start.length} weights with an L1 penalty: a component of its subgradient is ${steep}`,
        );
      }
      if (steep <= tolerance) continue;
      if (pass - part.seen >= OLDEST_CURVATURE) {
        part.curvature = curvatureOf(rows, shares.curvatures);
        part.seen = pass;
      }
      const step = stepOf(part, { slopes, share, tolerance });
      project(rows.values, { onto: step, into: moved });
      if (descend(part, { rows, others, slopes, share, step, moved })) {
        stays = false;
      }
    }
    steepest = most;
    // None has to move, or none can: as near as rounding allows.
    if (stays) {
      const x = new Float64Array(start.length);
      for (const part of parts) x.set(part.x, part.k * width);
      return { x, steps: pass };
    }
  }
  throw new RangeError(
    `Cannot fit a softmax regression of ${start.length} weights with an L1 penalty in ${maxPasses} passes: a component of its subgradient is still ${
      steepest.toExponential(1)
    }`,
  );
}

/** Inputs with a one for the bias, four at a time; those that fill the last four weigh nothing. */
interface Rows {
  readonly n: number;
  readonly width: number;
  /** [n, width]. */
  readonly values: Float64Array;
  /** The numbers of all rows. */
  readonly all: Uint32Array;
  readonly labels: Int32Array;
  /** Weight of each loss: they add up to 1. */
  readonly weights: Float64Array;
}

function rowsOf(
  { inputs, labels, dimension: d, weights }: ClassedInputs,
  total: number,
): Rows {
  const n = 4 * Math.ceil(labels.length / 4);
  const width = d + 1;
  const values = new Float64Array(n * width);
  const each = new Float64Array(n);
  for (let i = 0; i < labels.length; i++) {
    values.set(inputs.subarray(i * d, (i + 1) * d), i * width);
    values[i * width + d] = 1;
    each[i] = (weights === undefined ? 1 : weights[i] as number) / total;
  }
  const padded = new Int32Array(n);
  padded.set(labels);
  const all = Uint32Array.from(padded, (_, i) => i);
  return { n, width, values, all, labels: padded, weights: each };
}

/** What is kept of a class. */
interface Part {
  readonly k: number;
  /** Its weights, the bias last. */
  readonly x: Float64Array;
  readonly logits: Float64Array;
  /** Of each logit, less the largest of its input when the pass began. */
  readonly exps: Float64Array;
  /** As it was in the pass in which it was last looked at. */
  curvature: Float64Array;
  seen: number;
}

/** Takes the exponentials of all logits anew. */
function exponentiate(parts: readonly Part[], n: number): void {
  for (let i = 0; i < n; i++) {
    let most = -Infinity;
    for (const { logits } of parts) {
      if ((logits[i] as number) > most) most = logits[i] as number;
    }
    for (const { logits, exps } of parts) {
      exps[i] = Math.exp((logits[i] as number) - most);
    }
  }
}

/** Of each input the sum of the exponentials of the other classes. */
function othersOf({ k }: Part, { parts, n }: {
  readonly parts: readonly Part[];
  readonly n: number;
}): Float64Array {
  const sums = new Float64Array(n);
  for (const other of parts) {
    if (other.k === k) continue;
    const { exps } = other;
    for (let i = 0; i < n; i++) {
      sums[i] = (sums[i] as number) + (exps[i] as number);
    }
  }
  return sums;
}

/** How much each input slopes and curves the loss along the logit of a class, and the exponentials of the others. */
function sharesOf(
  part: Part,
  { parts, rows: { n, labels, weights } }: {
    readonly parts: readonly Part[];
    readonly rows: Rows;
  },
) {
  const others = othersOf(part, { parts, n });
  const slopes = new Float64Array(n);
  const curvatures = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    const own = part.exps[i] as number;
    const p = own / (own + (others[i] as number));
    const weight = weights[i] as number;
    slopes[i] = weight * (p - (labels[i] === part.k ? 1 : 0));
    curvatures[i] = weight * p * (1 - p);
  }
  return { others, slopes, curvatures };
}

/** The curvature of the loss along the weights of a class: [width, width]. */
function curvatureOf(
  { values, all, width }: Rows,
  weights: Float64Array,
): Float64Array {
  const sum = gram(values, { rows: all, d: width, weights });
  for (let a = 0; a < width; a++) {
    for (let b = 0; b < a; b++) {
      sum[b * width + a] = sum[a * width + b] as number;
    }
    // A weight that changes no probability has no curvature.
    sum[a * width + a] = (sum[a * width + a] as number) + 1e-12;
  }
  return sum;
}

/** The subgradient of least length: at zero that of the side where the function falls, or 0. */
function subgradient(
  x: Float64Array,
  { slopes, share }: { readonly slopes: Float64Array; readonly share: number },
): Float64Array {
  return slopes.map((slope, c) => {
    const at = x[c] as number;
    const penalty = c < x.length - 1 ? share : 0;
    return at !== 0
      ? slope + Math.sign(at) * penalty
      : Math.sign(slope) * Math.max(0, Math.abs(slope) - penalty);
  });
}

/** The step to the minimum of the quadratic with the penalty, by coordinate descent. */
function stepOf(
  { x, curvature }: Part,
  { slopes, share, tolerance }: {
    readonly slopes: Float64Array;
    readonly share: number;
    readonly tolerance: number;
  },
): Float64Array {
  const width = x.length;
  const step = new Float64Array(width);
  const sloping = slopes.slice();
  for (let sweep = 0; sweep < SWEEPS; sweep++) {
    let most = 0;
    for (let c = 0; c < width; c++) {
      const own = curvature[c * width + c] as number;
      const from = (x[c] as number) + (step[c] as number);
      const free = from - (sloping[c] as number) / own;
      const shrunk = Math.abs(free) - (c < width - 1 ? share / own : 0);
      const change = Math.sign(free) * Math.max(0, shrunk) - from;
      if (change === 0) continue;
      step[c] = (step[c] as number) + change;
      for (let b = 0; b < width; b++) {
        sloping[b] = (sloping[b] as number) +
          change * (curvature[c * width + b] as number);
      }
      most = Math.max(most, Math.abs(change) * own);
    }
    if (most <= tolerance / 10) break;
  }
  return step;
}

/** Takes the step, or as much of it as falls enough; false where none does. */
function descend(
  part: Part,
  { rows: { n, labels, weights }, others, slopes, share, step, moved }: {
    readonly rows: Rows;
    /** Exponentials of the other classes. */
    readonly others: Float64Array;
    readonly slopes: Float64Array;
    readonly share: number;
    readonly step: Float64Array;
    /** The step in logits. */
    readonly moved: Float64Array;
  },
): boolean {
  const { k, x, logits, exps } = part;
  const last = x.length - 1;
  const penaltyOf = (size: number) => {
    let sum = 0;
    for (let c = 0; c < last; c++) {
      const at = x[c] as number;
      sum += Math.abs(at + size * (step[c] as number)) - Math.abs(at);
    }
    return share * sum;
  };
  const lossOf = (size: number) => {
    let sum = 0;
    for (let i = 0; i < n; i++) {
      const rest = others[i] as number;
      const by = size * (moved[i] as number);
      const own = exps[i] as number;
      sum += (weights[i] as number) *
        (Math.log((rest + own * Math.exp(by)) / (rest + own)) -
          (labels[i] === k ? by : 0));
    }
    return sum;
  };
  let expected = penaltyOf(1);
  for (let c = 0; c <= last; c++) {
    expected += (slopes[c] as number) * (step[c] as number);
  }
  for (let size = 1; size > 1e-10; size /= 2) {
    const fall = lossOf(size) + penaltyOf(size);
    // Falls below rounding are believed; no number, or an infinite one, is none.
    const enough = fall <= 1e-4 * size * expected + 1e-15;
    if (!enough || fall === -Infinity) continue;
    for (let c = 0; c <= last; c++) {
      x[c] = (x[c] as number) + size * (step[c] as number);
    }
    for (let i = 0; i < n; i++) {
      const by = size * (moved[i] as number);
      logits[i] = (logits[i] as number) + by;
      exps[i] = (exps[i] as number) * Math.exp(by);
    }
    return true;
  }
  return false;
}
