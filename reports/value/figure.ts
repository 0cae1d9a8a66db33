/**
 * Figures: the kinds there are.
 *
 * @module
 */
import type { Prose } from "./prose.ts";
import type { AccuracyBySizeFigure } from "./accuracy_by_size_figure.ts";
import type { AccuracyRowsFigure } from "./accuracy_rows_figure.ts";
import type { GalleryFigure } from "./gallery_figure.ts";
import type {
  LinePanelsFigure,
  OnTheLineFigure,
} from "./on_the_line_figure.ts";
import type { ReliabilityFigure } from "./reliability_figure.ts";
import type { RobustnessBarsFigure } from "./robustness_bars_figure.ts";
import type { StartsInPlaneFigure } from "./starts_in_plane_figure.ts";
import type { SweepFigure } from "./sweep_figure.ts";
import type { TrainingCurvesFigure } from "./training_curves_figure.ts";
import type { VennFigure } from "./venn_figure.ts";

/** A figure as a value; its kind decides how it is drawn. */
export type Figure =
  | AccuracyBySizeFigure
  | AccuracyRowsFigure
  | GalleryFigure
  | LinePanelsFigure
  | OnTheLineFigure
  | ReliabilityFigure
  | RobustnessBarsFigure
  | StartsInPlaneFigure
  | SweepFigure
  | TrainingCurvesFigure
  | VennFigure
  | UnavailableFigure;

/** A figure that could not be made, which the page says instead of leaving it out. */
export interface UnavailableFigure {
  readonly kind: "unavailable";
  /** Stands in its address. */
  readonly id: string;
  /** What it would show. */
  readonly title: string;
  /** Why it is not there. */
  readonly reason: Prose;
}
