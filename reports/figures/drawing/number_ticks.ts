/**
 * Ticks at round numbers.
 *
 * @module
 */

/**
 * The multiples of the finest step of 1, 2 or 5 times a power of ten that
 * leaves neighbours room.
 *
 * @param domain lowest and highest number of the axis
 * @param length length of the axis in pixels
 * @param gap least distance of two neighbours in pixels
 */
export function numberTicks(
  [low, high]: readonly [number, number],
  { length, gap }: { readonly length: number; readonly gap: number },
): readonly number[] {
  const least = (high - low) * gap / length;
  const power = Math.floor(Math.log10(least));
  const step = [1, 2, 5, 10].map((factor) => tenTimes(factor, power))
    .find((candidate) => candidate >= least * (1 - 1e-9));
  if (step === undefined) return [];
  const first = Math.ceil(low / step - 1e-9);
  const last = Math.floor(high / step + 1e-9);
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, i) => {
    // Through its decimals, so that 0.3 is not 0.30000000000000004.
    return Number(((first + i) * step).toPrecision(12)) + 0;
  });
}

/** Of sorted items, those that keep their distance from the one before. */
export function apart<T>(
  items: readonly T[],
  { at, gap }: {
    readonly at: (item: T) => number;
    readonly gap: (before: T, item: T) => number;
  },
): readonly T[] {
  const kept: T[] = [];
  for (const item of items) {
    const before = kept.at(-1);
    if (before === undefined || at(item) - at(before) >= gap(before, item)) {
      kept.push(item);
    }
  }
  return kept;
}

function tenTimes(factor: number, power: number): number {
  return Number(`${factor}e${power}`);
}
