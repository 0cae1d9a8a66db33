/**
 * How figures of effective robustness tell groups and lines apart: groups by
 * colour and shape, the line that they are measured by by its filling.
 *
 * @module
 */
import * as Plot from "@observablehq/plot";
import { groupStyle, PAGE_COLOUR } from "./palette.ts";

/** What a mark stands for. */
export interface Measured {
  /** Name of the group of networks. */
  readonly group: string;
  /** What the line goes through: "checkpoints". */
  readonly baselines: string;
}

/** The names of groups and of baselines, each in order of first mention. */
export interface MeasuredNames {
  readonly groups: readonly string[];
  readonly baselines: readonly string[];
}

/** The names of the groups and the baselines that some estimates are of. */
export function namesOf(estimates: readonly Measured[]): MeasuredNames {
  return {
    groups: [...new Set(estimates.map(({ group }) => group))],
    baselines: [...new Set(estimates.map(({ baselines }) => baselines))],
  };
}

/** Words for the fillings, in order. */
export const FILLINGS = ["filled", "hollow", "pale"] as const;

/** Dashes of lines between marks, in the order of the fillings. */
export const DASHES = [undefined, "5,3", "2,3"] as const;

/** Style of the group and place of its baselines among all, at most 2. */
export function styleOf(
  { group, baselines }: Measured,
  names: MeasuredNames,
): ReturnType<typeof groupStyle> & { readonly filling: number } {
  const place = names.baselines.indexOf(baselines);
  return {
    ...groupStyle(names.groups.indexOf(group)),
    filling: Math.min(Math.max(place, 0), FILLINGS.length - 1),
  };
}

/** Marks of one style at some places, with titles to hover over. */
export function symbols(
  places: readonly {
    readonly x: number;
    readonly y: number;
    readonly title?: string;
  }[],
  { symbol, colour, filling, radius }: {
    readonly symbol: Plot.SymbolType;
    readonly colour: string;
    readonly filling: number;
    readonly radius: number;
  },
): Plot.Markish {
  const titled = places.some(({ title }) => title !== undefined);
  return Plot.dot(places, {
    x: "x",
    y: "y",
    symbol,
    r: radius,
    fill: filling === 1 ? PAGE_COLOUR : colour,
    ...filling === 2 ? { fillOpacity: 0.35 } : {},
    stroke: filling === 0 ? PAGE_COLOUR : colour,
    strokeWidth: filling === 0 ? 1 : 1.8,
    ...titled ? { title: "title" } : {},
  });
}

/** Small faint marks of single networks. */
export function faintSymbols(
  places: readonly { readonly x: number; readonly y: number }[],
  { symbol, colour, radius }: {
    readonly symbol: Plot.SymbolType;
    readonly colour: string;
    readonly radius: number;
  },
): Plot.Markish {
  return Plot.dot(places, {
    x: "x",
    y: "y",
    symbol,
    r: radius,
    fill: colour,
    fillOpacity: 0.4,
    stroke: "none",
  });
}
