/**
 * Which images a network gets right: 1 where the largest logit (the first of
 * several equal ones) is that of the image's class, else 0.
 *
 * @param logits [n, classes], row-major
 * @param labels [n]
 * @throws {RangeError} if there are not `classes` logits for every label
 */
export function rightPredictions(
  logits: Float32Array,
  { labels, classes }: {
    readonly labels: ArrayLike<number>;
    readonly classes: number;
  },
): Uint8Array {
  if (logits.length !== labels.length * classes) {
    throw new RangeError(
      `Cannot tell right predictions: ${logits.length} logits are not ${classes} for each of ${labels.length} labels`,
    );
  }
  return Uint8Array.from(labels, (label, i) => {
    const row = logits.subarray(i * classes, (i + 1) * classes);
    const largest = row.reduce((a, b) => Math.max(a, b), -Infinity);
    return row.indexOf(largest) === label ? 1 : 0;
  });
}
