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
 * A random split that keeps the sizes: which set each example is of, dealt
 * anew among examples of a class. Examples of one group and set go together,
 * under the class of the first, so that sizes then are kept about.
 *
 * @param draw a uniform permutation of 0 … n − 1
 */
export function placeboSplit(
  { shifted, strata, groups }: SplitExamples,
  draw: (n: number) => Uint32Array,
): Uint8Array {
  if (groups === null) return dealtAnew({ shifted, strata }, draw);
  const units = new Map<string | number, number[]>();
  for (let i = 0; i < shifted.length; i++) {
    const name = `${shifted[i]}${groups[i]}`;
    const unit = units.get(name);
    if (unit === undefined) units.set(name, [i]);
    else unit.push(i);
  }
  const byClass = new Map<number, (readonly number[])[]>();
  for (const unit of units.values()) {
    const name = strata === null ? 0 : strata[unit[0] as number] as number;
    const like = byClass.get(name);
    if (like === undefined) byClass.set(name, [unit]);
    else like.push(unit);
  }
  const split = new Uint8Array(shifted.length);
  for (const like of byClass.values()) {
    for (const [k, from] of draw(like.length).entries()) {
      const set = shifted[(like[from] as readonly number[])[0] as number];
      for (const i of like[k] as readonly number[]) split[i] = set as number;
    }
  }
  return split;
}

/** The same of examples that are each their own group. */
function dealtAnew(
  { shifted, strata }: Omit<SplitExamples, "groups">,
  draw: (n: number) => Uint32Array,
): Uint8Array {
  const byClass = new Map<number, number[]>();
  for (let i = 0; i < shifted.length; i++) {
    const name = strata === null ? 0 : strata[i] as number;
    const like = byClass.get(name);
    if (like === undefined) byClass.set(name, [i]);
    else like.push(i);
  }
  const split = new Uint8Array(shifted.length);
  for (const like of byClass.values()) {
    const order = draw(like.length);
    for (let k = 0; k < like.length; k++) {
      split[like[k] as number] =
        shifted[like[order[k] as number] as number] as number;
    }
  }
  return split;
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
