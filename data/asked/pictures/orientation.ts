/**
 * How a camera was held: the orientation that EXIF notes in a JPEG, PNG or WebP
 * file.
 *
 * @module
 */

import { jpegSegments } from "./image_header.ts";

/** Places in a square of [side, side]: where a pixel at (x, y) of the upright picture lies in the stored one, by EXIF's number. */
const STORED: readonly ((
  x: number,
  y: number,
  last: number,
) => readonly [number, number])[] = [
  (x, y) => [x, y],
  (x, y, last) => [last - x, y],
  (x, y, last) => [last - x, last - y],
  (x, y, last) => [x, last - y],
  (x, y) => [y, x],
  (x, y, last) => [y, last - x],
  (x, y, last) => [last - y, last - x],
  (x, y, last) => [last - y, x],
];

/** EXIF's orientation of a file, 1 to 8; 1, which is upright, if it has none. */
export function orientationOf(bytes: Uint8Array): number {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  try {
    const start = exifOf(view);
    return start === undefined ? 1 : orientationIn(view, start);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error; // it ends too early
    return 1;
  }
}

/** "Exif", after which two zeros follow. */
const EXIF = 0x45786966;

/** Where EXIF's TIFF file begins in an image file; a RangeError where that ends without one. */
function exifOf(view: DataView): number | undefined {
  const start = view.getUint32(0);
  if (start >>> 16 === 0xffd8) {
    for (const { marker, at } of jpegSegments(view)) {
      if (marker === 0xda) return undefined;
      if (marker === 0xe1 && view.getUint32(at + 4) === EXIF) return at + 10;
    }
  } else if (start === 0x89504e47) { // PNG, whose chunk "eXIf" is one
    for (let at = 8;; at += 12 + view.getUint32(at)) {
      if (view.getUint32(at + 4) === 0x65584966) return at + 8;
    }
  } else if (start === 0x52494646) { // WebP in RIFF; some write as in a JPEG
    for (let at = 12;;) {
      if (view.getUint32(at) === 0x45584946) {
        return view.getUint32(at + 8) === EXIF ? at + 14 : at + 8;
      }
      const size = view.getUint32(at + 4, true);
      at += 8 + size + size % 2;
    }
  }
  return undefined;
}

/** @param start where the TIFF file begins */
function orientationIn(view: DataView, start: number): number {
  const isLittle = view.getUint16(start) === 0x4949;
  const directory = start + view.getUint32(start + 4, isLittle);
  const entries = view.getUint16(directory, isLittle);
  for (let i = 0; i < entries; i++) {
    const entry = directory + 2 + 12 * i;
    if (view.getUint16(entry, isLittle) !== 0x0112) continue;
    const value = view.getUint16(entry + 8, isLittle);
    return value >= 1 && value <= 8 ? value : 1;
  }
  return 1;
}

/** A square picture [side, side, 3] as it is seen when held upright. */
export function upright(
  pixels: Uint8Array<ArrayBuffer>,
  { side, orientation }: {
    readonly side: number;
    readonly orientation: number;
  },
): Uint8Array<ArrayBuffer> {
  const stored = STORED[orientation - 1];
  if (stored === undefined || orientation === 1) return pixels;
  const result = new Uint8Array(pixels.length);
  for (let y = 0; y < side; y++) {
    for (let x = 0; x < side; x++) {
      const [u, v] = stored(x, y, side - 1);
      const from = 3 * (v * side + u);
      result.set(pixels.subarray(from, from + 3), 3 * (y * side + x));
    }
  }
  return result;
}
