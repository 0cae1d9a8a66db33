/**
 * Choosing the weight of the losses beside a penalty by the worst group.
 *
 * @module
 */
import type { Groups } from "../../data/images/groups.ts";
import { stream } from "../../engine/define/random.ts";
import type { SoftmaxStart } from "../linear/softmax_regression.ts";
import { balancedSubset } from "./balance_groups.ts";
import { logitsOf, type Refitting } from "./last_layer.ts";
import { rowsOf, type Scaler, scalerOf, standardise } from "./standardise.ts";

/** Fits the images in some rows. */
export type Fit = (
  rows: Uint32Array,
  options: {
    readonly c: number;
    readonly scaler: Scaler;
    readonly start: SoftmaxStart | undefined;
  },
) => SoftmaxStart;

/** Groups of the images, the values of C, and how to fit. */
export interface ChooseCOptions {
  readonly groups: Groups;
  readonly candidates: readonly number[];
  readonly seed: number;
  readonly fit: Fit;
}

/** The chosen C. */
export interface ChoiceOfC {
  readonly c: number;
  /** The classifier that it gave on one half. */
  readonly classifier: SoftmaxStart;
  /** Accuracy of each candidate in the worst group of the other half. */
  readonly scores: readonly { readonly c: number; readonly worst: number }[];
}

/**
 * The C whose classifier, fitted to a group-balanced subset of one half of the
 * images and standardised by it, is best in its worst group of the other half:
 * of several as good the first.
 *
 * @throws {RangeError} if a class has fewer than two images, or there is no candidate
 */
export function chooseC(
  refitting: Refitting,
  { groups, candidates, seed, fit }: ChooseCOptions,
): ChoiceOfC {
  const { features, labels } = refitting;
  const [fitting, scoring] = halves(refitting, { groups, seed });
  const rows = balancedSubset(groups, {
    rows: fitting,
    random: stream(seed, "refit", "subset", "half"),
  });
  const scaler = scalerOf(rowsOf(features, rows), features.dimension);
  const held = standardise(rowsOf(features, scoring), scaler);
  // Each starts from the one with the next lower C.
  const fitted = new Map<number, SoftmaxStart>();
  let start: SoftmaxStart | undefined;
  for (const c of candidates.toSorted((a, b) => a - b)) {
    start = fit(rows, { c, scaler, start });
    fitted.set(c, start);
  }
  const tried = candidates.map((c) => {
    const classifier = fitted.get(c) as SoftmaxStart;
    const worst = worstAccuracy(held, {
      classifier,
      labels: scoring.map((i) => labels[i] as number),
      groups: scoring.map((i) => groups.of[i] as number),
    });
    return { c, worst, classifier };
  });
  const [first] = tried;
  if (first === undefined) {
    throw new RangeError("Cannot choose C: there is no candidate");
  }
  const { c, classifier } = tried.reduce(
    (best, next) => next.worst > best.worst ? next : best,
    first,
  );
  return { c, classifier, scores: tried.map(({ c, worst }) => ({ c, worst })) };
}

/** Two halves of the images, each with half of every group and class, to within one image. */
function halves(
  { labels }: Refitting,
  { groups: { of }, seed }: { readonly groups: Groups; readonly seed: number },
): readonly [Uint32Array, Uint32Array] {
  const counts = new Map<number, number>();
  for (const label of labels) counts.set(label, (counts.get(label) ?? 0) + 1);
  for (const [label, count] of counts) {
    if (count >= 2) continue;
    throw new RangeError(
      `Cannot choose C on one half of the images and fit on the other: class ${label} has one image among ${labels.length}; each class needs two`,
    );
  }
  const sorted = stream(seed, "refit", "halves").permutation(labels.length)
    .sort((a, b) =>
      (labels[a] as number) - (labels[b] as number) ||
      (of[a] as number) - (of[b] as number)
    );
  return [
    sorted.filter((_, i) => i % 2 === 0),
    sorted.filter((_, i) => i % 2 === 1),
  ];
}

/** Accuracy in the group in which it is least. */
function worstAccuracy(
  inputs: Float64Array,
  { classifier, labels, groups }: {
    readonly classifier: SoftmaxStart;
    readonly labels: Uint32Array;
    readonly groups: Uint32Array;
  },
): number {
  const classes = classifier.bias.length;
  const logits = logitsOf(classifier, inputs);
  const right = new Map<number, { hits: number; n: number }>();
  for (const [i, label] of labels.entries()) {
    const own = logits.subarray(i * classes, (i + 1) * classes);
    const most = own.reduce((a, b) => Math.max(a, b));
    const group = groups[i] as number;
    const { hits, n } = right.get(group) ?? { hits: 0, n: 0 };
    right.set(group, {
      hits: hits + (own.indexOf(most) === label ? 1 : 0),
      n: n + 1,
    });
  }
  return [...right.values()].reduce(
    (worst, { hits, n }) => Math.min(worst, hits / n),
    1,
  );
}
