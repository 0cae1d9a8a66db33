/**
 * The legend of figures of effective robustness.
 *
 * @module
 */
import { formatBound } from "../../value/quantity.ts";
import type { LegendEntry } from "./legend.ts";
import {
  faintSample,
  layered,
  lineSample,
  shadeSample,
  shapeSample,
} from "./legend_samples.ts";
import { groupStyle } from "./palette.ts";
import { DASHES, FILLINGS, type MeasuredNames } from "./robustness_style.ts";

/** What a legend says. */
export interface RobustnessLegendOptions {
  /** Whether it names the groups; where rows are labelled it need not. */
  readonly groups: boolean;
  /** Whether marks of one series are joined by lines. */
  readonly joined?: boolean;
  /** Whether faint marks are single networks. */
  readonly singles?: boolean;
  /** Confidence level of the intervals. */
  readonly level: number;
  /** What the shaded range is. */
  readonly band?: string | undefined;
}

/** The entries of the legend. */
export function robustnessLegend(
  { groups, baselines }: MeasuredNames,
  { joined = false, singles = false, level, band, ...options }:
    RobustnessLegendOptions,
): readonly LegendEntry[] {
  const several = baselines.length > 1;
  return [
    ...(options.groups ? groups : []).map((text, i) => ({
      text,
      sample: shapeSample({ ...groupStyle(i), filling: 0, size: 0.45 }),
    })),
    ...(several ? baselines : []).map((name, i) => ({
      text: `${FILLINGS[Math.min(i, 2)]}: line of ${name}`,
      sample: layered(
        ...joined
          ? [lineSample({ width: 1.4, dash: DASHES[Math.min(i, 2)] })]
          : [],
        shapeSample({
          symbol: "circle",
          colour: "currentColor",
          filling: Math.min(i, 2),
          size: 0.38,
        }),
      ),
    })),
    ...singles
      ? [{
        text: "single networks",
        sample: faintSample({
          ...groupStyle(0),
          colour: "currentColor",
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
    ...band === undefined
      ? []
      : [{ text: band, sample: shadeSample({ opacity: 0.12, height: 1 }) }],
  ];
}
