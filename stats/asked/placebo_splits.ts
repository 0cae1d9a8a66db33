/**
 * Random splits of the examples of two sets: what chance alone gives.
 *
 * @module
 */

/** Examples of two sets, and which of them belong together. */
export interface SplitExamples {
  /** 1 for shifted examples, 0 for reference ones: [n]. */
  readonly shifted: Uint8Array;
  /** Class of each example: as many of each class stay in each set. Null for one class. */
  readonly strata: Int32Array | null;
  /** Name of the group of each example; null where each is its own. */
  readonly groups: readonly string[] | null;
}

/**
 * Random splits that keep the sizes: which set each example is of, dealt anew
 * among examples of a class. Examples of one group and set go together, under
 * the class of the first, so that sizes then are kept about.
 *
 * @param draw a uniform permutation of 0 … n − 1
 */
export function placeboSplits(
  { shifted, strata, groups }: SplitExamples,
  { count, draw }: {
    readonly count: number;
    readonly draw: (n: number) => Uint32Array;
  },
): readonly Uint8Array[] {
  const units = groups === null ? null : unitsOf(shifted, groups);
  const firsts = units?.map(([first]) => first as number) ??
    Array.from(shifted.keys());
  // Of each class its units, by their number and by their first example.
  const classes = [
    ...Map.groupBy(
      firsts.keys(),
      (unit) => strata?.[firsts[unit] as number] ?? 0,
    ).values(),
  ].map((own) => ({
    own: Uint32Array.from(own),
    sets: Uint8Array.from(
      own,
      (unit) => shifted[firsts[unit] as number] as number,
    ),
  }));
  return Array.from({ length: count }, () => {
    const split = new Uint8Array(shifted.length);
    for (const { own, sets } of classes) {
      const order = draw(own.length);
      for (let k = 0; k < own.length; k++) {
        const unit = own[k] as number;
        const set = sets[order[k] as number] as number;
        if (units === null) split[unit] = set;
        else for (const i of units[unit] as readonly number[]) split[i] = set;
      }
    }
    return split;
  });
}

/** Examples that are of one group and set. */
function unitsOf(
  shifted: Uint8Array,
  groups: readonly string[],
): readonly (readonly number[])[] {
  return [
    ...Map.groupBy(shifted.keys(), (i) => `${shifted[i]}${groups[i]}`).values(),
  ];
}

/** Mean of some values. */
export function meanOf(values: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i] as number;
  return sum / values.length;
}

/** Deviation of some values about a number, with divisor n. */
export function deviationAbout(
  values: ArrayLike<number>,
  middle: number,
): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) {
    sum += ((values[i] as number) - middle) ** 2;
  }
  return Math.sqrt(sum / values.length);
}
