/**
 * Figures: the kinds there are, and what becomes of one.
 *
 * @module
 */
import type { CsvTable } from "../csv.ts";
import type { Prose } from "../prose.ts";
import type { AccuracyRowsFigure } from "./accuracy_rows_figure.ts";
import type { GalleryFigure } from "./gallery_figure.ts";
import type { OnTheLineFigure } from "./on_the_line_figure.ts";
import type { Paper } from "./paper.ts";
import type { ReliabilityFigure } from "./reliability_figure.ts";
import type { RobustnessBarsFigure } from "./robustness_bars_figure.ts";
import type { StartsInPlaneFigure } from "./starts_in_plane_figure.ts";
import type { SweepFigure } from "./sweep_figure.ts";
import type { TrainingCurvesFigure } from "./training_curves_figure.ts";

/** A figure as a value; its kind decides how it is drawn. */
export type Figure =
  | AccuracyRowsFigure
  | GalleryFigure
  | OnTheLineFigure
  | ReliabilityFigure
  | RobustnessBarsFigure
  | StartsInPlaneFigure
  | SweepFigure
  | TrainingCurvesFigure
  | UnavailableFigure;

/** A figure that could not be made, which the page says instead of leaving it out. */
export interface UnavailableFigure {
  readonly kind: "unavailable";
  /** Part of its address. */
  readonly id: string;
  /** What it would show. */
  readonly title: string;
  /** Why it is not there. */
  readonly reason: Prose;
}

/** A drawn figure with its data. */
export interface RenderedFigure {
  /** HTML for a page: the drawing, and its key as text. */
  readonly page: string;
  /** An SVG file of its own that follows light and dark. */
  readonly file: string;
  /** An SVG file for print: the key is drawn, every colour is written out. */
  readonly paper: (paper: Paper) => string;
  /** Pictures of the figure that are files of their own. */
  readonly pictures?: readonly FigurePicture[] | undefined;
  /** What the figure says, for those who cannot see it. */
  readonly description: string;
  /** Paragraphs of Markdown below the figure, without its number. */
  readonly caption: readonly string[];
  /** Every point at full precision. */
  readonly data: CsvTable;
  /** The same and the fit, as JSON. */
  readonly json: string;
  /** Every point as a reader's table. */
  readonly table: ReadersTable;
}

/** A raster image that is a part of a figure. */
export interface FigurePicture {
  /** Name of its file without the ending. */
  readonly name: string;
  /** Stands above it. */
  readonly title: string;
  readonly png: Uint8Array;
  /** Size in pixels. */
  readonly width: number;
  readonly height: number;
  /** What one sees, for those who do not. */
  readonly alt: string;
}

/** Points as a reader's table. */
export interface ReadersTable {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
  /** Number of leading columns that hold text; the rest hold numbers. */
  readonly text: number;
  /** The rows that matter most, where a page has no room for all. */
  readonly selected?: {
    /** Which they are: "The means and the 10 highest". */
    readonly title: string;
    readonly rows: readonly (readonly string[])[];
  } | undefined;
}
