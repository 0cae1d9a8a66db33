/**
 * Ends of axes, and ticks at round numbers.
 *
 * @module
 */
import { largest, smallest } from "../../../stats/intervals/extremes.ts";
import { formatNumber } from "../../value/quantity.ts";
import type { AxisTick } from "./pixels.ts";

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

/** Ticks of fractions in percentages or points, as fine as there is room for. */
export function hundredths(
  [low, high]: readonly [number, number],
  room: { readonly length: number; readonly gap: number },
): readonly AxisTick[] {
  const found = numberTicks([100 * low, 100 * high], room);
  const step = (found[1] ?? NaN) - (found[0] ?? NaN);
  const fine = step < 0.1 ? Math.ceil(-Math.log10(step) - 1e-9) : 1;
  return found.map((tick) => ({
    at: tick / 100,
    label: formatNumber({
      value: tick,
      digits: Number.isInteger(tick) ? 0 : fine,
    }),
  }));
}

/**
 * The extent of values with air around it; intervals widen it by a share of
 * its range at most.
 */
export function airy(
  values: readonly number[],
  { ends, widening, air, least }: {
    /** Ends of intervals. */
    readonly ends: readonly number[];
    /** Largest widening at either end, as a share of the range. */
    readonly widening: number;
    /** Air at either end, as a share of the range. */
    readonly air: number;
    /** Smallest range. */
    readonly least: number;
  },
): readonly [number, number] {
  const [low, high] = [smallest(values), largest(values)];
  const range = Math.max(high - low, least);
  const middle = (low + high) / 2;
  const start = Math.max(
    Math.min(low, middle - range / 2, smallest(ends)),
    low - range * widening,
  );
  const end = Math.min(
    Math.max(high, middle + range / 2, largest(ends)),
    high + range * widening,
  );
  return [start - air * range, end + air * range];
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
