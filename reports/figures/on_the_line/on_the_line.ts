/**
 * Draws the paper's figure.
 *
 * @module
 */
import * as Plot from "@observablehq/plot";
import { predict } from "../../../stats/lines/regression.ts";
import { scales } from "../../../stats/lines/scale.ts";
import type {
  FigureOnPage,
  RenderedFigure,
} from "../drawing/rendered_figure.ts";
import { csvLines } from "../../text/csv.ts";
import { rendered } from "../drawing/figure_content.ts";
import { legendMarks } from "../drawing/legend.ts";
import { accuracyAxes } from "./on_the_line_axes.ts";
import { caption, describe } from "./on_the_line_caption.ts";
import {
  figureJson,
  type Mark,
  MARK_COLUMNS,
  markRow,
  marksOf,
} from "./on_the_line_data.ts";
import { KEPT, readersTable } from "./readers_table.ts";
import type { OnTheLineFigure } from "../../value/on_the_line_figure.ts";
import { type Frame, frameOf, sizeOf } from "./on_the_line_frame.ts";
import { linesLegend, MEANS_TITLE, meansLegend } from "./on_the_line_legend.ts";
import { type Survey, surveyOf } from "./on_the_line_survey.ts";
import { baselineMarks, groupMarks } from "./on_the_line_marks.ts";
import { SOFT_COLOUR } from "../drawing/palette.ts";
import { isWide, type Sheet } from "../drawing/sheet.ts";
import { type Rule, rules } from "../drawing/pixel_marks.ts";
import { pixelPlot } from "../drawing/pixels.ts";
import { boxMarks, robustnessBox } from "./robustness_box.ts";

/** Draws the figure and writes its caption, table, CSV and JSON. */
export function onTheLine(figure: OnTheLineFigure): RenderedFigure {
  const marks = [...marksOf(figure)];
  return {
    ...drawnOnTheLine(figure),
    data: { columns: MARK_COLUMNS, rows: marks.map(markRow) },
    json: figureJson(figure, marks),
  };
}

/** The CSV of a figure of any number of points. */
export function onTheLineCsv(figure: OnTheLineFigure): Iterable<string> {
  return csvLines(MARK_COLUMNS, mapped(marksOf(figure), markRow));
}

/** Draws the figure and writes its caption and table, however many its points. */
export function drawnOnTheLine(figure: OnTheLineFigure): FigureOnPage {
  const marks = marksOf(figure);
  const shown = figure.bars === "hidden" ? mapped(marks, withoutBars) : marks;
  const survey = surveyOf(figure, shown, KEPT);
  return rendered(figure, {
    description: describe(figure),
    caption: caption(figure, survey),
    table: readersTable(survey),
    legend: [
      { title: MEANS_TITLE, entries: meansLegend(figure) },
      { entries: linesLegend(figure) },
    ],
    plot: (sheet) => plotOf(figure, { survey, sheet }),
  });
}

function plotOf(
  figure: OnTheLineFigure,
  { survey, sheet }: { readonly survey: Survey; readonly sheet: Sheet },
): Plot.PlotOptions {
  const { drawn: marks } = survey;
  const size = sizeOf(sheet);
  const { width, font } = size;
  const isDrawn = sheet.legend === "drawn";
  // In a column a box would take the room of the points.
  const isBoxed = isDrawn && isWide(sheet);
  const box = robustnessBox(isBoxed ? meansLegend(figure) : [], {
    title: MEANS_TITLE,
    font,
  });
  const below = isDrawn ? linesLegend(figure) : [];
  const legend = legendMarks(
    isDrawn && !isBoxed ? [...meansLegend(figure, "ER"), ...below] : below,
    { width, font, top: size.height },
  );
  const frame = frameOf(figure, { survey, size, box });
  return pixelPlot({ width, font, height: size.height + legend.height }, [
    ...accuracyAxes(figure, { frame, size }),
    ...lineMarks(figure, frame),
    baselineMarks(marks, { frame, size }),
    ...figure.groups.flatMap((_, group) =>
      groupMarks(marks, { group, frame, size })
    ),
    ...boxMarks(box, { left: frame.box[0], top: frame.box[1], font }),
    ...legend.marks,
  ]);
}

/** Band, equal accuracies, and the line: thin where it is extrapolated. */
function lineMarks(
  { line, level = 0.95 }: OnTheLineFigure,
  frame: Frame,
): readonly Plot.Markish[] {
  const { x, y, toX, toY } = frame;
  const clampY = (value: number) => Math.min(Math.max(value, y[0]), y[1]);
  const { forward } = scales[line.scale];
  const band = Array.from({ length: 25 }, (_, i) => {
    const at = x[0] + (x[1] - x[0]) * i / 24;
    const { low, high } = predict(at, { line, level });
    const end = (value: number) => toY(clampY(safe(forward(value))));
    return { at: toX(at), low: end(low), high: end(high) };
  });
  const segment = (from: number, to: number) =>
    clipped([from, to], { ...line, frame });
  const [lowest, highest] = line.range.map((accuracy) => frame.place(accuracy));
  return [
    Plot.areaY(band, {
      x: "at",
      y1: "low",
      y2: "high",
      fill: "currentColor",
      fillOpacity: 0.12,
    }),
    rules(clipped(x, { slope: 1, intercept: 0, frame }), {
      colour: SOFT_COLOUR,
      dash: "5,4",
      width: 1.2,
    }),
    rules(segment(...x), { width: 1 }),
    rules(segment(lowest ?? x[0], highest ?? x[1]), { width: 2.2 }),
  ];
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

function withoutBars(mark: Mark): Mark {
  return {
    ...mark,
    reference: { ...mark.reference, interval: null },
    shifted: { ...mark.shifted, interval: null },
  };
}

/** The stretch of a straight line between two x that lies within the frame. */
function clipped(
  [from, to]: readonly [number, number],
  { slope, intercept, frame: { y, toX, toY } }: {
    readonly slope: number;
    readonly intercept: number;
    readonly frame: Frame;
  },
): readonly Rule[] {
  const crossings = y.map((value) => (value - intercept) / slope)
    .sort((a, b) => a - b);
  const level = slope === 0;
  const x1 = level ? from : Math.max(from, crossings[0] ?? from);
  const x2 = level ? to : Math.min(to, crossings[1] ?? to);
  const at = (value: number) => toY(slope * value + intercept);
  const visible = x1 < x2 &&
    (!level || (intercept >= y[0] && intercept <= y[1]));
  return visible ? [{ x1: toX(x1), x2: toX(x2), y1: at(x1), y2: at(x2) }] : [];
}

/** A finite stand-in for the ends of a scale. */
function safe(value: number): number {
  return Math.min(Math.max(value, -1e6), 1e6);
}
