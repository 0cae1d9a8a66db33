/** How many predictions are right, as plain counts. */
export interface Counts {
  /** Right predictions by class of the image. */
  readonly correct: readonly number[];
  /** Images by class. */
  readonly total: readonly number[];
}

/**
 * Counts the images whose largest logit is that of their class (the first of
 * several equal ones).
 *
 * @param logits [n, classes], row-major
 * @param labels [n]
 * @throws {RangeError} if there are not `classes` logits for every label
 */
export function countCorrect(
  logits: Float32Array,
  { labels, classes }: {
    readonly labels: ArrayLike<number>;
    readonly classes: number;
  },
): Counts {
  if (logits.length !== labels.length * classes) {
    throw new RangeError(
      `Cannot count right predictions: ${logits.length} logits are not ${classes} for each of ${labels.length} labels`,
    );
  }
  const correct = new Array<number>(classes).fill(0);
  const total = new Array<number>(classes).fill(0);
  for (let i = 0; i < labels.length; i++) {
    const label = labels[i] as number;
    const row = logits.subarray(i * classes, (i + 1) * classes);
    const best = row.indexOf(row.reduce((a, b) => Math.max(a, b), -Infinity));
    total[label] = (total[label] ?? 0) + 1;
    if (best === label) correct[label] = (correct[label] ?? 0) + 1;
  }
  return { correct, total };
}
