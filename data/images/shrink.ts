/**
 * Images with fewer pixels.
 *
 * @module
 */
import type { Images } from "./images.ts";

/**
 * Square images of another side: each pixel is the mean of a square of pixels,
 * rounded to 8 bits, as ImageNet is made small (Chrabaszcz, Loshchilov, Hutter
 * 2017, arXiv:1707.08819, "box").
 *
 * @param side pixels; a whole number of times smaller than the images' own
 * @throws {RangeError} if the images are not square, or their side is no multiple of the other
 */
export function shrink(from: Images, side: number): Images {
  const { labels, classes, shape: [height, width, channels] } = from;
  const factor = height / side;
  if (height !== width || !Number.isInteger(factor)) {
    throw new RangeError(
      `Cannot shrink images of ${height}×${width} pixels to ${side}×${side}: they must be square, and their side a multiple of ${side}`,
    );
  }
  if (factor === 1) return from;
  const row = side * channels;
  const images = new Uint8Array(labels.length * side * row);
  const sums = new Uint32Array(row);
  for (let y = 0; y < labels.length * side; y++) {
    sums.fill(0);
    // The rows of all images follow each other.
    for (let dy = 0; dy < factor; dy++) {
      const start = (y * factor + dy) * width * channels;
      for (let x = 0; x < width; x++) {
        const to = Math.floor(x / factor) * channels;
        for (let channel = 0; channel < channels; channel++) {
          sums[to + channel] = (sums[to + channel] as number) +
            (from.images[start + x * channels + channel] as number);
        }
      }
    }
    for (const [k, sum] of sums.entries()) {
      images[y * row + k] = Math.round(sum / factor ** 2);
    }
  }
  return { images, labels, classes, shape: [side, side, channels] };
}
