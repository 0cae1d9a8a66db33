/**
 * Drawings in ink as images that networks of photographs can read.
 *
 * @module
 */
import type { Images } from "./images.ts";
import { shrink } from "./shrink.ts";

/**
 * Images of one channel on black, with black around them up to twice or once
 * the side, shrunk to it, in three equal channels.
 *
 * @param side pixels of the photographs
 * @throws {RangeError} if the images have more channels
 */
export function asPhotographs(
  { images, labels, classes, shape: [height, width, channels] }: Images,
  side: number,
): Images {
  const around = side * Math.ceil(Math.max(height, width) / side);
  if (channels !== 1) {
    throw new RangeError(
      `Cannot give images of shape [${height},${width},${channels}] three channels: they must have one`,
    );
  }
  const [top, left] = [
    Math.floor((around - height) / 2),
    Math.floor((around - width) / 2),
  ];
  const framed = new Uint8Array(labels.length * around * around * 3);
  for (let i = 0; i < labels.length; i++) {
    for (let row = 0; row < height; row++) {
      for (let column = 0; column < width; column++) {
        const value = images[(i * height + row) * width + column] as number;
        const to = 3 * ((i * around + top + row) * around + left + column);
        framed.fill(value, to, to + 3);
      }
    }
  }
  return shrink({
    images: framed,
    labels,
    classes,
    shape: [around, around, 3],
  }, side);
}
