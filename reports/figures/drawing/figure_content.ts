/**
 * What is common to figures that Observable Plot draws.
 *
 * @module
 */
import { html } from "../../text/html.ts";
import type {
  FigureOnPage,
  FigureWords,
  RenderedFigure,
} from "./rendered_figure.ts";
import { legendHtml, type LegendSection } from "./legend.ts";
import type { Drawing } from "./pixels.ts";
import { FILE, PAGE, type Sheet } from "./sheet.ts";
import { draw, standalone, svgFile } from "./svg.ts";

/** A figure in words and numbers, and how to draw it. */
export interface FigureContent
  extends FigureWords, Pick<RenderedFigure, "description" | "table"> {
  /** The drawing for a sheet. */
  readonly plot: (sheet: Sheet) => Drawing;
  /** What its marks are, where the sheet has the legend beside the drawing. */
  readonly legend: readonly LegendSection[];
}

interface Named {
  readonly id: string;
  readonly title: string;
}

/** The figure for a page and as a file. */
export function rendered<Content extends FigureContent>(
  { id, title }: Named,
  { plot, legend, ...content }: Content,
): Omit<Content, "plot" | "legend"> & FigureOnPage {
  const names = {
    id: `${id}-drawing`,
    title,
    description: content.description,
  };
  const page = draw(plot(PAGE), names);
  return {
    ...content,
    page: html`${{ html: page }}${legendHtml(legend)}`.html,
    file: svgFile(draw(plot(FILE), names)),
    print: (sheet) =>
      standalone(draw(plot(sheet), { ...names, colours: "written" })) + "\n",
  };
}
