/**
 * Plots whose scales are pixels, for drawings with a layout of their own.
 *
 * @module
 */
import type * as Plot from "@observablehq/plot";

/** Size of a drawing that is laid out in pixels. */
export interface Canvas {
  readonly width: number;
  readonly height: number;
  /** Size of its text. */
  readonly font: number;
}

/** Plot's options for marks that are placed by pixels from the top left corner. */
export function pixelPlot(
  { width, height, font }: Canvas,
  marks: readonly Plot.Markish[],
): Plot.PlotOptions {
  return {
    width,
    height: Math.ceil(height),
    margin: 0,
    style: { fontSize: `${font}px` },
    x: { type: "linear", domain: [0, width], axis: null },
    y: { type: "linear", domain: [Math.ceil(height), 0], axis: null },
    marks: [...marks],
  };
}
