import type { EvaluatedNetwork, Evaluation } from "./evaluation.ts";
import type { Distribution } from "../mixture.ts";

/**
 * What each image adds to the accuracy of a network on a distribution that is
 * made of evaluated sets, to first order: how far the accuracy would be lower
 * without it. The sum is 0; the sum of squares is the variance of the accuracy
 * when the images are drawn anew, in each class where `classes` has its share.
 *
 * Sets that are mixed are versions of the same images in the same order, so
 * that what an image adds through each of them is one number.
 *
 * @throws {RangeError} if the network was not judged on one of the sets, or the
 * sets differ in length
 */
export function influencesOf(
  network: EvaluatedNetwork,
  { labels, distribution: { sets, classes } }: Pick<Evaluation, "labels"> & {
    readonly distribution: Distribution<string>;
  },
): Float64Array {
  let influences: Float64Array | undefined;
  for (const [name, share] of Object.entries(sets)) {
    if (share === 0) continue;
    const [set, ofImages] = [network.sets[name], labels[name]];
    const n = ofImages?.length ?? 0;
    influences ??= new Float64Array(n);
    if (set === undefined || ofImages === undefined) {
      throw new RangeError(
        `Cannot take what each image adds to an accuracy: the network was not judged on set "${name}"`,
      );
    }
    if (n !== influences.length) {
      throw new RangeError(
        `Cannot take what each image adds to an accuracy: set "${name}" has ${n} images and another of the mixture ${influences.length}; sets that are mixed must be versions of the same images`,
      );
    }
    const { correct, total, right } = set;
    const all = sum(correct) / n;
    // By class: accuracy about which, and weight with which, an image counts.
    const middles = total.map((count, i) =>
      classes === undefined ? all : (correct[i] ?? 0) / Math.max(1, count)
    );
    const weights = total.map((count, i) =>
      share * (classes === undefined ? 1 / n : (classes[i] ?? NaN) / count)
    );
    for (let i = 0; i < n; i++) {
      const label = ofImages[i] as number;
      influences[i] = (influences[i] as number) + (weights[label] as number) *
          ((right[i] as number) - (middles[label] as number));
    }
  }
  return influences ?? new Float64Array();
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
