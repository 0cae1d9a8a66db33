/**
 * Draws how often what was predicted came true.
 *
 * @module
 */
import {
  formatCount,
  formatNumber,
  formatQuantity,
} from "../../value/quantity.ts";
import { levelText } from "../../value/wording.ts";
import type { RenderedFigure } from "../drawing/rendered_figure.ts";
import { rendered } from "../drawing/figure_content.ts";
import { type MeasuredBin, measuredBins } from "./reliability_data.ts";
import { calibrationError } from "../../../stats/splits/reliability.ts";
import type { ReliabilityFigure } from "../../value/reliability_figure.ts";
import { reliabilityLegend, reliabilityPlot } from "./reliability_plot.ts";
import { shapesSentence } from "../drawing/series_marks.ts";
import { largest, smallest } from "../../../stats/intervals/extremes.ts";

/**
 * Draws the figure and writes its caption, table, CSV and JSON.
 *
 * @throws {RangeError} if a count or a prediction is not one, or there are more
 * curves than the eye can tell apart
 */
export function reliability(figure: ReliabilityFigure): RenderedFigure {
  const bins = measuredBins(figure);
  const { id, level = 0.95, curves } = figure;
  const sizes = bins.map(({ n }) => n);
  const [fewest, most] = [smallest(sizes), largest(sizes)];
  const examples = fewest === most
    ? `${formatCount(most)} examples`
    : `${formatCount(fewest)} to ${formatCount(most)} examples`;
  return rendered(figure, {
    sentences: curves.map(describe),
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
    data: {
      columns: [
        "curve",
        "bin",
        "predicted",
        "successes",
        "n",
        "observed",
        "low",
        "high",
      ],
      rows: bins.map((bin) => [
        ...[bin.curve, bin.place, bin.predicted, bin.successes, bin.n],
        ...[bin.observed, bin.low, bin.high],
      ]),
    },
    json: {
      id,
      units: "fractions",
      level,
      curves: curves.map((curve) => ({
        ...curve,
        calibrationError: calibrationError(curve.bins),
      })),
    },
    table: {
      text: 1,
      columns: ["curve", "n", "predicted, %", "observed, %", "interval, %"],
      rows: bins.map(readersRow),
      ...bins.length > MANY ? { selected: farthest(bins) } : {},
    },
    legend: [{ entries: reliabilityLegend(figure) }],
    plot: (sheet) => reliabilityPlot(figure, { bins, sheet }),
  });
}

/** How many rows a page has room for, and how many it shows of more. */
const [MANY, SHOWN] = [40, 12];

function describe(curve: ReliabilityFigure["curves"][number]): string {
  return `${curve.name}: calibration error ${
    formatQuantity({
      value: calibrationError(curve.bins),
      unit: "points",
      signed: false,
    })
  }.`;
}

/** The bins that are farthest from the diagonal. */
function farthest(all: readonly MeasuredBin[]) {
  const distance = ({ observed, predicted }: MeasuredBin) =>
    Math.abs(observed - predicted);
  const rows = all.toSorted((a, b) => distance(b) - distance(a))
    .slice(0, SHOWN);
  return {
    title:
      `The ${SHOWN} of ${all.length} marks that are farthest from the dashed line`,
    rows: rows.map(readersRow),
  };
}

function readersRow(bin: MeasuredBin): readonly string[] {
  const percent = (value: number) => formatNumber({ value, unit: "percent" });
  return [
    bin.curve,
    formatCount(bin.n),
    percent(bin.predicted),
    percent(bin.observed),
    `${percent(bin.low)} to ${percent(bin.high)}`,
  ];
}
