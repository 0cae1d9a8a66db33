/**
 * Random affine changes of characters, as if other hands had written or set
 * them: turned, slanted, stretched, moved.
 *
 * @module
 */
import { define } from "../../engine/definition.ts";
import type { Draw } from "../../engine/philox.ts";
import {
  type Augmentation,
  checkBatch,
  type FillOptions,
  unitValues,
} from "../augmentation.ts";

const PARAMETERS = {
  turn: [-0.2, 0.2], // radians
  slant: [-0.3, 0.3], // to the right, of the height
  stretch: [0.8, 1.2], // of width and of height
  shift: [-2, 2], // pixels, on each axis
} as const;

function between(
  [low, high]: readonly [number, number],
  draw: number,
): number {
  return low + (high - low) * draw;
}

/** Where the pixel at (x, y), from the middle, is read: (a·x + b·y + e, c·x + d·y + f). */
interface Warp {
  readonly a: number;
  readonly b: number;
  readonly c: number;
  readonly d: number;
  readonly e: number;
  readonly f: number;
}

/** The warp of image `i`. */
function warpOf(i: number, draw: Draw): Warp {
  const turn = between(PARAMETERS.turn, draw(i, 0));
  const slant = between(PARAMETERS.slant, draw(i, 1));
  const width = between(PARAMETERS.stretch, draw(i, 2));
  const height = between(PARAMETERS.stretch, draw(i, 3));
  const e = between(PARAMETERS.shift, draw(i, 4));
  const f = between(PARAMETERS.shift, draw(i, 5));
  const [cos, sin] = [Math.cos(turn), Math.sin(turn)];
  return {
    a: cos / width,
    b: (slant * cos - sin) / width,
    c: sin / height,
    d: (slant * sin + cos) / height,
    e,
    f,
  };
}

function fill(
  batch: Float32Array,
  { from, indices, draw }: FillOptions,
): void {
  checkBatch(batch, { from, indices });
  const [height, width, channels] = from.shape;
  const size = height * width * channels;
  const [middleX, middleY] = [(width - 1) / 2, (height - 1) / 2];
  let to = 0;
  for (let i = 0; i < indices.length; i++) {
    const { a, b, c, d, e, f } = warpOf(i, draw);
    const start = (indices[i] as number) * size;
    for (let row = 0; row < height; row++) {
      const y = row - middleY;
      for (let column = 0; column < width; column++) {
        const x = column - middleX;
        const sourceX = a * x + b * y + e + middleX;
        const sourceY = c * x + d * y + f + middleY;
        const [left, top] = [Math.floor(sourceX), Math.floor(sourceY)];
        const [right, down] = [sourceX - left, sourceY - top];
        for (let channel = 0; channel < channels; channel++) {
          const at = (y: number, x: number): number => {
            if (y < 0 || y >= height || x < 0 || x >= width) return 0;
            const place = start + (y * width + x) * channels + channel;
            return unitValues[from.images[place] as number] as number;
          };
          const above = (1 - right) * at(top, left) + right * at(top, left + 1);
          const below = (1 - right) * at(top + 1, left) +
            right * at(top + 1, left + 1);
          batch[to++] = (1 - down) * above + down * below;
        }
      }
    }
  }
}

/** Turns, slants, stretches and shifts on black, read bilinearly. Six draws an image. */
export const warp: Augmentation = define(import.meta.url, "warp", {
  name: "warp",
  title: "Warp",
  description:
    "The character is turned by up to 0.2 radians, slanted by up to 0.3 of its height, made up to 20% wider or narrower and up to 20% taller or shorter, and moved by up to 2 pixels, on black.",
  parameters: PARAMETERS,
  fill,
});
