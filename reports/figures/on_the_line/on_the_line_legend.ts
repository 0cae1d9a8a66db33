/**
 * The legends of the paper's figure: what its marks are, and the means.
 *
 * @module
 */
import type * as Plot from "@observablehq/plot";
import { formatBound } from "../../value/quantity.ts";
import {
  type LegendEntry,
  SAMPLE,
  type SamplePlace,
} from "../drawing/legend.ts";
import { meansOf, meanText } from "./on_the_line_caption.ts";
import type { OnTheLineFigure } from "../../value/on_the_line_figure.ts";
import type { Survey } from "./on_the_line_survey.ts";
import { groupStyle, SOFT_COLOUR } from "../drawing/palette.ts";
import { rules, shade, shortened } from "../drawing/pixel_marks.ts";
import { faintSymbols, symbols } from "../drawing/robustness_style.ts";

/** Title of {@linkcode meansLegend}. */
export const MEANS_TITLE = "Mean ER, points";

/** What is not a group: filled and hollow marks, baselines, their line and band, equal accuracies. */
export function linesLegend(
  { n, level = 0.95, hasMeans, hasSingles }:
    & Pick<Survey, "hasMeans" | "hasSingles">
    & {
      /** Number of the baselines; unsaid where figures side by side differ in it. */
      readonly n?: number | undefined;
      readonly level?: number | undefined;
    },
): readonly LegendEntry[] {
  const percent = formatBound({ value: level, unit: "percent" });
  const { symbol } = groupStyle(0);
  const shape = (text: string, filling: number, size: number): LegendEntry => ({
    text,
    sample: ({ x, y, font }) => [
      symbols([{ x: x + SAMPLE * font / 2, y }], {
        symbol,
        colour: "currentColor",
        filling,
        radius: font * size,
      }),
    ],
  });
  return [
    ...hasMeans
      ? [
        shape("filled: mean over seeds", 0, 0.48),
        shape("small: one of its networks", 0, 0.25),
      ]
      : [],
    ...hasSingles ? [shape("hollow: a single network", 1, 0.4)] : [],
    {
      text: n === undefined ? "baselines" : `baselines (n = ${n})`,
      sample: ({ x, y, font }) => [
        faintSymbols([{ x: x + SAMPLE * font / 2, y }], {
          symbol: "circle",
          colour: "currentColor",
          radius: font * 0.3,
        }),
      ],
    },
    {
      text: `their line, ${percent}% band`,
      sample: (place) => [
        shade({ ...across(place), ...upright(place) }, { opacity: 0.12 }),
        bar(place, { width: 2.2 }),
      ],
    },
    {
      text: "equal accuracies, y = x",
      sample: (place) => [
        bar(place, { width: 1.2, dash: "5,4", colour: SOFT_COLOUR }),
      ],
    },
  ];
}

/** The groups and all of them, each with its mean, and before it what it is a mean of. */
export function meansLegend(
  figure: OnTheLineFigure,
  { quantity = "", styleAt = groupStyle }: {
    readonly quantity?: string;
    /** The look of the group at an index; that of its place if left out. */
    readonly styleAt?: typeof groupStyle;
  } = {},
): readonly LegendEntry[] {
  const above = figure.overall === undefined ? 0 : 1;
  return meansOf(figure).map((group, i) => ({
    text: `${shortened(group.name, 24)} (n = ${group.mean.n})  ${
      quantity === "" ? "" : `${quantity} `
    }${meanText(group)}${quantity === "" ? "" : " points"}`,
    sample: ({ x, y, font }) => {
      if (i < above) return [];
      return [
        symbols([{ x: x + SAMPLE * font / 2, y }], {
          ...styleAt(i - above),
          // A hollow mark is a network alone, here as in the plot.
          filling: figure.groups[i - above]?.members.every(({ runs }) =>
              runs.length === 1
            )
            ? 1
            : 0,
          radius: font * 0.43,
        }),
      ];
    },
  }));
}

function bar(
  place: SamplePlace,
  look: Parameters<typeof rules>[1],
): Plot.Markish {
  return rules([{ ...across(place), y1: place.y, y2: place.y }], look);
}

function across({ x, font }: SamplePlace) {
  return { x1: x, x2: x + SAMPLE * font };
}

function upright({ y, font }: SamplePlace) {
  return { y1: y - font * 0.4, y2: y + font * 0.4 };
}
