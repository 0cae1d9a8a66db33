/**
 * How figures of effective robustness tell groups and lines apart: groups by
 * colour and shape, the line that they are measured by by its filling.
 *
 * @module
 */
import type { MeanEffectiveRobustness } from "../../../stats/lines/mean_effective_robustness.ts";
import { formatBound } from "../../value/quantity.ts";
import type {
  RobustnessBand,
  RobustnessEstimate,
} from "../../value/robustness_bars_figure.ts";
import {
  layered,
  type LegendEntry,
  lineSample,
  seriesLegend,
  shadeSample,
  shapeSample,
} from "./legend.ts";
import { groupStyle } from "./palette.ts";

/** What a mark stands for: a group of networks, and what the line goes through. */
export type GroupOverLine = Pick<RobustnessEstimate, "group" | "baselines">;

/** A mean, or null and how few examples there are. */
export type Measurement = Pick<RobustnessEstimate, "mean" | "examples">;

/** What is alike in figures of effective robustness. */
export interface MeasuredFigure {
  readonly band?: RobustnessBand | undefined;
  readonly estimates: readonly (GroupOverLine & Measurement)[];
}

/** The names of groups and of baselines, each in order of first mention. */
export interface MeasuredNames {
  readonly groups: readonly string[];
  readonly baselines: readonly string[];
}

/** The names of the groups and the baselines that some estimates are of. */
export function namesOf(estimates: readonly GroupOverLine[]): MeasuredNames {
  return {
    groups: [...new Set(estimates.map(({ group }) => group))],
    baselines: [...new Set(estimates.map(({ baselines }) => baselines))],
  };
}

/** The means of some measurements, without those of too few examples. */
export function takenMeans(
  measurements: readonly Measurement[],
): readonly MeanEffectiveRobustness[] {
  return measurements.map(({ mean }) => mean).filter((mean) => mean !== null);
}

/** Words for the fillings, in order. */
export const FILLINGS = ["filled", "hollow", "pale"] as const;

/** Dashes of lines between marks, in the order of the fillings. */
export const DASHES = [undefined, "5,3", "2,3"] as const;

/** Style of the group and place of its baselines among all, at most 2. */
export function styleOf(
  { group, baselines }: GroupOverLine,
  names: MeasuredNames,
): ReturnType<typeof groupStyle> & { readonly filling: number } {
  const place = names.baselines.indexOf(baselines);
  return {
    ...groupStyle(names.groups.indexOf(group)),
    filling: Math.min(Math.max(place, 0), FILLINGS.length - 1),
  };
}

/** The entries of the legend. */
export function robustnessLegend(
  { estimates, band }: MeasuredFigure,
  { joined = false, singles = false }: {
    /** Whether marks of one series are joined, by which its group is named; else its row is. */
    readonly joined?: boolean;
    /** Whether faint marks are single networks. */
    readonly singles?: boolean;
  } = {},
): readonly LegendEntry[] {
  const { groups, baselines } = namesOf(estimates);
  const level = takenMeans(estimates)[0]?.level ?? 0.95;
  const colour = "currentColor";
  return [
    ...joined ? seriesLegend(groups) : [],
    ...(baselines.length > 1 ? baselines : []).map((name, i): LegendEntry => {
      const filling = Math.min(i, FILLINGS.length - 1);
      const line = lineSample({ width: 1.4, dash: DASHES[filling] });
      const look = { symbol: "circle", colour, filling } as const;
      const shape = shapeSample({ ...look, size: 0.38 });
      return {
        text: `${FILLINGS[filling]}: line of ${name}`,
        sample: joined ? layered(line, shape) : shape,
      };
    }),
    ...singles
      ? [{
        text: "single networks",
        sample: shapeSample({
          ...groupStyle(0),
          colour,
          filling: "faint",
          size: 0.25,
        }),
      }]
      : [],
    {
      text: `${formatBound({ value: level, unit: "percent" })}% interval`,
      sample: lineSample({ width: 1.5 }),
    },
    {
      text: "of the line alone",
      sample: lineSample({ width: 5, opacity: 0.35 }),
    },
    ...band === undefined ? [] : [{
      text: band.title,
      sample: shadeSample({ opacity: 0.12, height: 1 }),
    }],
  ];
}
