/**
 * What a figure is drawn on.
 *
 * @module
 */

/** Width of a drawing, size of its text, both in pixels, and where its key goes. */
export interface Paper {
  readonly width: number;
  readonly font: number;
  /** Whether the key is drawn too, or stands beside the drawing as text. */
  readonly key: "drawn" | "beside";
}

/**
 * A page. Its drawings are laid out for the narrowest window and grow with it;
 * the style sheet keeps text and marks at their size meanwhile.
 */
export const PAGE: Paper = { width: 360, font: 12, key: "beside" };

/** A file of its own. */
export const FILE: Paper = { width: 760, font: 13, key: "drawn" };

/** Whether two panels have room side by side. */
export function isWide({ width, font }: Paper): boolean {
  return width / font > 50;
}
