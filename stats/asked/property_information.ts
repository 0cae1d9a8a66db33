/**
 * Bins of a property, and what each tells of the label.
 *
 * @module
 */

/** Quantities are compared in so many bins of equal numbers of examples. */
const BINS = 8;

/** Bins of a property: of a quantity by its quantiles, of a category each its own; unknown values are one bin. */
export interface PropertyBins {
  /** Bin of each example: [n]. */
  readonly bins: Int32Array;
  /** How many there are, the last one for unknown values. */
  readonly count: number;
  /** Upper ends of the bins of a quantity but the last; null for categories. */
  readonly ends: readonly number[] | null;
}

/** Bins of a property, with quantiles over the examples of `fitted` alone. */
export function binProperty(
  values: Float64Array,
  { categories, fitted, partsConstant = false }: {
    readonly categories: readonly string[] | null;
    readonly fitted: ArrayLike<number>;
    /** Whether, where nearly all of `fitted` have one value, what lies below it and above it are bins as well: else sets of which each has one value of its own look alike. */
    readonly partsConstant?: boolean;
  },
): PropertyBins {
  if (categories !== null) {
    const count = categories.length + 1;
    return {
      bins: Int32Array.from(values, (v) => Number.isNaN(v) ? count - 1 : v),
      count,
      ends: null,
    };
  }
  const known = Float64Array.from(fitted, (i) => values[i] as number)
    .filter((value) => !Number.isNaN(value)).sort();
  const quantiles = Array.from(
    { length: BINS - 1 },
    (_, k) => known[Math.floor((k + 1) * known.length / BINS)] ?? NaN,
  );
  // A value that many examples share is one bin.
  const distinct = [...new Set(quantiles)];
  const [only = NaN] = distinct;
  const ends = partsConstant && distinct.length === 1 && !Number.isNaN(only)
    ? [only, nextAbove(only)]
    : distinct.filter((end) => end > (known[0] as number));
  const count = ends.length + 2;
  return {
    bins: Int32Array.from(values, (value) => {
      if (Number.isNaN(value)) return count - 1;
      let bin = 0;
      while (bin < ends.length && value >= (ends[bin] as number)) bin++;
      return bin;
    }),
    count,
    ends,
  };
}

/** The next number above one, as good as. */
function nextAbove(value: number): number {
  return value + Math.max(Number.MIN_VALUE, Math.abs(value) * Number.EPSILON);
}

/** Examples of which property and label are known. */
export interface LabelledBins {
  /** Bin of each example: [n]. */
  readonly bins: Int32Array;
  readonly count: number;
  /** Class of each example: [n]. */
  readonly labels: Int32Array;
  readonly classes: number;
}

/** Counts of this size stand for no association in each cell: rare ones say little. */
const SHRINK = 2;

/**
 * What the bin of each example tells of its label, in nats: the logarithm of
 * how much more often the two occur together among the examples of `fitted`
 * than if they were independent, less its mean over labels drawn by
 * `prior`. The mean over a set is 0 where the property tells nothing there,
 * whatever its own values are.
 */
export function informationOf(
  { bins, count, labels, classes }: LabelledBins,
  { fitted, prior }: {
    readonly fitted: ArrayLike<number>;
    /** Share of each class: [classes]. */
    readonly prior: Float64Array;
  },
): Float64Array {
  const together = new Float64Array(count * classes);
  for (let k = 0; k < fitted.length; k++) {
    const i = fitted[k] as number;
    const cell = (bins[i] as number) * classes + (labels[i] as number);
    together[cell] = (together[cell] as number) + 1;
  }
  const table = informationTable(together, prior);
  return Float64Array.from(
    bins,
    (bin, i) => table[bin * classes + (labels[i] as number)] as number,
  );
}

/**
 * What each bin tells of each class, from how often they occur together:
 * [bins × classes], as the result is.
 *
 * @param prior share of each class: [classes]
 */
export function informationTable(
  together: Float64Array,
  prior: Float64Array | readonly number[],
): Float64Array {
  const classes = prior.length;
  const ofBin = new Float64Array(together.length / classes);
  const ofClass = new Float64Array(classes);
  let all = 0;
  for (const [cell, n] of together.entries()) {
    const [bin, label] = [Math.floor(cell / classes), cell % classes];
    ofBin[bin] = (ofBin[bin] as number) + n;
    ofClass[label] = (ofClass[label] as number) + n;
    all += n;
  }
  const information = together.map((n, cell) => {
    const expected = (ofBin[Math.floor(cell / classes)] as number) *
      (ofClass[cell % classes] as number) / Math.max(1, all);
    return Math.log((n + SHRINK) / (expected + SHRINK));
  });
  const mean = ofBin.map((_, bin) => {
    let sum = 0;
    for (let c = 0; c < classes; c++) {
      sum += (prior[c] as number) * (information[bin * classes + c] as number);
    }
    return sum;
  });
  return information.map((value, cell) =>
    value - (mean[Math.floor(cell / classes)] as number)
  );
}
