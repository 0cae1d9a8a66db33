/**
 * Raster images.
 *
 * @module
 */
import type { Prose } from "./prose.ts";

/** A raster image with its text alternative. */
export interface Picture {
  /** Stands in its address and names its file. */
  readonly id: string;
  /** What it shows; stands below it. */
  readonly caption: Prose;
  /** What one sees, for those who do not. */
  readonly alt: string;
  /** PNG file. */
  readonly png: Uint8Array;
}
