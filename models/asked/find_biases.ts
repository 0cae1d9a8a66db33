/**
 * Whether class frequencies differ, and which properties tell the label in the
 * reference set and not in the shifted one, or in the shifted one alone. Long,
 * since both directions of a link are looked for in the same bins and splits.
 *
 * @module
 */
import type { AskedProperty, AskedSet } from "../../data/asked/asked_set.ts";
import {
  groupsOf,
  haveGroupsInCommon,
  joinSets,
} from "../../data/asked/take_examples.ts";
import { foldsOf } from "../../data/images/folds.ts";
import { stream } from "../../engine/define/random.ts";
import type { Parts } from "../../shifts/measure/parts.ts";
import type {
  FoundBias,
  FoundLabels,
} from "../../stats/asked/ask_findings_schemas.ts";
import {
  associationFalls,
  type AssociationOptions,
  type PropertyInSets,
} from "../../stats/asked/association.ts";
import {
  binProperty,
  informationOf,
  informationTable,
} from "../../stats/asked/property_information.ts";
import { groupsInSets } from "../../stats/asked/groups_in_sets.ts";
import {
  countLabels,
  type LabelDistance,
  labelDistance,
} from "../../stats/asked/label_distance.ts";
import { placeboSplits } from "../../stats/asked/placebo_splits.ts";
import { BOUNDS } from "../../stats/asked/rule_bounds.ts";
import { findExchange } from "./find_exchange.ts";
import {
  type AskedSets,
  isTooSmall,
  type TestedSets,
} from "./remove_duplicates.ts";

/** Most groups that are looked at as if they were a property. */
const MOST_GROUPS = 20;

/** Class frequencies and properties of both sets; null and none without labels. */
export interface Biases {
  readonly labels: FoundLabels | null;
  /** The largest z first. */
  readonly biases: readonly FoundBias[];
}

/** How to look. */
export interface FindBiasesOptions {
  /** Which shifted examples are in support, where there are features to tell. */
  readonly parts: Parts;
  readonly seed: number;
  /** All examples, where those of the sets were drawn of them: classes are counted in all. */
  readonly whole?: TestedSets;
  /** Number of random splits: chances are multiples of 1 / (placebos + 1). */
  readonly placebos: number;
}

/**
 * Compares labels and properties of the test and the shifted set. What a
 * property tells is learnt from the reference set, or, without one, from the
 * other half of the test set; never from groups of which it is then asked, for
 * such groups the test set has and the shifted one lacks.
 */
export function findBiases(
  { reference, test, shifted }: AskedSets,
  { seed, placebos, parts, whole = { test, shifted } }: FindBiasesOptions,
): Biases {
  if (
    test.labels === null || shifted.labels === null ||
    isTooSmall([test, shifted])
  ) {
    return { labels: null, biases: [] };
  }
  const hasReference = reference.n > 0 && reference.labels !== null;
  const sets = hasReference ? [reference, test, shifted] : [test, shifted];
  const all = joinSets(sets);
  const start = all.n - test.n - shifted.n;
  const own = all.labels as Int32Array;
  const labels = own.subarray(start);
  const isShifted = new Uint8Array(labels.length).fill(1, test.n);
  const classes = test.classes.length;
  const isTold = Object.keys(test.features).length > 0;
  const groups = groupsOf([test, shifted]);
  const random = stream(seed, "asked", "biases");
  const splits = (strata: Int32Array | null) =>
    placeboSplits({ shifted: isShifted, strata, groups }, {
      count: placebos,
      draw: (n) => random.permutation(n),
    });
  const prior = priorOf(labels, { shifted: isShifted, classes });
  const given = prior.every((share) => share === 0) ? [] : [
    ...Object.entries(all.properties).map(([property, own]) => ({
      property,
      own,
      isGroups: false,
    })),
    ...groupProperty(sets),
  ];
  const inBoth = given.map(({ own, ...one }) => ({
    ...one,
    own: { ...own, values: own.values.subarray(start) },
  }));
  const sides = {
    byGroup: sidesOf([test, shifted], { seed, byGroup: true }),
    byRow: sidesOf([test, shifted], { seed, byGroup: false }),
  };
  const unsorted = splits(null);
  const withinClasses = splits(labels);
  const shared = isShifted.map((set, i) =>
    set === 0 || isTold && parts.inSupport[i - test.n] === 1 ? set : 2
  );
  const options: AssociationOptions = {
    shifted: isShifted,
    shared,
    labels,
    classes,
    prior,
    groups: groupsInSets({ shifted: isShifted, groups }),
    placebos: withinClasses,
  };
  return {
    labels: {
      ...labelDistance(labels, {
        shifted: isShifted,
        classes,
        placebos: unsorted,
      }),
      inSupport: !isTold ? null : labelsInSupport(labels, {
        shared,
        classes,
        groups,
        placebos,
        seed,
      }),
      counts: classCounts(whole, test.classes),
      exchanged: !isTold ? null : findExchange({ reference, test, shifted }, {
        seed,
        labels,
        isShifted,
        placebos: withinClasses,
      }),
    },
    biases: withGains(
      hasReference
        ? associationFalls(
          taughtByReference(given, { sets, labels: own, prior, seed }),
          options,
        )
        : fallsInHalves(inBoth, options, sides),
      risesInHalves(inBoth, options, sides),
    ),
  };
}

