/**
 * Draws a figure of any kind.
 *
 * @module
 */
import { unreachable } from "../../engine/define/unreachable.ts";
import { accuracyBySize } from "./accuracy_by_size/accuracy_by_size.ts";
import { accuracyRows } from "./accuracy_rows/accuracy_rows.ts";
import type { Figure } from "../value/figure.ts";
import type { RenderedFigure } from "./drawing/rendered_figure.ts";
import { gallery } from "./gallery/gallery.ts";
import { linePanels } from "./on_the_line/line_panels.ts";
import { onTheLine } from "./on_the_line/on_the_line.ts";
import { reliability } from "./reliability/reliability.ts";
import { robustnessBars } from "./robustness_bars/robustness_bars.ts";
import { startsInPlane } from "./starts_in_plane/starts_in_plane.ts";
import { sweep } from "./sweep/sweep.ts";
import { trainingCurves } from "./training_curves/training_curves.ts";
import { venn } from "./venn/venn.ts";

/** The drawn figure with its data, or null for one that could not be made. */
export function drawFigure(figure: Figure): RenderedFigure | null {
  switch (figure.kind) {
    case "accuracy-by-size":
      return accuracyBySize(figure);
    case "accuracy-rows":
      return accuracyRows(figure);
    case "gallery":
      return gallery(figure);
    case "line-panels":
      return linePanels(figure);
    case "on-the-line":
      return onTheLine(figure);
    case "reliability":
      return reliability(figure);
    case "robustness-bars":
      return robustnessBars(figure);
    case "starts-in-plane":
      return startsInPlane(figure);
    case "sweep":
      return sweep(figure);
    case "training-curves":
      return trainingCurves(figure);
    case "venn":
      return venn(figure);
    case "unavailable":
      return null;
    default:
      return unreachable(figure);
  }
}
