/**
 * Examples before and after a shift, as a contact sheet has them.
 *
 * @module
 */
import type { PictureCuts } from "../document/document.ts";
import { pngSize } from "../value/picture.ts";

/** White pixels of a sheet around each image; a block has four times as many more. */
const GAP = 2;

/** The least side of an image on a sheet: what would have smaller ones is none. */
const LEAST = 8;

/** Rows of a sheet: datasets here have ten classes. */
const ROWS = 10;

/** The row that is shown: of photographs that of horses, which one knows at any size. */
const SHOWN = 7;

/** The most blocks of a sheet. */
const MOST_BLOCKS = 5;

/** More images of a class show how many there are, or how they differ, not what becomes of one. */
const MOST_IMAGES = 8;

/**
 * What a small picture shows of the first and of the last block of a sheet:
 * the first image of one class; where there are many images of a class, two of
 * it and of the next, where the row of a class that is rare ends after a
 * quarter. Nothing of a picture that is no sheet, or has one block.
 */
export function sheetPair(png: Uint8Array): PictureCuts | undefined {
  const { width, height } = pngSize(png) ?? { width: 0, height: 0 };
  const step = (height - GAP) / ROWS;
  if (!Number.isInteger(step) || step < GAP + LEAST) return undefined;
  for (let blocks = 2; blocks <= MOST_BLOCKS; blocks++) {
    const block = (width + 3 * GAP) / blocks;
    const images = (block - 4 * GAP) / step;
    if (!Number.isInteger(images) || images < 1) continue;
    const isMany = images > MOST_IMAGES;
    const column = isMany ? Math.floor(images / 4) - 1 : 0;
    return {
      width,
      height,
      side: (isMany ? 2 : 1) * step - GAP,
      label: isMany
        ? "Images before and after the shift"
        : "One image before and after the shift",
      places: [0, blocks - 1].map((i) => ({
        x: GAP + i * block + column * step,
        y: GAP + SHOWN * step,
      })),
    };
  }
  return undefined;
}
