/**
 * Draws a figure of any kind, and those of a report once.
 *
 * @module
 */
import { accuracyBySize } from "./accuracy_by_size/accuracy_by_size.ts";
import { accuracyRows } from "./accuracy_rows/accuracy_rows.ts";
import type { Figure } from "../value/figure.ts";
import type { Report } from "../value/report.ts";
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

const DRAWN: {
  readonly [Kind in Figure["kind"]]: (
    figure: Extract<Figure, { readonly kind: Kind }>,
  ) => RenderedFigure | null;
} = {
  "accuracy-by-size": accuracyBySize,
  "accuracy-rows": accuracyRows,
  "gallery": gallery,
  "line-panels": linePanels,
  "on-the-line": onTheLine,
  "reliability": reliability,
  "robustness-bars": robustnessBars,
  "starts-in-plane": startsInPlane,
  "sweep": sweep,
  "training-curves": trainingCurves,
  "venn": venn,
  "unavailable": () => null,
};

/** The drawn figure with its data, or null for one that could not be made. */
export function drawFigure(figure: Figure): RenderedFigure | null {
  const drawn = DRAWN[figure.kind] as (figure: Figure) => RenderedFigure | null;
  return drawn(figure);
}

/** What was drawn: drawing takes time, and a site is written again as each report comes in. */
const drawings = new WeakMap<Report, ReadonlyMap<string, RenderedFigure>>();

/** The figures of a report by id, drawn once; what cannot be drawn is left out. */
export function drawnFigures(
  report: Report,
): ReadonlyMap<string, RenderedFigure> {
  return drawings.getOrInsertComputed(report, ({ figures }) => {
    const drawn = new Map<string, RenderedFigure>();
    for (const figure of figures) {
      const rendered = drawFigure(figure);
      if (rendered !== null) drawn.set(figure.id, rendered);
    }
    return drawn;
  });
}
