/** All that is said below a figure. */
import type { FigureWords } from "../../../reports/figures/drawing/rendered_figure.ts";

/** Caption, how to read it and details, in one line. */
export function saidOf({ caption, reading, details }: FigureWords): string {
  return [caption, ...reading, ...details].join(" ");
}
