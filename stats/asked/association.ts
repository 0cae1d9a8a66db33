/**
 * Whether a property tells as much of the label in a shifted set.
 *
 * @module
 */
import { criticalValue } from "../intervals/quantile.ts";
import { FEWEST_GROUPS } from "./ask_findings.ts";
import type { Estimated, FoundBias } from "./ask_findings_schemas.ts";
import { totalVariation } from "./label_distance.ts";
import type { PropertyBins } from "./property_information.ts";

/** A property in the examples of both sets. */
export interface PropertyInSets {
  readonly property: string;
  readonly bins: PropertyBins;
  /** Of each example: what its bin tells of its label; or what a split teaches of that, so that random splits hold what is learnt by chance. */
  readonly information: Float64Array | ((split: Uint8Array) => Float64Array);
  /** Whether it is the given groups: random splits keep those whole, so that they do not tell how far its own values scatter. Then examples are taken to have one by chance. */
  readonly isGroups?: boolean;
  /** Whether it is of the file and not of what it shows. */
  readonly ofFile?: true | undefined;
}

/** Both sets, and random splits of them. */
export interface AssociationOptions {
  /** 1 for shifted examples, 0 for test ones: [n]. */
  readonly shifted: Uint8Array;
  readonly labels: Int32Array;
  readonly classes: number;
  /** Share of each class to which both sets are weighted: [classes]. */
  readonly prior: Float64Array;
  /** Number of the group of each example: `groupsInSets`. */
  readonly groups: Int32Array;
  /** The same, but 2 for shifted examples out of support; as `shifted` where left out: [n]. */
  readonly shared?: Uint8Array;
  /** Random splits within classes that keep groups together. */
  readonly placebos: readonly Uint8Array[];
  /** Whether what is told of each half of the test set was learnt from its other half. */
  readonly inHalves?: boolean;
}

/** Of sums of information, in nats: many times what doubles leave. */
const ROUNDING = 1e-12;

/** Largest chance at which a fall counts as one. */
const CHANCE = 0.01;

/** Distance of a property's own values from which on it counts as moved. */
export const MOVED = 0.15;

/** Whether a property's own values are as in the reference set. */
export function stayed(
  { moved: { value, low, high } }: Pick<FoundBias, "moved">,
): boolean {
  return high <= MOVED || low === 0 && value < MOVED / 3;
}

/** The least fall that counts, as a share of what the property tells on the test set, and in nats. */
const LEAST_FALL = { share: 0.3, nats: 0.02 } as const;

/** A set's mean information with its variance, the number of its groups, and its bins' shares. */
interface Told {
  readonly mean: number;
  readonly variance: number;
  readonly groups: number;
  readonly shares: Float64Array;
}

/**
 * Compares each property's information about the label in both sets, classes
 * weighted alike. The p of a property is that of the largest z over all of
 * them in random splits within classes (Westfall and Young's single step), so
 * that it holds for the most conspicuous one. The interval of a fall is
 * Welch's, of as many numbers as there are groups.
 */
export function associationFalls(
  properties: readonly PropertyInSets[],
  options: AssociationOptions,
): readonly FoundBias[] {
  const { shifted, shared = shifted, placebos, inHalves = false } = options;
  const fallsOf = (split: Uint8Array) => {
    const compared = comparedIn(split, options);
    return properties.map((property) => fallOf(property, compared));
  };
  const found = fallsOf(shifted);
  const chance = placebos.map(fallsOf);
  const most = chance.map((falls) =>
    falls.reduce((z, fall) => Math.max(z, fall.z), -Infinity)
  );
  const chanceOf = ({ z }: Fall) =>
    (1 + most.filter((value) => value >= z).length) / (1 + placebos.length);
  const counts = (fall: Fall) =>
    chanceOf(fall) <= CHANCE &&
    fall.test - fall.other >=
      Math.max(LEAST_FALL.nats, LEAST_FALL.share * fall.test);
  const inShared = fallsOf(shared);
  return properties.flatMap(({ property, isGroups = false, ofFile }, k) => {
    const whole = found[k] as Fall;
    // What one group tells has no error.
    if (whole.groups < 2) return [];
    const { test, other, z, apart } = whole;
    const linked = isLinked(whole, inHalves);
    const aparts = chance.map((falls) => (falls[k] as Fall).apart)
      .sort((a, b) => a - b);
    const at = (share: number) =>
      aparts[Math.floor(share * aparts.length)] ?? 0;
    const inSupport = inShared[k] as Fall;
    return [{
      property,
      p: chanceOf(whole),
      z,
      test,
      shifted: other,
      fall: estimated(whole),
      inSupport: inSupport.groups < FEWEST_GROUPS ? null : {
        ...estimated(inSupport),
        counts: linked && counts(inSupport),
        moved: movedBy(inSupport.apart, inSupport.chance),
      },
      moved: movedBy(
        apart,
        isGroups ? whole.chance : { usual: at(0.5), wide: at(0.975) - at(0.5) },
      ),
      counts: linked && counts(whole),
      linked,
      ...ofFile === true ? { ofFile } : {},
    }];
  }).sort((a, b) => b.z - a.z);
}

