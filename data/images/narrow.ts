/**
 * Images that are alike in how they look, for a set of examples that is not
 * diverse: bright and warm ones.
 *
 * @module
 */
import type { Images } from "./images.ts";

/** Share of the images that is bright enough, and of these the share that is warm enough. */
export const NARROWED = { bright: 0.6, warm: 0.5 } as const;

/**
 * The brightest of some images by the mean of all channels, and of these the
 * warmest by mean red minus mean blue, in their order.
 *
 * @param indices positions of the images
 * @throws {RangeError} if the images do not have three channels
 */
export function narrowestOf(
  { images, shape }: Images,
  indices: readonly number[],
): readonly number[] {
  const [height, width, channels] = shape;
  if (channels !== 3) {
    throw new RangeError(
      `Cannot tell warm images of shape [${shape}]: three channels are needed`,
    );
  }
  const size = height * width * 3;
  const looks = indices.map((index) => {
    const sums = [0, 0, 0];
    for (let k = 0; k < size; k++) {
      const channel = k % 3;
      sums[channel] = (sums[channel] as number) +
        (images[index * size + k] as number);
    }
    const [red = 0, green = 0, blue = 0] = sums;
    return { index, brightness: red + green + blue, warmth: red - blue };
  });
  const bright = looks.toSorted((a, b) => b.brightness - a.brightness)
    .slice(0, Math.ceil(NARROWED.bright * looks.length));
  const warm = bright.toSorted((a, b) => b.warmth - a.warmth)
    .slice(0, Math.ceil(NARROWED.warm * bright.length));
  return warm.map(({ index }) => index).sort((a, b) => a - b);
}
