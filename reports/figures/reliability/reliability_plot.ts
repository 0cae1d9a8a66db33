/**
 * Places the marks of reliability curves in their square.
 *
 * @module
 */
import type * as Plot from "@observablehq/plot";
import { formatCount, formatQuantity } from "../../value/quantity.ts";
import { type LegendEntry, legendMarks, SAMPLE } from "../drawing/legend.ts";
import { numberTicks } from "../drawing/number_ticks.ts";
import { groupStyle, SOFT_COLOUR } from "../drawing/palette.ts";
import { isWide, type Sheet } from "../drawing/sheet.ts";
import { rules, textAt } from "../drawing/pixel_marks.ts";
import { pixelPlot } from "../drawing/pixels.ts";
import { calibrationError, type MeasuredBin } from "./reliability_data.ts";
import type { ReliabilityFigure } from "../../value/reliability_figure.ts";
import { symbols } from "../drawing/robustness_style.ts";

/** The drawing on a sheet. */
export function reliabilityPlot(
  figure: ReliabilityFigure,
  { bins, sheet }: {
    readonly bins: readonly MeasuredBin[];
    readonly sheet: Sheet;
  },
): Plot.PlotOptions {
  const { width, font } = sheet;
  const left = font * 3.4;
  const top = font * 1.9;
  const side = Math.min(
    width - left - font,
    isWide(sheet) ? width * 0.6 : Infinity,
  );
  const [right, bottom] = [left + side, top + side];
  const toX = (share: number) => left + share * side;
  const toY = (share: number) => bottom - share * side;
  const ticks = numberTicks([0, 100], { length: side, gap: font * 3.4 })
    .map((tick) => tick / 100);
  const legend = legendMarks(
    sheet.legend === "drawn" ? reliabilityLegend(figure) : [],
    {
      width,
      font,
      top: bottom + font * 3.2,
    },
  );
  const {
    predicted = "predicted probability",
    observed = "observed share",
  } = figure;
  return pixelPlot(
    { width, font, height: bottom + font * 3.2 + legend.height },
    [
      rules(
        ticks.flatMap((tick) => [
          { x1: toX(tick), x2: toX(tick), y1: top, y2: bottom },
          { x1: left, x2: right, y1: toY(tick), y2: toY(tick) },
        ]),
        { opacity: 0.12 },
      ),
      ...ticks.flatMap((tick) => [
        textAt(label(tick), {
          x: toX(tick),
          y: bottom + font * 0.9,
          anchor: "middle",
        }),
        textAt(label(tick), { x: left - 6, y: toY(tick), anchor: "end" }),
      ]),
      textAt(`${predicted} →`, {
        x: right,
        y: bottom + font * 2.3,
        anchor: "end",
      }),
      textAt(`↑ ${observed}`, { x: 0, y: font * 0.7 }),
      rules([{ x1: left, x2: right, y1: bottom, y2: top }], {
        dash: "5,4",
        width: 1.2,
        colour: SOFT_COLOUR,
      }),
      ...figure.curves.flatMap((_, series) => {
        const { symbol, colour } = groupStyle(series);
        const mine = bins.filter((bin) => bin.series === series);
        const radius = font * (mine.length > 25 ? 0.22 : 0.36);
        return [
          rules(
            mine.slice(1).map((bin, i) => ({
              x1: toX(mine[i]?.predicted ?? bin.predicted),
              x2: toX(bin.predicted),
              y1: toY(mine[i]?.observed ?? bin.observed),
              y2: toY(bin.observed),
            })),
            { colour, width: 1, opacity: 0.5 },
          ),
          rules(
            mine.map(({ predicted, low, high }) => ({
              x1: toX(predicted),
              x2: toX(predicted),
              y1: toY(low),
              y2: toY(high),
            })),
            { colour, width: 1.3 },
          ),
          symbols(
            mine.map((bin) => ({
              x: toX(bin.predicted),
              y: toY(bin.observed),
              title: binTitle(bin, mine.length),
            })),
            { symbol, colour, radius, filling: 0 },
          ),
        ];
      }),
      ...legend.marks,
    ],
  );
}

/** Curves with their calibration errors, and the line of perfect calibration. */
export function reliabilityLegend(
  { curves }: ReliabilityFigure,
): readonly LegendEntry[] {
  return [
    ...curves.map((curve, i): LegendEntry => ({
      text: `${curve.name}, calibration error ${
        formatQuantity({
          value: calibrationError(curve),
          unit: "points",
          signed: false,
        })
      }`,
      sample: ({ x, y, font }) => [
        symbols([{ x: x + SAMPLE * font / 2, y }], {
          ...groupStyle(i),
          filling: 0,
          radius: font * 0.4,
        }),
      ],
    })),
    {
      text: "perfect calibration",
      sample: ({ x, y, font }) => [
        rules([{ x1: x, x2: x + SAMPLE * font, y1: y, y2: y }], {
          dash: "5,4",
          width: 1.2,
          colour: SOFT_COLOUR,
        }),
      ],
    },
  ];
}

function binTitle(bin: MeasuredBin, of: number): string {
  const percent = (value: number) => formatQuantity({ value, unit: "percent" });
  return `${bin.curve}, bin ${bin.place} of ${of}\npredicted ${
    percent(bin.predicted)
  }, observed ${percent(bin.observed)} (${percent(bin.low)} to ${
    percent(bin.high)
  }), n = ${formatCount(bin.n)}`;
}

function label(share: number): string {
  return `${Number((100 * share).toFixed(2))}%`;
}
