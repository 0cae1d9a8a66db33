import type { Images } from "./images.ts";

/** Cells along each side of the small grey picture in which images are compared. */
const GRID = 16;

/** How bright each cell of an image is on the average, 0…1: [GRID · GRID]. */
function greyOf(
  { images, shape: [height, width, channels] }: Images,
  index: number,
): Float64Array {
  const grey = new Float64Array(GRID * GRID);
  const counts = new Float64Array(GRID * GRID);
  const size = height * width * channels;
  for (let y = 0; y < height; y++) {
    const row = Math.floor(y * GRID / height);
    for (let x = 0; x < width; x++) {
      const cell = row * GRID + Math.floor(x * GRID / width);
      for (let channel = 0; channel < channels; channel++) {
        const place = index * size + (y * width + x) * channels + channel;
        grey[cell] = (grey[cell] as number) + (images[place] as number) / 255;
        counts[cell] = (counts[cell] as number) + 1;
      }
    }
  }
  return grey.map((sum, cell) => sum / Math.max(1, counts[cell] as number));
}

/**
 * Positions of the images that are left when near-duplicates are removed: in
 * order, each that differs from all earlier ones that are kept. Two images
 * differ if their grey pictures of 16×16 cells do by more than `least` of the
 * range from black to white, on the average over the cells.
 */
export function distinct(images: Images, least: number): readonly number[] {
  const kept: { readonly index: number; readonly grey: Float64Array }[] = [];
  for (const index of images.labels.keys()) {
    const grey = greyOf(images, index);
    const isNew = kept.every((other) => {
      let sum = 0;
      for (const [cell, value] of grey.entries()) {
        sum += Math.abs(value - (other.grey[cell] as number));
      }
      return sum / grey.length > least;
    });
    if (isNew) kept.push({ index, grey });
  }
  return kept.map(({ index }) => index);
}