/**
 * Whether a property tells something of the label in the test set, beyond
 * chance. By chance alone what one half teaches of the other is as good as
 * what that teaches of the first, so that two halves scatter as one does.
 */
function isLinked({ test, testError, testGroups }: Fall, inHalves: boolean) {
  return testGroups > 1 &&
    test >
      criticalValue(1 - 2 * CHANCE, testGroups - 1) * testError *
        (inHalves ? Math.SQRT2 : 1);
}

/** What a property tells in two sets. */
interface Fall {
  readonly test: number;
  /** Standard error of `test`, and the number of groups that it is of. */
  readonly testError: number;
  readonly testGroups: number;
  readonly other: number;
  readonly z: number;
  readonly error: number;
  /** Welch's degrees of freedom of the error. */
  readonly degrees: number;
  /** Number of groups of the set that has fewer. */
  readonly groups: number;
  /** Total variation distance of the property's own bins, classes weighted alike. */
  readonly apart: number;
  /** What chance adds to that where examples have bins by themselves, and half the width of its interval at the most. */
  readonly chance: { readonly usual: number; readonly wide: number };
}

/** A distance less what chance adds to it, with its interval. */
function movedBy(apart: number, { usual, wide }: Fall["chance"]): Estimated {
  const distance = Math.max(0, apart - usual);
  return {
    value: distance,
    low: Math.max(0, distance - wide),
    high: Math.min(1, distance + wide),
  };
}

/** The fall with its interval. */
function estimated({ test, other, error, degrees }: Fall): Estimated {
  const fall = test - other;
  const room = criticalValue(0.95, degrees) * error;
  return { value: fall, low: fall - room, high: fall + room };
}

/** The examples of one set that are compared. */
interface ComparedSet {
  readonly rows: Uint32Array;
  /** Of each, by its class; they add up to `total`. */
  readonly weights: Float64Array;
  readonly total: number;
  /** Number of the group of each, counted from 0 over those that the set has. */
  readonly groups: Uint32Array;
  readonly groupCount: number;
}

/** A split, as what all properties are compared over. */
interface Compared {
  readonly split: Uint8Array;
  readonly sets: readonly [ComparedSet, ComparedSet];
  /** Share of each class, 0 where a set lacks it: what one set lacks would be a fall of its own. */
  readonly prior: Float64Array;
  /** Number of examples of each class, by set. */
  readonly sizes: readonly [Float64Array, Float64Array];
}

function comparedIn(
  split: Uint8Array,
  options: AssociationOptions,
): Compared {
  const sizes = [
    sizesIn(0, split, options),
    sizesIn(1, split, options),
  ] as const;
  const prior = options.prior.map((share, c) =>
    sizes.every((counts) => counts[c] !== 0) ? share : 0
  );
  const setOf = (set: 0 | 1) => {
    const counts = sizes[set];
    return comparedSet(set, split, {
      ...options,
      weights: prior.map((share, c) =>
        share === 0 ? 0 : share / (counts[c] as number)
      ),
    });
  };
  return { split, sets: [setOf(0), setOf(1)], prior, sizes };
}

function comparedSet(
  set: 0 | 1,
  split: Uint8Array,
  { labels, groups, weights }:
    & Pick<AssociationOptions, "labels" | "groups">
    & {
      /** Of an example of each class: [classes]. */
      readonly weights: Float64Array;
    },
): ComparedSet {
  const n = labels.length;
  const rows = new Uint32Array(n);
  const own = new Float64Array(n);
  // 1 for a group that the set has, then its number.
  const places = new Uint32Array(n);
  let [count, total] = [0, 0];
  for (let i = 0; i < n; i++) {
    const weight = weights[labels[i] as number] as number;
    if (split[i] !== set || weight === 0) continue;
    rows[count] = i;
    own[count++] = weight;
    total += weight;
    places[groups[i] as number] = 1;
  }
  let groupCount = 0;
  for (let group = 0; group < n; group++) {
    if (places[group] === 1) places[group] = groupCount++;
  }
  const kept = rows.subarray(0, count);
  return {
    rows: kept,
    weights: own.subarray(0, count),
    total,
    groups: kept.map((i) => places[groups[i] as number] as number),
    groupCount,
  };
}

