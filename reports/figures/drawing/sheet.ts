/**
 * What a figure is drawn on.
 *
 * @module
 */

/** Width of a drawing, size of its text, both in pixels, and where its legend goes. */
export interface Sheet {
  readonly width: number;
  readonly font: number;
  /** Whether the legend is drawn too, or stands beside the drawing as text. */
  readonly legend: "drawn" | "beside";
}

/**
 * A page. Its drawings are laid out for the narrowest window and grow with it;
 * the style sheet keeps text and marks at their size meanwhile.
 */
export const PAGE: Sheet = { width: 360, font: 12, legend: "beside" };

/** A file of its own. */
export const FILE: Sheet = { width: 760, font: 13, legend: "drawn" };

/** Whether two panels have room side by side. */
export function isWide({ width, font }: Sheet): boolean {
  return width / font > 50;
}
