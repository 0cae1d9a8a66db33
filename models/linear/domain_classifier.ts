/**
 * A domain classifier: how much more an example looks like one of the
 * reference set than like one of the shifted set (figure 5 of
 * arXiv:2403.00194).
 *
 * @module
 */
import type { Features } from "../prediction/features.ts";
import { fitLogistic, logOdds } from "./penalised_logistic.ts";

/** Features of one set, with the fold of each example. */
export interface Folded {
  readonly features: Features;
  /** Fold of each example: [n], numbers from 0. */
  readonly folds: Uint8Array;
}

/** Both sets, and how the classifier is fitted. */
export interface CrossFitOptions {
  readonly reference: Folded;
  readonly shifted: Folded;
  /** Weight of the L2 penalty on standardised features. */
  readonly penalty: number;
  /** Told how many of how many classifiers are fitted. */
  readonly onFold?: (done: number, total: number) => void;
}

/** Log odds that an example is of the reference set. */
export interface Scores {
  readonly reference: Float64Array;
  readonly shifted: Float64Array;
}

/**
 * Scores every example with a logistic regression on the features of all
 * other folds, standardised by those examples alone: no example is scored by
 * a classifier that was fitted to it, or to another one of its fold.
 *
 * @throws {RangeError} if the sets have features of different networks, folds
 * do not fit the features, or all of a set is in one fold
 */
export function crossFit(
  { reference, shifted, penalty, onFold }: CrossFitOptions,
): Scores {
  const sets = [reference, shifted] as const;
  check(sets);
  const d = reference.features.dimension;
  const folds = [...new Set([...reference.folds, ...shifted.folds])].sort(
    (a, b) => a - b,
  );
  const scores = sets.map(({ folds }) => new Float64Array(folds.length));
  for (const [done, fold] of folds.entries()) {
    const others = sets.map((set) => where(set.folds, (f) => f !== fold));
    const counts = others.map(({ length }) => length) as [number, number];
    if (counts.includes(0)) {
      throw new RangeError(
        `Cannot fit a domain classifier without fold ${fold}: no ${
          counts[0] === 0 ? "reference" : "shifted"
        } example is in another one`,
      );
    }
    const gathered = new Float64Array((counts[0] + counts[1]) * d);
    for (const [k, { features }] of sets.entries()) {
      gather(features, {
        indices: others[k] as Uint32Array,
        into: gathered.subarray(k * counts[0] * d),
      });
    }
    const standard = standardiser(gathered, d);
    standard(gathered);
    const classifier = fitLogistic({
      inputs: gathered,
      positive: Uint8Array.from(
        { length: counts[0] + counts[1] },
        (_, i) => i < counts[0] ? 1 : 0,
      ),
      dimension: d,
    }, { penalty });
    for (const [k, { features, folds }] of sets.entries()) {
      const indices = where(folds, (f) => f === fold);
      const inputs = new Float64Array(indices.length * d);
      gather(features, { indices, into: inputs });
      standard(inputs);
      for (const [i, index] of indices.entries()) {
        (scores[k] as Float64Array)[index] = logOdds(classifier, { inputs, i });
      }
    }
    onFold?.(done + 1, folds.length);
  }
  const [ofReference, ofShifted] = scores as [Float64Array, Float64Array];
  return { reference: ofReference, shifted: ofShifted };
}

function check([reference, shifted]: readonly [Folded, Folded]): void {
  const [a, b] = [reference.features.dimension, shifted.features.dimension];
  if (a !== b) {
    throw new RangeError(
      `Cannot fit a domain classifier: the reference set has ${a} features and the shifted set ${b}`,
    );
  }
  for (
    const { features: { values, dimension }, folds } of [reference, shifted]
  ) {
    if (folds.length * dimension !== values.length) {
      throw new RangeError(
        `Cannot fit a domain classifier: ${folds.length} folds do not fit the features of ${
          values.length / dimension
        } examples`,
      );
    }
  }
}

function where(
  folds: Uint8Array,
  holds: (fold: number) => boolean,
): Uint32Array {
  const indices: number[] = [];
  for (const [i, fold] of folds.entries()) if (holds(fold)) indices.push(i);
  return Uint32Array.from(indices);
}

function gather(
  { values, dimension: d }: Features,
  { indices, into }: {
    readonly indices: Uint32Array;
    readonly into: Float64Array;
  },
): void {
  for (const [row, index] of indices.entries()) {
    into.set(values.subarray(index * d, (index + 1) * d), row * d);
  }
}

/** A feature whose variance is at most so many times its squared mean is constant: what varies is rounding. */
const CONSTANT = 1e-18;

/** What takes the mean and the deviation of each of these features out of others, in place. */
function standardiser(
  inputs: Float64Array,
  d: number,
): (inputs: Float64Array) => void {
  const n = inputs.length / d;
  const means = new Float64Array(d);
  const deviations = new Float64Array(d);
  for (let k = 0; k < inputs.length; k++) {
    means[k % d] = (means[k % d] as number) + (inputs[k] as number) / n;
  }
  for (let k = 0; k < inputs.length; k++) {
    deviations[k % d] = (deviations[k % d] as number) +
      ((inputs[k] as number) - (means[k % d] as number)) ** 2 / n;
  }
  // A feature that never changes, but for rounding, stays zero.
  const factors = deviations.map((v, k) =>
    v > CONSTANT * (means[k] as number) ** 2 ? 1 / Math.sqrt(v) : 0
  );
  return (inputs) => {
    for (let k = 0; k < inputs.length; k++) {
      inputs[k] = ((inputs[k] as number) - (means[k % d] as number)) *
        (factors[k % d] as number);
    }
  };
}
