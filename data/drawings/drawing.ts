/**
 * A drawing, the picture that it becomes, and what is said to the worker that
 * draws it.
 *
 * @module
 */

/** A drawing in SVG, and how to show it. */
export interface Drawing {
  /** Name of the drawing among others, e.g. `noto:cat`. */
  readonly name: string;
  /** What stands inside the `svg` element. */
  readonly content: string;
  /** Left, top, width and height of what is shown; or the smallest square around all ink, for text at the origin. */
  readonly view: "ink" | readonly [number, number, number, number];
  /** Side of the picture in pixels. */
  readonly side: number;
  /** Colour under the drawing; nothing where left out. */
  readonly background?: string;
}

/** A picture: red, green and blue, each multiplied by alpha, and alpha of each pixel, 0…255, [side, side, 4]. */
export interface Raster {
  readonly side: number;
  readonly pixels: Uint8Array<ArrayBuffer>;
}

/** What a rasterising worker is asked. */
export interface DrawRequest {
  readonly drawings: readonly Drawing[];
  readonly font: Uint8Array | undefined;
}

/** What a rasterising worker answers, drawing by drawing; after a failure nothing follows. */
export type DrawReply =
  | { readonly kind: "drawn"; readonly raster: Raster | null }
  | { readonly kind: "failed"; readonly reason: string };
