/**
 * Draws the paper's figure.
 *
 * @module
 */
import type * as Plot from "@observablehq/plot";
import type {
  FigureOnPage,
  RenderedFigure,
} from "../drawing/rendered_figure.ts";
import { csvLines } from "../../text/csv.ts";
import { rendered } from "../drawing/figure_content.ts";
import { legendMarks } from "../drawing/legend.ts";
import { caption, describe } from "./on_the_line_caption.ts";
import {
  figureJson,
  MARK_COLUMNS,
  markRow,
  marksOf,
} from "./on_the_line_data.ts";
import { KEPT, readersTable } from "./readers_table.ts";
import type { OnTheLineFigure } from "../../value/on_the_line_figure.ts";
import { frameOf, sizeOf } from "./on_the_line_frame.ts";
import { linesLegend, MEANS_TITLE, meansLegend } from "./on_the_line_legend.ts";
import { type Survey, surveyOf } from "./on_the_line_survey.ts";
import { plotArea } from "./plot_area.ts";
import { isWide, type Sheet } from "../drawing/sheet.ts";
import { type Drawing, pixelPlot } from "../drawing/pixels.ts";
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
  const survey = surveyOf(figure, marksOf(figure), KEPT);
  return rendered(figure, {
    description: describe(figure),
    caption: caption(figure, survey),
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
  const size = sizeOf(sheet);
  const { width, font } = size;
  const isDrawn = sheet.legend === "drawn";
  // In a column a box would take the room of the points.
  const isBoxed = isDrawn && isWide(sheet);
  const box = robustnessBox(isBoxed ? meansLegend(figure) : [], {
    title: MEANS_TITLE,
    font,
  });
  const below = isDrawn ? linesLegend(baselinesOf(figure, survey)) : [];
  const legend = legendMarks(
    isDrawn && !isBoxed
      ? [...meansLegend(figure, { quantity: "ER" }), ...below]
      : below,
    { width, font, top: size.height },
  );
  const frame = frameOf(figure, { survey, size, box });
  return pixelPlot({ width, font, height: size.height + legend.height }, [
    ...plotArea(figure, { survey, frame, size }),
    ...boxMarks(box, { left: frame.box[0], top: frame.box[1], font }),
    ...legend.marks,
  ]);
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