/** How far the class frequencies of the shifted examples in support are from those of the test set; null where few are. */
function labelsInSupport(
  labels: Int32Array,
  { shared, classes, groups, placebos, seed }: {
    /** 0 for test examples, 1 for shifted ones in support: [n]. */
    readonly shared: Uint8Array;
    readonly classes: number;
    readonly groups: readonly string[] | null;
    readonly placebos: number;
    readonly seed: number;
  },
): LabelDistance | null {
  const rows = range(0, labels.length).filter((i) => shared[i] !== 2);
  const shifted = Uint8Array.from(rows, (i) => shared[i] as number);
  const random = stream(seed, "asked", "labels in support");
  if (
    rows.length - shifted.filter((set) => set === 0).length < BOUNDS.examples
  ) {
    return null;
  }
  return labelDistance(Int32Array.from(rows, (i) => labels[i] as number), {
    shifted,
    classes,
    placebos: placeboSplits({
      shifted,
      strata: null,
      groups: groups && Array.from(rows, (i) => groups[i] as string),
    }, { count: placebos, draw: (n) => random.permutation(n) }),
  });
}

/** Shares of the classes that both sets have, as the test set has them; 0 of all where they have none in common. */
function priorOf(
  labels: Int32Array,
  sets: { readonly shifted: Uint8Array; readonly classes: number },
): Float64Array {
  const [ofTest, ofShifted] = countLabels(labels, sets);
  const shared = ofTest.map((count, c) => ofShifted[c] === 0 ? 0 : count);
  const sum = shared.reduce((total, count) => total + count, 0);
  return shared.map((count) => sum === 0 ? 0 : count / sum);
}

/** Examples of each class. */
function classCounts(
  { test, shifted }: TestedSets,
  classes: readonly string[],
): FoundLabels["counts"] {
  const [ofTest, ofShifted] = [test, shifted].map(({ labels }) => {
    const counts = new Array<number>(classes.length).fill(0);
    for (const label of labels ?? []) {
      counts[label] = (counts[label] as number) + 1;
    }
    return counts;
  });
  return classes.map((name, c) => ({
    class: name,
    test: ofTest?.[c] as number,
    shifted: ofShifted?.[c] as number,
  }));
}

/**
 * What the reference set, the first of three, teaches of the others; or each half
 * of it, of the others in that half, where they have groups in common.
 */
function taughtByReference(
  properties: readonly ComparedProperty[],
  { sets, labels, prior, seed }: {
    readonly sets: readonly AskedSet[];
    readonly labels: Int32Array;
    /** Share of each class. */
    readonly prior: Float64Array;
    readonly seed: number;
  },
): readonly PropertyInSets[] {
  const [reference, ...others] = sets as [AskedSet, ...AskedSet[]];
  const start = reference.n;
  const whole = [{ rows: range(0, start), given: range(start, labels.length) }];
  const learnt = haveGroupsInCommon(reference, groupsOf(others))
    ? halvesOf(sets, { seed })
    : whole;
  return properties.map(({ property, own, isGroups }) => {
    const { values, categories, ofFile } = own;
    const parts = isGroups ? whole : learnt;
    const bins = binProperty(values, {
      categories,
      fitted: (parts[0] as Learnt).rows,
      partsConstant: true,
    });
    const information = new Float64Array(labels.length - start);
    for (const { rows, given } of parts) {
      const told = informationOf({
        bins: bins.bins,
        count: bins.count,
        labels,
        classes: prior.length,
      }, { fitted: rows, prior });
      for (const i of given) information[i - start] = told[i] as number;
    }
    return {
      property,
      bins: { ...bins, bins: bins.bins.subarray(start) },
      information,
      isGroups,
      ofFile,
    };
  });
}

/** Which of two halves each example of both sets is in. */
interface Sides {
  /** With all examples of a group in one half. */
  readonly byGroup: ArrayLike<number>;
  readonly byRow: ArrayLike<number>;
}

/** A property with its values in the sets that are compared. */
interface ComparedProperty {
  /** Its name; one that somebody gave may be called as groups are. */
  readonly property: string;
  readonly own: AskedProperty;
  /** Whether it is made of the groups. */
  readonly isGroups: boolean;
}

/** The falls from the shifted to the test set of what the shifted set teaches, see {@linkcode fallsInHalves}. */
function risesInHalves(
  properties: readonly ComparedProperty[],
  options: AssociationOptions,
  sides: Sides,
): readonly FoundBias[] {
  const { shifted, shared = shifted, placebos } = options;
  const turned = (split: Uint8Array) =>
    split.map((set) => set === 2 ? set : 1 - set);
  return fallsInHalves(properties, {
    ...options,
    shifted: turned(shifted),
    shared: turned(shared),
    placebos: placebos.map(turned),
  }, sides);
}

