/**
 * Draws the paper's figure.
 *
 * @module
 */
import { csvLines } from "../../text/csv.ts";
import type {
  OnTheLineFigure,
  OverallMean,
} from "../../value/on_the_line_figure.ts";
import { formatBound } from "../../value/quantity.ts";
import { dataOf } from "../drawing/columns.ts";
import {
  type FigureContent,
  onPage,
  rendered,
} from "../drawing/figure_content.ts";
import {
  layered,
  type LegendEntry,
  lineSample,
  shadeSample,
  shapeSample,
} from "../drawing/legend.ts";
import { groupStyle, SOFT_COLOUR } from "../drawing/palette.ts";
import { isWide } from "../drawing/pixels.ts";
import { shortened } from "../drawing/plain_marks.ts";
import type {
  FigureOnPage,
  RenderedFigure,
} from "../drawing/rendered_figure.ts";
import {
  meansOf,
  meanText,
  saidOnTheLine,
  sentencesOf,
} from "./on_the_line_caption.ts";
import {
  figureJson,
  type Mark,
  MARK_COLUMNS,
  marksOf,
} from "./on_the_line_data.ts";
import { linePanel } from "./on_the_line_plot.ts";
import { readersTable, type Survey, surveyOf } from "./on_the_line_survey.ts";

/** Draws the figure and writes its caption, table, CSV and JSON. */
export function onTheLine(figure: OnTheLineFigure): RenderedFigure {
  const marks = [...marksOf(figure)];
  return rendered(figure, {
    ...contentOf(figure),
    data: dataOf(marks, MARK_COLUMNS),
    json: figureJson(figure, marks),
  });
}

/** The CSV of a figure of any number of points. */
export function onTheLineCsv(figure: OnTheLineFigure): Iterable<string> {
  const rowOf = (mark: Mark) => MARK_COLUMNS.map(([, cell]) => cell(mark));
  return csvLines(MARK_COLUMNS.map(([title]) => title), {
    [Symbol.iterator]: () => Iterator.from(marksOf(figure)).map(rowOf),
  });
}

/** Draws the figure and writes its caption and table, however many its points. */
export function drawnOnTheLine(figure: OnTheLineFigure): FigureOnPage {
  return onPage(figure, contentOf(figure));
}

function contentOf(figure: OnTheLineFigure): FigureContent {
  const survey = surveyOf(figure, marksOf(figure));
  const { baselines, level } = figure;
  const lines = linesLegend({ ...survey, n: baselines.length, level });
  return {
    sentences: sentencesOf(figure),
    ...saidOnTheLine(figure, survey),
    table: readersTable(survey),
    legend: [
      { title: "Mean ER, points", entries: meansLegend(figure) },
      { entries: lines },
    ],
    drawnLegend: [
      ...meansLegend(figure, {
        written: (group) => `ER ${meanText(group)} points`,
      }),
      ...lines,
    ],
    plot: (sheet) => {
      const { width } = sheet;
      const height = Math.round(width * (isWide(sheet) ? 0.68 : 0.84));
      const place = { ...sheet, left: 0, top: 0, height };
      return {
        ...sheet,
        height,
        panels: [linePanel(figure, { survey, place })],
      };
    },
  };
}

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
  const colour = "currentColor";
  const { symbol } = groupStyle(0);
  const shape = (text: string, filling: number, size: number): LegendEntry => ({
    text,
    sample: shapeSample({ symbol, colour, filling, size }),
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
      sample: shapeSample({
        symbol: "circle",
        colour,
        filling: "faint",
        size: 0.3,
      }),
    },
    {
      text: `their line, ${percent}% band`,
      sample: layered(
        shadeSample({ opacity: 0.12, height: 0.8 }),
        lineSample({ width: 2.2 }),
      ),
    },
    {
      text: "equal accuracies, y = x",
      sample: lineSample({ width: 1.2, dash: "5,4", colour: SOFT_COLOUR }),
    },
  ];
}

/** All groups, which have no mark of their own, and each below them; with its mean, and before it what it is a mean of. */
export function meansLegend(
  figure: OnTheLineFigure,
  { written = meanText, styleAt = groupStyle }: {
    /** What is said of a mean. */
    readonly written?: (group: OverallMean) => string;
    /** The look of the group at an index; that of its place if left out. */
    readonly styleAt?: typeof groupStyle;
  } = {},
): readonly LegendEntry[] {
  const above = figure.overall === undefined ? 0 : 1;
  return meansOf(figure).map((group, i) => ({
    text: `${shortened(group.name, 24)} (n = ${group.mean.n})  ${
      written(group)
    }`,
    sample: i < above ? undefined : shapeSample({
      ...styleAt(i - above),
      // A hollow mark is a network alone, here as in the plot.
      filling: figure.groups[i - above]?.members.every(({ runs }) =>
          runs.length === 1
        )
        ? 1
        : 0,
      size: 0.43,
    }),
  }));
}