function fallOf(
  { bins, information: told }: PropertyInSets,
  { split, sets, prior, sizes }: Compared,
): Fall {
  const information = typeof told === "function" ? told(split) : told;
  const [test, other] = sets.map((set) =>
    toldIn(set, { bins, information })
  ) as [Told, Told];
  // A property that tells the same of all examples has an error of rounding alone, which is none to divide by.
  const error = Math.sqrt(test.variance + other.variance + ROUNDING ** 2);
  return {
    test: test.mean,
    testError: Math.sqrt(test.variance),
    testGroups: test.groups,
    other: other.mean,
    z: error > 0 ? (test.mean - other.mean) / error : 0,
    error,
    degrees: error > 0 && error < Infinity
      ? error ** 4 /
        (test.variance ** 2 / (test.groups - 1) +
          other.variance ** 2 / (other.groups - 1))
      : Infinity,
    groups: Math.min(test.groups, other.groups),
    apart: prior.every((share) => share === 0)
      ? 0
      : totalVariation(test.shares, other.shares),
    chance: chanceOfBins([test, other], { prior, sizes }),
  };
}

/**
 * Of bins that both sets draw alike: the mean of the distance, each difference
 * of shares being normal, and 1.96 of the largest deviation that it can have.
 */
function chanceOfBins(
  [test, other]: readonly [Told, Told],
  { prior, sizes }: {
    readonly prior: Float64Array;
    readonly sizes: readonly Float64Array[];
  },
): Fall["chance"] {
  const total = prior.reduce((sum, share) => sum + share, 0);
  let drawn = 0; // the variance of a share q is q (1 − q) of this
  for (const [c, share] of prior.entries()) {
    if (share === 0) continue;
    drawn += (share / total) ** 2 *
      sizes.reduce((sum, counts) => sum + 1 / (counts[c] as number), 0);
  }
  let deviations = 0;
  for (const [bin, share] of test.shares.entries()) {
    const q = (share + (other.shares[bin] as number)) / 2 / total;
    // A bin that all are in may have a share above 1, by rounding.
    deviations += Math.sqrt(Math.max(0, q * (1 - q)) * drawn);
  }
  return {
    usual: total === 0 ? 0 : deviations / Math.sqrt(2 * Math.PI),
    wide: 1.96 * 0.5 * Math.sqrt(drawn),
  };
}

/** Number of examples of each class in one set: [classes]. */
function sizesIn(
  set: 0 | 1,
  split: Uint8Array,
  { labels, classes }: AssociationOptions,
): Float64Array {
  const sizes = new Float64Array(classes);
  for (let i = 0; i < labels.length; i++) {
    if (split[i] !== set) continue;
    const label = labels[i] as number;
    sizes[label] = (sizes[label] as number) + 1;
  }
  return sizes;
}

/**
 * The mean over one set, examples weighted by their class. Its variance sums up
 * what examples of a group are beside it, and then squares: groups are drawn,
 * not examples.
 */
function toldIn(
  { rows, weights, total, groups, groupCount }: ComparedSet,
  { bins: { bins, count }, information }: {
    readonly bins: PropertyBins;
    readonly information: Float64Array;
  },
): Told {
  let sum = 0;
  const shares = new Float64Array(count);
  for (let r = 0; r < rows.length; r++) {
    const i = rows[r] as number;
    const weight = weights[r] as number;
    sum += weight * (information[i] as number);
    const bin = bins[i] as number;
    shares[bin] = (shares[bin] as number) + weight;
  }
  const mean = total === 0 ? 0 : sum / total;
  const beside = new Float64Array(groupCount);
  for (let r = 0; r < rows.length; r++) {
    const group = groups[r] as number;
    beside[group] = (beside[group] as number) +
      (weights[r] as number) *
        ((information[rows[r] as number] as number) - mean);
  }
  let squares = 0;
  for (let g = 0; g < groupCount; g++) squares += (beside[g] as number) ** 2;
  return {
    mean,
    variance: total === 0 || groupCount < 2
      ? Infinity
      : squares * groupCount / (groupCount - 1) / (total * total),
    groups: groupCount,
    shares,
  };
}
