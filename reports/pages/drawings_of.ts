/**
 * How many drawings a figure is made of on a page.
 *
 * @module
 */
import type { Figure } from "../value/figure.ts";

/** The drawings that stand side by side in a figure; one that is not there takes the place of one, and so do the pictures of a gallery. */
export function drawingsOf(figure: Figure): number {
  switch (figure.kind) {
    case "accuracy-by-size":
    case "line-panels":
    case "venn":
      return figure.panels.length;
    case "robustness-bars":
      return new Set(figure.shifts.map(({ support }) => support)).size;
    case "starts-in-plane":
      return 2;
    default:
      return 1;
  }
}
