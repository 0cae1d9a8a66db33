/**
 * Example images of the parts of a dataset, as a value.
 *
 * @module
 */
import type { FigureHead } from "./figure_head.ts";

/** A strip of images a part, with its size. */
export interface GalleryFigure extends FigureHead {
  readonly kind: "gallery";
  readonly rows: readonly GalleryRow[];
}

/** The strip of one part. */
export interface GalleryRow {
  /** Name of the part: "in support". */
  readonly title: string;
  /** Number of images of the whole part. */
  readonly n: number;
  /** Images side by side, in one PNG file. */
  readonly png: Uint8Array;
  /** Size of that file in pixels. */
  readonly width: number;
  readonly height: number;
  /** What one sees, for those who do not. */
  readonly alt: string;
}
