/**
 * Ends of axes, and ticks at round numbers.
 *
 * @module
 */
import { largest, smallest } from "../../../stats/intervals/extremes.ts";
import { type ScaleName, scales } from "../../../stats/lines/scale.ts";
import { formatNumber } from "../../value/quantity.ts";
import type { AxisTick } from "./pixels.ts";

/** Steps in units of 0.01 per cent, from fine to coarse. */
const STEPS = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 2500, 5000];

/** Where ticks may stand. */
interface Room {
  /** Length of the axis in pixels. */
  readonly length: number;
  /** Least distance of two neighbours in pixels. */
  readonly gap: number;
}

/** Ticks that continue a coarse ladder towards 0; mirrored towards 100 %. */
const TAILS = [500, 200, 100, 50, 20, 10, 5, 2, 1];

/**
 * Ticks between two accuracies: multiples of the finest round step whose
 * neighbours keep their distance on the scaled axis, then rounder and rounder
 * values towards 0 and 100 %, where a probit axis has room again, and one of a
 * finer step near the upper end if there is room for it.
 *
 * @param domain lowest and highest value of the axis in scaled units
 */
export function ticks(
  domain: readonly [number, number],
  { scale, length, gap }: Room & { readonly scale: ScaleName },
): readonly AxisTick[] {
  const { forward, inverse } = scales[scale];
  const [low, high] = [inverse(domain[0]), inverse(domain[1])];
  const place = (hundredths: number) => forward(hundredths / 10_000);
  const apart = (a: number, b: number) =>
    Math.abs(place(a) - place(b)) / (domain[1] - domain[0]) * length >= gap;
  const inside = (hundredths: number) =>
    hundredths / 10_000 >= low - 1e-12 && hundredths / 10_000 <= high + 1e-12 &&
    Number.isFinite(place(hundredths));

  for (const step of STEPS) {
    const multiples = range(
      Math.ceil(low * 10_000 / step - 1e-9),
      Math.floor(high * 10_000 / step + 1e-9),
    ).map((k) => k * step).filter(inside);
    const fits = multiples.slice(1).every((value, i) =>
      apart(value, multiples[i] ?? value)
    );
    if (!fits) continue;
    const chosen = [...multiples];
    /** Adds one before the first or after the last, if there is room. */
    const add = (value: number) => {
      const [first = Infinity] = chosen;
      const last = chosen.at(-1) ?? -Infinity;
      if (!inside(value) || !chosen.every((one) => apart(one, value))) {
        return false;
      }
      if (value < first) chosen.unshift(value);
      else if (value > last) chosen.push(value);
      else return false;
      return true;
    };
    for (const tail of TAILS.filter((value) => value < step)) {
      add(tail);
      add(10_000 - tail);
    }
    STEPS.filter((one) => one < step && one * 5 >= step).toReversed()
      .some((one) => add(Math.floor(high * 10_000 / one + 1e-9) * one));
    return chosen.map((hundredths) => ({
      at: place(hundredths),
      label: `${Number((hundredths / 100).toFixed(2))}%`,
    }));
  }
  return [];
}

function range(from: number, to: number): readonly number[] {
  return Array.from({ length: Math.max(0, to - from + 1) }, (_, i) => from + i);
}

/**
 * The multiples of the finest step of 1, 2 or 5 times a power of ten that
 * leaves neighbours room.
 *
 * @param domain lowest and highest number of the axis
 */
export function numberTicks(
  [low, high]: readonly [number, number],
  { length, gap }: Room,
): readonly number[] {
  const least = (high - low) * gap / length;
  const power = Math.floor(Math.log10(least));
  const step = [1, 2, 5, 10].map((factor) => Number(`${factor}e${power}`))
    .find((candidate) => candidate >= least * (1 - 1e-9));
  if (step === undefined) return [];
  // Through its decimals, so that 0.3 is not 0.30000000000000004.
  return range(Math.ceil(low / step - 1e-9), Math.floor(high / step + 1e-9))
    .map((k) => Number((k * step).toPrecision(12)) + 0);
}

/** Ticks of fractions in percentages or points, as fine as there is room for. */
export function hundredths(
  [low, high]: readonly [number, number],
  room: Room,
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

/** Air at either end of an axis, as a share of its range. */
const AIR = 0.06;

/**
 * The extent of values with air around it; intervals widen it by a share of
 * its range at most.
 */
export function airy(
  values: readonly number[],
  { ends = [], widening = 0.5, least = 0.02 }: {
    /** Ends of intervals. */
    readonly ends?: readonly number[];
    /** Largest widening at either end, as a share of the range. */
    readonly widening?: number;
    /** Smallest range. */
    readonly least?: number;
  } = {},
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
  return [start - AIR * range, end + AIR * range];
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
