/**
 * Draws how often what was predicted came true.
 *
 * @module
 */
import { largest, smallest } from "../../../stats/intervals/extremes.ts";
import { clopperPearson } from "../../../stats/intervals/proportion.ts";
import { formatCount } from "../../value/quantity.ts";
import type { ReliabilityFigure } from "../../value/reliability_figure.ts";
import { levelText } from "../../value/wording.ts";
import {
  bare,
  type Columns,
  dataOf,
  mostOf,
  span,
  tableOf,
} from "../drawing/columns.ts";
import { refuse, rendered } from "../drawing/figure_content.ts";
import { shapesSentence } from "../drawing/legend.ts";
import type { RenderedFigure } from "../drawing/rendered_figure.ts";
import {
  errorText,
  type MeasuredBin,
  reliabilityLegend,
  reliabilityPlot,
} from "./reliability_plot.ts";

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
    data: dataOf(bins, COLUMNS),
    table: {
      text: 1,
      ...tableOf(bins, TEXTS),
      ...mostOf(bins, TEXTS, {
        by: ({ observed, predicted }) => Math.abs(observed - predicted),
        title: "marks that are farthest from the dashed line",
      }),
    },
    legend: reliabilityLegend(figure),
    plot: (sheet) => reliabilityPlot(figure, { bins, sheet }),
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
