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

/** Width and height in pixels as the first chunk of a PNG file says them (https://www.w3.org/TR/png-3/#11IHDR); nothing of bytes that are too few. */
export function pngSize(
  png: Uint8Array,
): { readonly width: number; readonly height: number } | undefined {
  if (png.length < 24) return undefined;
  const view = new DataView(png.buffer, png.byteOffset);
  return { width: view.getUint32(16), height: view.getUint32(20) };
}
