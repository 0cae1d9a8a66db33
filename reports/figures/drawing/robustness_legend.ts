/**
 * The legend of figures of effective robustness.
 *
 * @module
 */
import { formatBound } from "../../value/quantity.ts";
import { type LegendEntry, SAMPLE, type SamplePlace } from "./legend.ts";
import { groupStyle } from "./palette.ts";
import { rules, shade } from "./pixel_marks.ts";
import {
  DASHES,
  faintSymbols,
  FILLINGS,
  type MeasuredNames,
  symbols,
} from "./robustness_style.ts";

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
    ...(options.groups ? groups : []).map((text, i): LegendEntry => ({
      text,
      sample: (place) => [
        symbols([middle(place)], {
          ...groupStyle(i),
          filling: 0,
          radius: place.font * 0.45,
        }),
      ],
    })),
    ...(several ? baselines : []).map((name, i): LegendEntry => ({
      text: `${FILLINGS[Math.min(i, 2)]}: line of ${name}`,
      sample: (place) => [
        ...joined
          ? [rules([bar(place)], { width: 1.4, dash: DASHES[Math.min(i, 2)] })]
          : [],
        symbols([middle(place)], {
          symbol: "circle",
          colour: "currentColor",
          filling: Math.min(i, 2),
          radius: place.font * 0.38,
        }),
      ],
    })),
    ...singles
      ? [{
        text: "single networks",
        sample: (place: SamplePlace) => [
          faintSymbols([middle(place)], {
            ...groupStyle(0),
            colour: "currentColor",
            radius: place.font * 0.25,
          }),
        ],
      }]
      : [],
    {
      text: `${formatBound({ value: level, unit: "percent" })}% interval`,
      sample: (place) => [rules([bar(place)], { width: 1.5 })],
    },
    {
      text: "of the line alone",
      sample: (place) => [rules([bar(place)], { width: 5, opacity: 0.35 })],
    },
    ...band === undefined ? [] : [{
      text: band,
      sample: (place: SamplePlace) => [
        shade({
          ...bar(place),
          y1: place.y - place.font * 0.5,
          y2: place.y + place.font * 0.5,
        }, { opacity: 0.12 }),
      ],
    }],
  ];
}

function bar({ x, y, font }: SamplePlace) {
  return { x1: x, x2: x + SAMPLE * font, y1: y, y2: y };
}

function middle({ x, y, font }: SamplePlace) {
  return { x: x + SAMPLE * font / 2, y };
}
