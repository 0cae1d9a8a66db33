/**
 * What becomes of a figure: drawings, words, data.
 *
 * @module
 */
import type { CsvTable } from "../../text/csv.ts";
import type { GalleryRow } from "../../value/gallery_figure.ts";
import type { Sheet } from "./pixels.ts";

/** What stands below a figure, in Markdown. */
export interface FigureWords {
  /** What it shows and what to beware of, in three sentences at most; without its number. */
  readonly caption: string;
  /** How to read figures of its kind, sentence by sentence: a page says each once. */
  readonly reading: readonly string[];
  /** What it is made of, in paragraphs that one opens: numbers, seeds, notes. */
  readonly details: readonly string[];
}

/** A drawn figure with its data. */
export interface RenderedFigure extends FigureWords {
  /** HTML for a page: the drawing, and its legend as text. */
  readonly page: string;
  /** An SVG file of its own that follows light and dark. */
  readonly file: string;
  /** The drawing for print, an SVG file: the legend is drawn, every colour is written out. */
  readonly print: (sheet: Sheet) => string;
  /** Pictures of the figure that are files of their own. */
  readonly pictures?: readonly FigurePicture[] | undefined;
  /** What the figure says, for those who cannot see it. */
  readonly description: string;
  /** Every point at full precision. */
  readonly data: CsvTable;
  /** Every point and the fit, as JSON. */
  readonly json: string;
  /** Every point as a reader's table. */
  readonly table: ReadersTable;
}

/** A drawn figure as a page shows it, whatever becomes of its data. */
export type FigureOnPage = Omit<RenderedFigure, "data" | "json">;

/** A raster image that a figure is made of; its title stands above it. */
export interface FigurePicture extends Omit<GalleryRow, "n"> {
  /** Name of its file without the ending. */
  readonly name: string;
}

/** Points as a reader's table. */
export interface ReadersTable {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
  /** Number of points, if there are more than rows. */
  readonly total?: number | undefined;
  /** Number of leading columns that hold text; the rest hold numbers. */
  readonly text: number;
  /** The rows that matter most, where a page has no room for all. */
  readonly selected?: {
    /** Which they are: "The means and the 10 highest". */
    readonly title: string;
    readonly rows: readonly (readonly string[])[];
  } | undefined;
}
