/**
 * Images side by side as one PNG picture.
 *
 * @module
 */
import { encode } from "fast-png";
import type { Images } from "./images.ts";

/** A picture and its size. */
export interface DrawnGrid {
  /** Bytes of an 8-bit RGB PNG. */
  readonly png: Uint8Array;
  /** Width of the picture in pixels. */
  readonly width: number;
  readonly height: number;
}

const WHITE = 255;

/**
 * Some images in rows, on white. What images leave of a row stays empty, of the
 * first one too, so that they are as large where pictures are shown at one
 * width. Sets of one channel are shown in grey.
 *
 * @param indices which images, in reading order
 * @param options.columns images in a row
 * @param options.scale side of a pixel in the picture; 2 unless given
 * @throws {RangeError} if there are no images, or there is none of a number
 */
export function imageGrid(
  { images, labels, shape: [height, width, channels] }: Images,
  { indices, columns, scale = 2 }: {
    readonly indices: readonly number[];
    readonly columns: number;
    readonly scale?: number;
  },
): DrawnGrid {
  if (indices.length === 0) {
    throw new RangeError("Cannot draw a grid of images: there are none");
  }
  const missing = indices.find((index) => labels[index] === undefined);
  if (missing !== undefined) {
    throw new RangeError(
      `Cannot draw image ${missing}: there are ${labels.length} images`,
    );
  }
  const gap = 2;
  const rows = Math.ceil(indices.length / columns);
  const [stepX, stepY] = [scale * width + gap, scale * height + gap];
  const size = { width: columns * stepX - gap, height: rows * stepY - gap };
  const data = new Uint8Array(size.width * size.height * 3).fill(WHITE);
  for (const [k, index] of indices.entries()) {
    const [left, top] = [k % columns * stepX, Math.floor(k / columns) * stepY];
    for (let y = 0; y < scale * height; y++) {
      for (let x = 0; x < scale * width; x++) {
        const from = ((index * height + Math.floor(y / scale)) * width +
          Math.floor(x / scale)) * channels;
        const to = ((top + y) * size.width + left + x) * 3;
        for (let channel = 0; channel < 3; channel++) {
          data[to + channel] =
            images[from + Math.min(channel, channels - 1)] as number;
        }
      }
    }
  }
  return { png: encode({ ...size, data, channels: 3, depth: 8 }), ...size };
}
