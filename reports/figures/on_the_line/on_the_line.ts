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
import { rendered } from "../drawing/figure_content.ts";
import { legendMarks } from "../drawing/legend.ts";
import { describe, wordsOnTheLine } from "./on_the_line_caption.ts";
import {
  figureJson,
  MARK_COLUMNS,
  markRow,
  marksOf,
} from "./on_the_line_data.ts";
import { KEPT, readersTable } from "./readers_table.ts";
import type { OnTheLineFigure } from "../../value/on_the_line_figure.ts";
import { linesLegend, MEANS_TITLE, meansLegend } from "./on_the_line_legend.ts";
import { type Survey, surveyOf } from "./on_the_line_survey.ts";
import { linePanel } from "./on_the_line_plot.ts";
import { isWide, type Sheet } from "../drawing/sheet.ts";
import { type Drawing, pixelPlot } from "../drawing/pixels.ts";

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
  const survey = surveyOf(figure, marksOf(figure), KEPT);
  return rendered(figure, {
    description: describe(figure),
    ...wordsOnTheLine(figure, survey),
    table: readersTable(survey),
    legend: [
      { title: MEANS_TITLE, entries: meansLegend(figure) },
      { entries: linesLegend(baselinesOf(figure, survey)) },
    ],
    plot: (sheet) => plotOf(figure, { survey, sheet }),
  });
}

function plotOf(
  figure: OnTheLineFigure,
  { survey, sheet }: { readonly survey: Survey; readonly sheet: Sheet },
): Drawing {
  const { width, font } = sheet;
  const height = Math.round(width * (isWide(sheet) ? 0.68 : 0.84));
  const legend = legendMarks(
    sheet.legend === "drawn"
      ? [
        ...meansLegend(figure, { quantity: "ER" }),
        ...linesLegend(baselinesOf(figure, survey)),
      ]
      : [],
    { width, font, top: height },
  );
  const place = { left: 0, top: 0, width, height, font };
  return pixelPlot({
    width,
    font,
    height: height + legend.height,
    panels: [linePanel(figure, { survey, place })],
  }, legend.marks);
}

function baselinesOf({ baselines, level }: OnTheLineFigure, survey: Survey) {
  return { ...survey, n: baselines.length, level };
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
