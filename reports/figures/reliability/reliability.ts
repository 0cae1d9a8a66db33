/**
 * Draws how often what was predicted came true.
 *
 * @module
 */
import { largest, smallest } from "../../../stats/intervals/extremes.ts";
import { clopperPearson } from "../../../stats/intervals/proportion.ts";
import {
  calibrationError,
  type ReliabilityBin,
} from "../../../stats/splits/reliability.ts";
import { formatCount, formatQuantity } from "../../value/quantity.ts";
import type {
  ReliabilityCurve,
  ReliabilityFigure,
} from "../../value/reliability_figure.ts";
import { levelText } from "../../value/wording.ts";
import {
  bare,
  type Columns,
  mostOf,
  percent,
  span,
  tableOf,
} from "../drawing/columns.ts";
import { refuse, rendered } from "../drawing/figure_content.ts";
import { lineSample, seriesLegend, shapesSentence } from "../drawing/legend.ts";
import { groupStyle, SOFT_COLOUR } from "../drawing/palette.ts";
import { type Drawing, isWide, type Sheet } from "../drawing/pixels.ts";
import { rules } from "../drawing/plain_marks.ts";
import type { RenderedFigure } from "../drawing/rendered_figure.ts";
import { seriesMarks } from "../drawing/series_marks.ts";
import { numberTicks } from "../drawing/ticks.ts";

/** A count with its share and its interval. */
interface MeasuredBin extends ReliabilityBin {
  readonly curve: string;
  /** Index of its curve. */
  readonly series: number;
  /** Its place in the curve, from 1. */
  readonly place: number;
  readonly observed: number;
  readonly low: number;
  readonly high: number;
}

/**
 * Draws the figure and writes its caption, table, CSV and JSON.
 *
 * @throws {RangeError} if a count or a prediction is not one, or there are more
 * curves than the eye can tell apart
 */
export function reliability(figure: ReliabilityFigure): RenderedFigure {
  const bins = measuredBins(figure);
  const { level = 0.95, curves } = figure;
  const sizes = bins.map(({ n }) => n);
  const [fewest, most] = [smallest(sizes), largest(sizes)];
  const examples = fewest === most
    ? `${formatCount(most)} examples`
    : `${formatCount(fewest)} to ${formatCount(most)} examples`;
  return rendered(figure, {
    sentences: curves.map((curve) => `${curve.name}: ${errorText(curve)}.`),
    reading: [
      `**Reliability.** Each mark stands for examples with predictions of about the same size: across, the mean prediction; up, the share for which it was true, with its ${
        levelText(level)
      } interval (Clopper and Pearson). On the dashed line predictions come true as often as they say, and the calibration error is the mean distance from it over all examples.`,
    ],
    details: [
      `Each mark stands for ${examples}. ${
        shapesSentence(curves.map(({ name }) => name))
      }`,
    ],
    data: tableOf(bins, COLUMNS),
    table: {
      text: 1,
      ...tableOf(bins, TEXTS),
      ...mostOf(bins, TEXTS, {
        by: ({ observed, predicted }) => Math.abs(observed - predicted),
        title: "marks that are farthest from the dashed line",
      }),
    },
    legend: [
      ...seriesLegend(
        curves.map((curve) => `${curve.name}, ${errorText(curve)}`),
      ),
      { text: "perfect calibration", sample: lineSample(PERFECT) },
    ],
    plot: (sheet) => plotOf(figure, { bins, sheet }),
  });
}

/** Every bin with Clopper and Pearson's interval. */
function measuredBins(figure: ReliabilityFigure): readonly MeasuredBin[] {
  const { curves, level = 0.95 } = figure;
  const bins = curves.flatMap(({ name, bins }, series) =>
    bins.map((bin, i): MeasuredBin => {
      if (!(bin.predicted >= 0 && bin.predicted <= 1)) {
        refuse(
          figure,
          `the prediction ${bin.predicted} of "${name}" is no probability`,
        );
      }
      return {
        ...bin,
        ...clopperPearson(bin, { level }),
        curve: name,
        series,
        place: i + 1,
        observed: bin.successes / bin.n,
      };
    })
  );
  if (bins.length === 0 || curves.length > 3) {
    refuse(
      figure,
      `it has ${curves.length} curves with ${bins.length} bins, but needs 1 to 3 curves`,
    );
  }
  return bins;
}

const COLUMNS: Columns<MeasuredBin> = [
  ["curve", ({ curve }) => curve],
  ["bin", ({ place }) => place],
  ["predicted", ({ predicted }) => predicted],
  ["successes", ({ successes }) => successes],
  ["n", ({ n }) => n],
  ["observed", ({ observed }) => observed],
  ["low", ({ low }) => low],
  ["high", ({ high }) => high],
];

const TEXTS: Columns<MeasuredBin, string> = [
  ["curve", ({ curve }) => curve],
  ["n", ({ n }) => formatCount(n)],
  ["predicted, %", ({ predicted }) => bare(predicted)],
  ["observed, %", ({ observed }) => bare(observed)],
  ["interval, %", (bin) => span(bin, bare)],
];

/** The drawing on a sheet. */
function plotOf(
  figure: ReliabilityFigure,
  { bins, sheet }: {
    readonly bins: readonly MeasuredBin[];
    readonly sheet: Sheet;
  },
): Drawing {
  const { width, font } = sheet;
  const [left, top] = [font * 3.4, font * 1.9];
  const room = width - left - font;
  const side = isWide(sheet) ? Math.min(room, width * 0.6) : room;
  const [right, bottom] = [left + side, top + side];
  const ticks = numberTicks([0, 100], { length: side, gap: font * 3.4 })
    .map((tick) => ({ at: tick / 100, label: `${tick}%` }));
  const axis = (title: string) => ({ domain: [0, 1] as const, ticks, title });
  const {
    predicted = "predicted probability",
    observed = "observed share",
  } = figure;
  const [x, y] = [axis(`${predicted} →`), axis(`↑ ${observed}`)];
  const marks = [
    rules([{ x1: 0, x2: 1, y1: 0, y2: 1 }], PERFECT),
    ...figure.curves.flatMap((_, series) => {
      const own = bins.filter((bin) => bin.series === series);
      return seriesMarks(
        own.map((bin) => ({
          x: bin.predicted,
          y: bin.observed,
          interval: [bin.low, bin.high],
          title: binTitle(bin, own.length),
        })),
        {
          ...groupStyle(series),
          filling: 0,
          radius: font * (own.length > 25 ? 0.22 : 0.36),
        },
      );
    }),
  ];
  const panel = { left, right, top, bottom, x, y, marks };
  return { width, font, height: bottom + font * 3.2, panels: [panel] };
}

/** The look of the line of perfect calibration. */
const PERFECT = { dash: "5,4", width: 1.2, colour: SOFT_COLOUR };

/** `calibration error 1.20 points` */
function errorText({ bins }: ReliabilityCurve): string {
  const value = calibrationError(bins);
  return `calibration error ${
    formatQuantity({ value, unit: "points", signed: false })
  }`;
}

function binTitle(bin: MeasuredBin, of: number): string {
  return `${bin.curve}, bin ${bin.place} of ${of}\npredicted ${
    percent(bin.predicted)
  }, observed ${percent(bin.observed)} (${span(bin, percent)}), n = ${
    formatCount(bin.n)
  }`;
}
