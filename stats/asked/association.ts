/**
 * How much a property tells of the label, and whether it tells as much of it
 * in a shifted set.
 *
 * @module
 */
import type { FoundBias } from "./ask_findings.ts";
import { totalVariation } from "./label_distance.ts";

/** Quantities are compared in so many bins of equal numbers of examples. */
export const BINS = 8;

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
  { categories, fitted }: {
    readonly categories: readonly string[] | null;
    readonly fitted: ArrayLike<number>;
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
  const ends = [...new Set(quantiles)].filter((end) =>
    end > (known[0] as number)
  );
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
  const ofBin = new Float64Array(count);
  const ofClass = new Float64Array(classes);
  for (let k = 0; k < fitted.length; k++) {
    const i = fitted[k] as number;
    const [bin, label] = [bins[i] as number, labels[i] as number];
    const cell = bin * classes + label;
    together[cell] = (together[cell] as number) + 1;
    ofBin[bin] = (ofBin[bin] as number) + 1;
    ofClass[label] = (ofClass[label] as number) + 1;
  }
  const information = together.map((n, cell) => {
    const expected = (ofBin[Math.floor(cell / classes)] as number) *
      (ofClass[cell % classes] as number) / fitted.length;
    return Math.log((n + SHRINK) / (expected + SHRINK));
  });
  const mean = ofBin.map((_, bin) => {
    let sum = 0;
    for (let c = 0; c < classes; c++) {
      sum += (prior[c] as number) * (information[bin * classes + c] as number);
    }
    return sum;
  });
  return Float64Array.from(
    bins,
    (bin, i) =>
      (information[bin * classes + (labels[i] as number)] as number) -
      (mean[bin] as number),
  );
}

/** A property in the examples of both sets. */
export interface PropertyInSets {
  readonly property: string;
  readonly bins: PropertyBins;
  /** Of each example: {@linkcode informationOf}. */
  readonly information: Float64Array;
}

/** Both sets, and random splits of them. */
export interface AssociationOptions {
  /** 1 for shifted examples, 0 for test ones: [n]. */
  readonly shifted: Uint8Array;
  readonly labels: Int32Array;
  readonly classes: number;
  /** Share of each class to which both sets are weighted: [classes]. */
  readonly prior: Float64Array;
  /** Random splits within classes that keep groups together. */
  readonly placebos: readonly Uint8Array[];
}

/** Largest chance at which a fall counts as one. */
const CHANCE = 0.01;

/** Distance of a property's own values from which on it counts as moved. */
export const MOVED = 0.15;

/** The least fall that counts, as a share of what the property tells on the test set, and in nats. */
const LEAST_FALL = { share: 0.3, nats: 0.02 } as const;

/** A set's mean information with its variance, and its bins' shares. */
interface Told {
  readonly mean: number;
  readonly variance: number;
  readonly shares: Float64Array;
}

/**
 * Compares each property's information about the label in both sets, classes
 * weighted alike. The p of a property is that of the largest z over all of
 * them in random splits within classes (Westfall and Young's single step), so
 * that it holds for the most conspicuous one.
 */
export function associationFalls(
  properties: readonly PropertyInSets[],
  options: AssociationOptions,
): readonly FoundBias[] {
  const { shifted, placebos } = options;
  const found = properties.map((property) =>
    fallOf(property, shifted, options)
  );
  const chance = placebos.map((split) =>
    properties.map((property) => fallOf(property, split, options))
  );
  const most = chance.map((falls) =>
    falls.reduce((z, fall) => Math.max(z, fall.z), -Infinity)
  );
  return properties.map(({ property }, k) => {
    const { test, other, z, error, apart } = found[k] as Fall;
    const p = (1 + most.filter((value) => value >= z).length) /
      (1 + placebos.length);
    const aparts = chance.map((falls) => (falls[k] as Fall).apart)
      .sort((a, b) => a - b);
    const usual = aparts[Math.floor(aparts.length / 2)] ?? 0;
    const wide = (aparts[Math.floor(0.975 * aparts.length)] ?? 0) - usual;
    const distance = Math.max(0, apart - usual);
    const fall = test - other;
    const moved = {
      value: distance,
      low: Math.max(0, distance - wide),
      high: Math.min(1, distance + wide),
    };
    return {
      property,
      p,
      z,
      test,
      shifted: other,
      fall: {
        value: fall,
        low: fall - 1.96 * error,
        high: fall + 1.96 * error,
      },
      moved,
      counts: p <= CHANCE && fall >= LEAST_FALL.nats &&
        fall >= LEAST_FALL.share * test,
    };
  }).sort((a, b) => b.z - a.z);
}

/** What a property tells in two sets. */
interface Fall {
  readonly test: number;
  readonly other: number;
  readonly z: number;
  readonly error: number;
  /** Total variation distance of the property's own bins, classes weighted alike. */
  readonly apart: number;
}

function fallOf(
  { bins: { bins, count }, information }: PropertyInSets,
  split: Uint8Array,
  { labels, classes, prior }: AssociationOptions,
): Fall {
  const [test, other] = ([0, 1] as const).map((set): Told => {
    const n = labels.length;
    const sizes = new Float64Array(classes);
    for (let i = 0; i < n; i++) {
      if (split[i] !== set) continue;
      const label = labels[i] as number;
      sizes[label] = (sizes[label] as number) + 1;
    }
    let sum = 0, squares = 0, total = 0, square = 0;
    const shares = new Float64Array(count);
    for (let i = 0; i < n; i++) {
      if (split[i] !== set) continue;
      const label = labels[i] as number;
      const weight = (prior[label] as number) / (sizes[label] as number);
      const value = information[i] as number;
      total += weight;
      square += weight * weight;
      sum += weight * value;
      squares += weight * weight * value * value;
      const bin = bins[i] as number;
      shares[bin] = (shares[bin] as number) + weight;
    }
    const mean = total === 0 ? 0 : sum / total;
    return {
      mean,
      variance: total === 0
        ? Infinity
        : Math.max(0, squares - mean * mean * square) / (total * total),
      shares,
    };
  }) as [Told, Told];
  const error = Math.sqrt(test.variance + other.variance);
  return {
    test: test.mean,
    other: other.mean,
    z: error > 0 ? (test.mean - other.mean) / error : 0,
    error,
    apart: totalVariation(test.shares, other.shares),
  };
}
