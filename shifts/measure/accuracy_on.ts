import type { Counts, Evaluation } from "./evaluation.ts";
import type { Distribution } from "../mixture.ts";

/** An accuracy, and how much is behind it. */
export interface MixedAccuracy {
  /** Share of right predictions, 0…1. */
  readonly accuracy: number;
  /** Number of images drawn from the distribution itself that would leave as much sampling noise. */
  readonly size: number;
}

/** Adds up to 1, but for rounding. */
function checkShares(
  what: string,
  shares: readonly (readonly [name: string, share: number])[],
): void {
  let sum = 0;
  for (const [name, share] of shares) {
    if (!(share >= 0)) {
      throw new RangeError(
        `Cannot mix accuracies: the share of ${what} "${name}" is ${share}`,
      );
    }
    sum += share;
  }
  if (!(Math.abs(sum - 1) < 1e-9)) {
    throw new RangeError(
      `Cannot mix accuracies: the shares of each ${what} sum to ${sum}, not 1`,
    );
  }
}

/** The share of each class that `distribution` takes from one set. */
function classShares(
  { total }: Counts,
  classes: readonly number[] | undefined,
): readonly number[] {
  if (classes === undefined) {
    const n = total.reduce((sum, count) => sum + count, 0);
    return total.map((count) => count / n);
  }
  if (classes.length !== total.length) {
    throw new RangeError(
      `Cannot mix accuracies: there are shares of ${classes.length} classes, but counts of ${total.length}`,
    );
  }
  return classes;
}

/**
 * Accuracy on a distribution that is made of evaluated sets: the accuracy in
 * each class of each set, weighted by its share.
 *
 * The size is that of a weighted mean of independent proportions,
 * 1 / Σ (w² / n) over the classes, as if all were equally hard (Kish's
 * effective sample size). Sets are taken to be versions of the same images, as
 * the sets of a paired design are: what several sets say of a class then
 * counts as the images of one set, not as more images. For sets of different
 * images this is too small a number.
 *
 * @param counts by name of the set
 * @param distribution shares of the sets, and of the classes where they differ from those in the sets
 * @throws {RangeError} if shares are negative or do not sum to 1, or there are no images of what has a share
 */
export function accuracyOn(
  counts: Readonly<Record<string, Counts>>,
  { sets, classes }: Distribution<string>,
): MixedAccuracy {
  checkShares("set", Object.entries(sets));
  if (classes !== undefined) {
    checkShares("class", classes.map((share, i) => [String(i), share]));
  }
  let [accuracy, wrong] = [0, 0];
  // Of each class, Σ w / √n: standard errors of the same images add up.
  const errors: number[] = [];
  for (const [name, setShare] of Object.entries(sets)) {
    if (setShare === 0) continue;
    const set = counts[name];
    if (set === undefined) {
      throw new RangeError(
        `Cannot mix accuracies: there are no counts of set "${name}"`,
      );
    }
    for (const [i, classShare] of classShares(set, classes).entries()) {
      const share = setShare * classShare;
      if (share === 0) continue;
      const [right = 0, n = 0] = [set.correct[i], set.total[i]];
      if (!(n > 0)) {
        throw new RangeError(
          `Cannot mix accuracies: set "${name}" has no images of class ${i}`,
        );
      }
      accuracy += share * right / n;
      wrong += share * (n - right) / n;
      errors[i] = (errors[i] ?? 0) + share / Math.sqrt(n);
    }
  }
  const variance = errors.reduce((sum, error) => sum + error ** 2, 0);
  return {
    // Shares need not sum to 1 exactly, but on a scale like probit 1 differs
    // much from the next smaller number.
    accuracy: wrong === 0 ? 1 : Math.min(accuracy, 1),
    size: 1 / variance,
  };
}

/**
 * Accuracy of the finished network of an evaluation on one set, e.g. the
 * selection split.
 *
 * @throws {RangeError} if the evaluation has no such network or set
 */
export function accuracyOf(
  { name, networks }: Evaluation,
  set: string,
): number {
  const network = networks.find(({ epoch }) => epoch === undefined);
  if (network === undefined) {
    throw new RangeError(
      `Cannot take an accuracy of "${name}": it was not evaluated when finished`,
    );
  }
  return accuracyOn(network.sets, { sets: { [set]: 1 } }).accuracy;
}
