/**
 * Drawings at their own size, for what is too wide to shrink with a page.
 *
 * @module
 */
import type * as Plot from "@observablehq/plot";
import { draw, type DrawOptions, svgFile } from "./svg.ts";

/** The drawing for a page, in pixels, and as a file. */
export function pixelDrawing(
  plot: Plot.PlotOptions,
  names: DrawOptions,
): { readonly page: string; readonly file: string } {
  const drawing = draw(plot, names);
  const size = `width="${plot.width}" height="${plot.height}" `;
  return {
    page: drawing.replace("<svg ", `<svg ${size}`),
    file: svgFile(drawing),
  };
}
