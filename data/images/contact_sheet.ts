/**
 * Contact sheets: example images of every class as one PNG picture.
 *
 * @module
 */
import type { Images } from "./images.ts";
import { encode } from "fast-png";

const WHITE = 255;

/** The first `n` positions of each class. */
function examples({ labels, classes }: Images, n: number): number[][] {
  const positions: number[][] = classes.map(() => []);
  for (let i = 0; i < labels.length; i++) {
    const found = positions[labels[i] as number];
    if (found !== undefined && found.length < n) found.push(i);
  }
  return positions;
}

/**
 * A picture with one row for each class and one block of columns for each set
 * of images, e.g. before and after a shift. A block shows the first
 * `perClass` images of the class in its set, so that sets with the same labels
 * show the same images side by side. Missing images are left white; sets of
 * one channel are shown in grey.
 *
 * @param options.perClass images of each class in each block
 * @param options.scale side of a pixel in the picture; 2 unless given
 * @returns bytes of an 8-bit RGB PNG
 * @throws {RangeError} if there are no sets, or they differ in class names
 */
export function contactSheet(
  sets: readonly Images[],
  { perClass, scale = 2 }: {
    readonly perClass: number;
    readonly scale?: number;
  },
): Uint8Array {
  const classes = sets[0]?.classes;
  if (classes === undefined) {
    throw new RangeError("Cannot draw a contact sheet: there are no images");
  }
  if (sets.some((set) => set.classes.join("\n") !== classes.join("\n"))) {
    throw new RangeError(
      "Cannot draw a contact sheet: the sets differ in class names",
    );
  }
  const gap = 2; // picture pixels around each image
  const cell = scale *
    sets.reduce((a, { shape }) => Math.max(a, shape[0], shape[1]), 0);
  const step = cell + gap;
  const block = perClass * step + 4 * gap;
  const width = sets.length * block - 4 * gap + gap;
  const height = classes.length * step + gap;
  const data = new Uint8Array(width * height * 3).fill(WHITE);

  for (const [k, set] of sets.entries()) {
    for (const [row, positions] of examples(set, perClass).entries()) {
      for (const [column, position] of positions.entries()) {
        const left = gap + k * block + column * step;
        const top = gap + row * step;
        draw(set, { position, left, top });
      }
    }
  }
  return encode({ width, height, data, channels: 3, depth: 8 });

  function draw(
    { images, shape }: Images,
    { position, left, top }: {
      readonly position: number;
      readonly left: number;
      readonly top: number;
    },
  ): void {
    const [h, w, c] = shape;
    for (let y = 0; y < h * scale; y++) {
      for (let x = 0; x < w * scale; x++) {
        const source = ((position * h + Math.floor(y / scale)) * w +
          Math.floor(x / scale)) * c;
        const target = ((top + y) * width + left + x) * 3;
        for (let channel = 0; channel < 3; channel++) {
          data[target + channel] =
            images[source + Math.min(channel, c - 1)] as number;
        }
      }
    }
  }
}
