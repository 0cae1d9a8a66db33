/**
 * The figures of a report, drawn.
 *
 * @module
 */
import { drawFigure } from "../figures/draw_figure.ts";
import type { RenderedFigure } from "../figures/drawing/rendered_figure.ts";
import type { Report } from "../value/report.ts";

/** What was drawn: drawing takes time, and a site is written again as each report comes in. */
const drawings = new WeakMap<Report, ReadonlyMap<string, RenderedFigure>>();

/** The figures of a report by id, drawn once; what cannot be drawn is left out. */
export function drawnFigures(
  report: Report,
): ReadonlyMap<string, RenderedFigure> {
  const known = drawings.get(report);
  if (known !== undefined) return known;
  const drawn = new Map<string, RenderedFigure>();
  for (const figure of report.figures) {
    const rendered = drawFigure(figure);
    if (rendered !== null) drawn.set(figure.id, rendered);
  }
  drawings.set(report, drawn);
  return drawn;
}
