/**
 * Draws the paper's figure.
 *
 * @module
 */
import type {
  FigureOnPage,
  RenderedFigure,
} from "../drawing/rendered_figure.ts";
import { csvLines } from "../../text/csv.ts";
import {
  type FigureContent,
  onPage,
  rendered,
} from "../drawing/figure_content.ts";
import {
  meansOf,
  meanText,
  saidOnTheLine,
  sentencesOf,
} from "./on_the_line_caption.ts";
import {
  figureJson,
  MARK_COLUMNS,
  markRow,
  marksOf,
} from "./on_the_line_data.ts";
import type {
  OnTheLineFigure,
  OverallMean,
} from "../../value/on_the_line_figure.ts";
import { readersTable, type Survey, surveyOf } from "./on_the_line_survey.ts";
import { linePanel } from "./on_the_line_plot.ts";
import { isWide, type Sheet } from "../drawing/sheet.ts";
import type { Drawing } from "../drawing/pixels.ts";
import { formatBound } from "../../value/quantity.ts";
import type { LegendEntry } from "../drawing/legend.ts";
import {
  faintSample,
  layered,
  lineSample,
  shadeSample,
  shapeSample,
} from "../drawing/legend_samples.ts";
import { groupStyle, SOFT_COLOUR } from "../drawing/palette.ts";
import { shortened } from "../drawing/plain_marks.ts";

/** Draws the figure and writes its caption, table, CSV and JSON. */
export function onTheLine(figure: OnTheLineFigure): RenderedFigure {
  const marks = [...marksOf(figure)];
  return rendered(figure, {
    ...contentOf(figure),
    data: { columns: MARK_COLUMNS, rows: marks.map(markRow) },
    json: figureJson(figure, marks),
  });
}

/** The CSV of a figure of any number of points. */
export function onTheLineCsv(figure: OnTheLineFigure): Iterable<string> {
  return csvLines(MARK_COLUMNS, mapped(marksOf(figure), markRow));
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
    plot: (sheet) => plotOf(figure, { survey, sheet }),
  };
}

function plotOf(
  figure: OnTheLineFigure,
  { survey, sheet }: { readonly survey: Survey; readonly sheet: Sheet },
): Drawing {
  const { width, font } = sheet;
  const height = Math.round(width * (isWide(sheet) ? 0.68 : 0.84));
  const place = { left: 0, top: 0, width, height, font };
  const panels = [linePanel(figure, { survey, place })];
  return { width, font, height, panels };
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
  const { symbol } = groupStyle(0);
  const shape = (text: string, filling: number, size: number): LegendEntry => ({
    text,
    sample: shapeSample({ symbol, colour: "currentColor", filling, size }),
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
      sample: faintSample({
        symbol: "circle",
        colour: "currentColor",
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

/** What is made of each of some things, as one goes through them. */
function mapped<From, To>(
  all: Iterable<From>,
  make: (one: From) => To,
): Iterable<To> {
  return {
    *[Symbol.iterator]() {
      for (const one of all) yield make(one);
    },
  };
}
