/**
 * Figures: the kinds there are, and what becomes of one.
 *
 * @module
 */
import type { CsvTable } from "../csv.ts";
import type { Prose } from "../prose.ts";
import type { AccuracyRowsFigure } from "./accuracy_rows_figure.ts";
import type { OnTheLineFigure } from "./on_the_line_figure.ts";
import type { RobustnessBarsFigure } from "./robustness_bars_figure.ts";
import type { StartsInPlaneFigure } from "./starts_in_plane_figure.ts";
import type { SweepFigure } from "./sweep_figure.ts";

/** A figure as a value; its kind decides how it is drawn. */
export type Figure =
  | AccuracyRowsFigure
  | OnTheLineFigure
  | RobustnessBarsFigure
  | StartsInPlaneFigure
  | SweepFigure
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
  /** Inline SVG for a page, for wide and for narrow windows. */
  readonly wide: string;
  /** The same figure drawn for windows below 45rem. */
  readonly narrow: string;
  /** A file of its own, with its colours in it. */
  readonly file: string;
  /** What the figure says, for those who cannot see it. */
  readonly description: string;
  /** Paragraphs of Markdown below the figure, without its number. */
  readonly caption: readonly string[];
  /** Every point at full precision. */
  readonly data: CsvTable;
  /** The same and the fit, as JSON. */
  readonly json: string;
  /** Every point as a reader's table. */
  readonly table: {
    readonly columns: readonly string[];
    readonly rows: readonly (readonly string[])[];
    /** Number of leading columns that hold text; the rest hold numbers. */
    readonly text: number;
  };
}
