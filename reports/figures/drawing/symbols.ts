/**
 * Marks at places: large ones, filled or hollow, and small faint ones.
 *
 * @module
 */
import * as Plot from "@observablehq/plot";
import { PAGE_COLOUR } from "./palette.ts";

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
