/**
 * Example images of the parts of a dataset, as a value.
 *
 * @module
 */
import type { Prose } from "./prose.ts";

/** A strip of images a part, with its size. */
export interface GalleryFigure {
  readonly kind: "gallery";
  /** Stands in its address and names its files. */
  readonly id: string;
  /** What it shows, without a final period. */
  readonly title: string;
  /** What it found, in a sentence. */
  readonly finding: Prose;
  /** Further sentences for the caption. */
  readonly note?: Prose | undefined;
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
