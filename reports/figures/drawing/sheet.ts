/**
 * What a figure is drawn on.
 *
 * @module
 */

/** Width of a drawing and size of its text, both in pixels. */
export interface Sheet {
  readonly width: number;
  readonly font: number;
}

/**
 * A page. Its drawings are laid out for the narrowest window and grow with it;
 * the style sheet keeps text and marks at their size meanwhile.
 */
export const PAGE: Sheet = { width: 360, font: 12 };

/** A file of its own. */
export const FILE: Sheet = { width: 760, font: 13 };

/** Whether two panels have room side by side. */
export function isWide({ width, font }: Sheet): boolean {
  return width / font > 50;
}
