/**
 * Whether labels of two classes were exchanged for some of the examples, though
 * these look like those of before.
 *
 * @module
 */
import type { Estimated } from "./ask_findings_schemas.ts";
import { largest } from "../intervals/extremes.ts";
import { countLabels } from "./label_distance.ts";
import { deviationAbout, meanOf } from "./placebo_splits.ts";

/** Two classes whose examples look more like those of the other than before. */
export interface ExchangedLabels {
  /** Indices of the two. */
  readonly classes: readonly [number, number];
  /** Share of their labels that would have to be exchanged for that, in either direction. */
  readonly share: Estimated;
  /** Share of the random splits, the sets as they are among them, in which any two classes stand out as much. */
  readonly p: number;
}

/** Scores of examples by a classifier of the classes, and which set they are of. */
export interface ScoredExamples {
  /** What speaks for each class: [classes][n]. */
  readonly scores: readonly Float64Array[];
  readonly labels: Int32Array;
  /** 1 for each shifted example. */
  readonly shifted: Uint8Array;
  /** Random splits among the examples of each class, which keep groups together. */
  readonly placebos: readonly Uint8Array[];
}

/** Fewer examples of a class in one of the sets tell nothing of it. */
const FEWEST = 20;

/** Classes that have enough examples in both sets. */
export function classesWithEnough(
  labels: Int32Array,
  { shifted, classes }: {
    readonly shifted: Uint8Array;
    readonly classes: number;
  },
): readonly number[] {
  const counts = countLabels(labels, { shifted, classes });
  return Array.from({ length: classes }, (_, c) => c)
    .filter((c) => counts.every((own) => (own[c] as number) >= FEWEST));
}

/**
 * The two classes that stand out most, by how much more examples of each look
 * like the other than those of the test set do: the sum of both differences of
 * means of scores, in its standard errors. A classifier need not be right for
 * that: where it tells two classes apart at all, half of their labels exchanged
 * take half of what it tells. Null of fewer than two classes with twenty
 * examples in each set, or of such that it does not tell apart.
 */
export function exchangedLabels(
  { scores, labels, shifted, placebos }: ScoredExamples,
): ExchangedLabels | null {
  const classes = classesWithEnough(labels, {
    shifted,
    classes: scores.length,
  });
  const ofClass = classes.map((c) =>
    Uint32Array.from(labels.keys()).filter((i) => labels[i] === c)
  );
  const variances = variancesOf(scores, { classes, ofClass });
  const pairs = classes.flatMap((_, a) =>
    classes.slice(a + 1).map((_, k) => [a, a + 1 + k] as const)
  );
  /** How much more examples of each pair look like the other, and how far apart the two are. */
  const risesOf = (split: Uint8Array) => {
    const counts = countLabels(labels, {
      shifted: split,
      classes: scores.length,
    });
    const means = meansOf(scores, { classes, ofClass, split, counts });
    const scatter = (own: number, other: number) =>
      (variances[own]?.[other] as number) *
      counts.reduce(
        (sum, one) => sum + 1 / (one[classes[own] as number] as number),
        0,
      );
    return pairs.map(([a, b]) => {
      const [test, shifted] = means.map((own) =>
        (own[a]?.[b] as number) + (own[b]?.[a] as number)
      ) as [number, number];
      const error = Math.sqrt(scatter(a, b) + scatter(b, a));
      const rise = shifted - test;
      return { rise, error, z: rise / error, apart: -test };
    });
  };
  const found = risesOf(shifted).map((rise, pair) => ({ ...rise, pair }));
  const [most] = found.filter(({ apart, error }) => apart > 0 && error > 0)
    .toSorted((one, other) => other.z - one.z);
  if (most === undefined) return null;
  const splits = placebos.map((split) => risesOf(split).map(({ z }) => z));
  const reached = splits.filter((split) => largest(split) >= most.z);
  const wider = Math.max(
    1,
    deviationAbout(splits.map((split) => split[most.pair] as number), 0),
  );
  // Both sums grow by the share of all that tells the two apart.
  const value = most.rise / (2 * most.apart);
  const half = 1.96 * wider * most.error / (2 * most.apart);
  const [a, b] = pairs[most.pair] as readonly [number, number];
  return {
    classes: [classes[a] as number, classes[b] as number],
    share: {
      value: within(value),
      low: within(value - half),
      high: within(value + half),
    },
    p: (1 + reached.length) / (1 + placebos.length),
  };
}

/** A share of labels: no more than all of them, however little tells the two apart. */
function within(share: number): number {
  return Math.min(1, Math.max(0, share));
}

/** Classes that are compared, by index, and the examples of each. */
interface ComparedClasses {
  readonly classes: readonly number[];
  readonly ofClass: readonly Uint32Array[];
}

/** Means over each class's examples of what speaks for each other class and against its own, in both sets of a split. */
function meansOf(
  scores: readonly Float64Array[],
  { classes, ofClass, split, counts }: ComparedClasses & {
    readonly split: Uint8Array;
    /** Examples of all classes in both sets of the split. */
    readonly counts: readonly Float64Array[];
  },
): readonly (readonly Float64Array[])[] {
  const means = [0, 1].map(() =>
    classes.map(() => new Float64Array(classes.length))
  );
  for (const [a, rows] of ofClass.entries()) {
    const against = scores[classes[a] as number] as Float64Array;
    for (const [b, other] of classes.entries()) {
      if (a === b) continue;
      const speaks = scores[other] as Float64Array;
      const sums = [0, 0];
      // Iterators would take most of the time.
      for (let k = 0; k < rows.length; k++) {
        const i = rows[k] as number;
        const set = split[i] as number;
        sums[set] = (sums[set] as number) + (speaks[i] as number) -
          (against[i] as number);
      }
      for (const [set, sum] of sums.entries()) {
        const own = means[set]?.[a] as Float64Array;
        own[b] = sum / (counts[set]?.[classes[a] as number] as number);
      }
    }
  }
  return means;
}

/** Variances of the same over the examples of each class. */
function variancesOf(
  scores: readonly Float64Array[],
  { classes, ofClass }: ComparedClasses,
): readonly Float64Array[] {
  return classes.map((own, a) =>
    Float64Array.from(classes, (other) => {
      const rows = ofClass[a] as Uint32Array;
      const margins = Float64Array.from(rows, (i) =>
        (scores[other]?.[i] as number) - (scores[own]?.[i] as number));
      return deviationAbout(margins, meanOf(margins)) ** 2 *
        margins.length / (margins.length - 1);
    })
  );
}
