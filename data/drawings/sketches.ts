/**
 * Sketches of the classes of CIFAR-10 from Quick, Draw!, in the format of its
 * images: black on white.
 *
 * @module
 */
import { cifar10 } from "../datasets/cifar10.ts";
import type { Images } from "../images/images.ts";
import { readDrawings, SIDE } from "./quick_draw.ts";

/**
 * Categories that show each class. There is no deer among the 345, and none of
 * these is used for pre-training: `quickDraw` leaves them out.
 */
export const sketchCategories: Readonly<Record<string, readonly string[]>> = {
  airplane: ["airplane"],
  automobile: ["car", "police car"],
  bird: ["bird", "duck", "flamingo", "owl", "parrot", "penguin", "swan"],
  cat: ["cat"],
  dog: ["dog"],
  frog: ["frog"],
  horse: ["horse"],
  ship: ["aircraft carrier", "cruise ship", "sailboat", "speedboat"],
  truck: ["firetruck", "pickup truck", "truck"],
};

/**
 * The first sketches of every category, in the middle of white squares.
 *
 * @throws {Error} if a file is missing or altered; the message says what to run
 */
export async function readSketches(
  perCategory: number,
): Promise<Images> {
  const [size] = cifar10.shape;
  const margin = Math.floor((size - SIDE) / 2);
  const pixels: Uint8Array[] = [];
  const labels: number[] = [];
  for (const [label, name] of cifar10.classes.entries()) {
    for (const category of sketchCategories[name] ?? []) {
      const ink = await readDrawings(category, perCategory);
      for (let i = 0; i < perCategory; i++) {
        pixels.push(onWhite(ink.subarray(i * SIDE * SIDE), { size, margin }));
        labels.push(label);
      }
    }
  }
  const bytes = size * size * 3;
  const images = new Uint8Array(pixels.length * bytes);
  for (const [i, picture] of pixels.entries()) images.set(picture, i * bytes);
  return {
    images,
    labels: Uint8Array.from(labels),
    shape: cifar10.shape,
    classes: cifar10.classes,
  };
}

/** One sketch, black on white: [size, size, 3]. */
function onWhite(
  ink: Uint8Array,
  { size, margin }: { readonly size: number; readonly margin: number },
): Uint8Array {
  const square = new Uint8Array(size * size * 3).fill(255);
  for (let y = 0; y < SIDE; y++) {
    for (let x = 0; x < SIDE; x++) {
      const place = ((y + margin) * size + x + margin) * 3;
      square.fill(255 - (ink[y * SIDE + x] as number), place, place + 3);
    }
  }
  return square;
}
