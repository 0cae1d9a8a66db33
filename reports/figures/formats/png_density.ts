/**
 * How large a PNG file is in print.
 *
 * @module
 */
import { crc32 } from "node:zlib";

/** Length of the signature and of the header of a PNG file, which come first. */
const HEAD = 8 + 25;

const INCH_IN_METRES = 0.0254;

/**
 * A PNG file that says how many of its pixels make an inch.
 *
 * Format: https://www.w3.org/TR/png-3/#11pHYs
 */
export function withDensity(
  png: Uint8Array,
  { dpi }: { readonly dpi: number },
): Uint8Array {
  const chunk = new Uint8Array(4 + 4 + 9 + 4);
  const view = new DataView(chunk.buffer);
  view.setUint32(0, 9);
  chunk.set(new TextEncoder().encode("pHYs"), 4);
  const perMetre = Math.round(dpi / INCH_IN_METRES);
  view.setUint32(8, perMetre);
  view.setUint32(12, perMetre);
  view.setUint8(16, 1); // the unit is the metre
  view.setUint32(17, crc32(chunk.subarray(4, 17)));
  const file = new Uint8Array(png.length + chunk.length);
  file.set(png.subarray(0, HEAD));
  file.set(chunk, HEAD);
  file.set(png.subarray(HEAD), HEAD + chunk.length);
  return file;
}
