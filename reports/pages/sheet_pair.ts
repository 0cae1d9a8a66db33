/**
 * The same example before and after a shift, as a contact sheet has them.
 *
 * @module
 */
import type { PictureCuts } from "../document/document.ts";

/** White pixels of a sheet around each image; a block has four times as many more. */
const GAP = 2;

/** Rows of a sheet: datasets here have ten classes. */
const ROWS = 10;

/** The row that is shown: of photographs that of horses, which one knows at any size. */
const SHOWN = 7;

/** The most blocks of a sheet. */
const MOST_BLOCKS = 3;

/** More images of a class show how many there are, not what becomes of one. */
const MOST_IMAGES = 8;

/**
 * Where the first image of one class stands in the first and in the last
 * block of a sheet; nothing of a picture that is none, has one block, or shows
 * how many there are of each class.
 */
export function sheetPair(png: Uint8Array): PictureCuts | undefined {
  const { width, height } = sizeOf(png) ?? { width: 0, height: 0 };
  const step = (height - GAP) / ROWS;
  if (!Number.isInteger(step) || step <= GAP) return undefined;
  for (let blocks = 2; blocks <= MOST_BLOCKS; blocks++) {
    const block = (width + 3 * GAP) / blocks;
    const images = (block - 4 * GAP) / step;
    if (!Number.isInteger(images) || images < 1 || images > MOST_IMAGES) {
      continue;
    }
    return {
      width,
      height,
      side: step - GAP,
      places: [0, blocks - 1].map((i) => ({
        x: GAP + i * block,
        y: GAP + SHOWN * step,
      })),
    };
  }
  return undefined;
}

/** Width and height as the first chunk of a PNG file says them. */
function sizeOf(
  png: Uint8Array,
): { readonly width: number; readonly height: number } | undefined {
  if (png.length < 24) return undefined;
  const view = new DataView(png.buffer, png.byteOffset);
  return { width: view.getUint32(16), height: view.getUint32(20) };
}
