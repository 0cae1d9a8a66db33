/**
 * Difficulty of examples, and parts made alike in it (figure C.6 of
 * arXiv:2403.00194).
 *
 * @module
 */

/**
 * The share of networks that get each example wrong.
 *
 * @param right one array a network: 1 where it is right, 0 where it is wrong
 * @throws {RangeError} if there is no network, or they differ in their number of examples
 */
export function difficultyOf(right: readonly Uint8Array[]): Float64Array {
  const [first] = right;
  if (first === undefined) {
    throw new RangeError(
      "Cannot take the difficulty of examples: there is no network",
    );
  }
  const other = right.find(({ length }) => length !== first.length);
  if (other !== undefined) {
    throw new RangeError(
      `Cannot take the difficulty of examples: one network saw ${first.length} and another ${other.length}`,
    );
  }
  const wrong = new Uint32Array(first.length);
  for (const network of right) {
    for (let i = 0; i < network.length; i++) {
      wrong[i] = (wrong[i] as number) + 1 - (network[i] as number);
    }
  }
  return Float64Array.from(wrong, (count) => count / right.length);
}

/** Two parts of some examples, and how difficult each example is. */
export interface DifficultParts {
  /** Whether each example is in the first part; the others are in the second. */
  readonly first: ArrayLike<boolean>;
  /** Difficulty of each example, one of a few values. */
  readonly difficulty: Float64Array;
}

/** Weights that make the second part as difficult as the first. */
export interface MatchedDifficulty {
  /** Of each example: 1 in the first part, p_first(d) / p_second(d) in the second. */
  readonly weights: Float64Array;
  /** Share of the first part of a difficulty that the second part has as well; below 1 the match is imperfect. */
  readonly covered: number;
}

/**
 * Weights examples of the second part by p_first(d) / p_second(d), d being
 * their difficulty, as the paper weights out-of-support examples.
 */
export function matchDifficulty(
  { first, difficulty }: DifficultParts,
): MatchedDifficulty {
  const counts = new Map<number, [first: number, second: number]>();
  const sizes: [number, number] = [0, 0];
  for (const [i, d] of difficulty.entries()) {
    const part = first[i] ? 0 : 1;
    const count = counts.get(d) ?? [0, 0];
    count[part]++;
    sizes[part]++;
    counts.set(d, count);
  }
  let covered = 0;
  for (const [inFirst, inSecond] of counts.values()) {
    if (inSecond > 0) covered += inFirst;
  }
  return {
    weights: difficulty.map((d, i) => {
      const [inFirst, inSecond] = counts.get(d) as [number, number];
      return first[i]
        ? 1
        : sizes[0] === 0
        ? 0
        : (inFirst / sizes[0]) / (inSecond / sizes[1]);
    }),
    covered: sizes[0] === 0 ? 0 : covered / sizes[0],
  };
}