/**
 * The falls from the first to the second set of what the first one teaches:
 * each half of it teaches what is asked of the other, and of the examples of the
 * second set there. Random splits teach as well, each by itself: what is learnt
 * by chance would otherwise count as more than it is.
 */
function fallsInHalves(
  properties: readonly ComparedProperty[],
  options: AssociationOptions,
  sides: Sides,
): readonly FoundBias[] {
  const { labels, classes, prior, shifted } = options;
  return associationFalls(
    properties.map(({ property, own, isGroups }) => {
      const { values, categories, ofFile } = own;
      const bins = binProperty(values, {
        categories,
        fitted: range(0, labels.length),
        partsConstant: true,
      });
      const by = isGroups ? sides.byRow : sides.byGroup;
      const cells = bins.bins.map((bin, i) =>
        bin * classes + (labels[i] as number)
      );
      const learnt = (split: Uint8Array) => {
        const together = [0, 1].map(() =>
          new Float64Array(bins.count * classes)
        );
        // Iterators would take most of the time.
        for (let i = 0; i < cells.length; i++) {
          if (split[i] !== 0) continue;
          const own = together[by[i] as number] as Float64Array;
          const cell = cells[i] as number;
          own[cell] = (own[cell] as number) + 1;
        }
        const [first, second] = together.map((own) =>
          informationTable(own, prior)
        ) as [Float64Array, Float64Array];
        const information = new Float64Array(cells.length);
        for (let i = 0; i < cells.length; i++) {
          const told = by[i] === 0 ? second : first;
          information[i] = told[cells[i] as number] as number;
        }
        return information;
      };
      return {
        property,
        bins,
        // A split that keeps groups whole teaches nothing of groups.
        information: isGroups ? learnt(shifted) : learnt,
        isGroups,
        ofFile,
      };
    }),
    { ...options, inHalves: true },
  );
}

/** What is found of each property in either direction. */
function withGains(
  falls: readonly FoundBias[],
  rises: readonly FoundBias[],
): readonly FoundBias[] {
  const gains = new Map(rises.map((rise) => [rise.property, rise]));
  return falls.map((bias) => {
    const rise = gains.get(bias.property);
    if (rise === undefined) return bias;
    // There the shifted set stands first.
    const { p, z, test, shifted, fall, inSupport, counts } = rise;
    return {
      ...bias,
      gained: {
        p,
        z,
        shifted: test,
        test: shifted,
        rise: fall,
        inSupport,
        counts,
      },
    };
  });
}

/** Rows to learn from, and rows to which that is applied. */
interface Learnt {
  readonly rows: Uint32Array;
  readonly given: Uint32Array;
}

function range(from: number, to: number): Uint32Array {
  return Uint32Array.from({ length: to - from }, (_, i) => from + i);
}

/**
 * Each random half of what a property is learnt from, the first of the sets,
 * and the test and shifted examples of the other half.
 */
function halvesOf(
  sets: readonly AskedSet[],
  { seed }: { readonly seed: number },
): readonly Learnt[] {
  const sides = sidesOf(sets, { seed, byGroup: true });
  const taught = (sets[0] as AskedSet).n;
  return [0, 1].map((half) => ({
    rows: range(0, taught).filter((i) => sides[i] !== half),
    given: range(taught, sides.length).filter((i) => sides[i] === half),
  }));
}

/** A random half for each example of some sets. */
function sidesOf(
  sets: readonly AskedSet[],
  { seed, byGroup }: {
    readonly seed: number;
    /** Whether all examples of a group are in one half. */
    readonly byGroup: boolean;
  },
): readonly number[] {
  return foldsOf(
    sets.map(({ n, groups }) => ({
      n,
      groups: byGroup ? groups ?? undefined : undefined,
    })),
    { folds: 2, seed },
  ).flatMap((side) => [...side]);
}

/** Few groups as a property, where all sets have the same ones: of one that a set lacks nothing is known there, whatever it tells elsewhere. */
function groupProperty(
  sets: readonly AskedSet[],
): readonly ComparedProperty[] {
  const places = new Map<string, number>();
  const all = sets.map(({ groups }) => new Set(groups));
  for (const name of all.flatMap((names) => [...names])) {
    if (!places.has(name)) places.set(name, places.size);
  }
  const areTheSame = all.every(({ size }) => size === places.size);
  if (!areTheSame || places.size < 2 || places.size > MOST_GROUPS) return [];
  return [{
    property: "group",
    own: {
      values: Float64Array.from(
        sets.flatMap(({ groups }) => groups ?? []),
        (name) => places.get(name) as number,
      ),
      categories: [...places.keys()],
    },
    isGroups: true,
  }];
}
