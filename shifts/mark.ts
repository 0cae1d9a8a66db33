/**
 * Spurious mark: a patch in the corner or a frame whose colour goes with the
 * class in the reference distribution and with nothing in the shifted one. Like
 * the spurious tint, but in a part of the image alone.
 *
 * @module
 */
import type { Images } from "../data/images/images.ts";
import { define } from "../engine/define/definition.ts";
import { isNumber, isString, oneOf } from "../engine/define/shape.ts";
import type { Shift } from "./shift.ts";
import { classColours, type TintOptions, tintsOf } from "./tint.ts";

/** Where a mark is: the upper left corner, or all around. */
export type MarkShape = "corner" | "frame";

/** How to mark a set of images; probability, seed and subset as for a tint. */
export interface MarkOptions extends Omit<TintOptions, "strength"> {
  readonly shape: MarkShape;
}

/** Whether a mark covers a pixel: a corner of a quarter of the side, a frame of an eighth of it around. */
function covers(
  shape: MarkShape,
  { row, column, height, width }: Readonly<
    Record<"row" | "column" | "height" | "width", number>
  >,
): boolean {
  if (shape === "corner") return row < height / 4 && column < width / 4;
  const fromEdge = Math.min(row, column, height - 1 - row, width - 1 - column);
  return fromEdge < Math.min(height, width) / 8;
}

/**
 * Paints a mark on every image, in the colour of its class with probability
 * `p`, else in that of a random class: the colours and the draws of
 * {@linkcode tintsOf} and {@linkcode classColours}.
 *
 * @throws {RangeError} if `p` is not in [0, 1], the images do not have three channels, or there is no such mark
 */
export function markImages(
  from: Images,
  { shape, ...draw }: MarkOptions,
): Images {
  const [height, width, channels] = from.shape;
  if (channels !== 3) {
    throw new RangeError(
      `Cannot mark images of shape [${from.shape}]: three channels are needed`,
    );
  }
  if (shape !== "corner" && shape !== "frame") {
    throw new RangeError(
      `Cannot mark images with "${shape}": there are "corner" and "frame"`,
    );
  }
  const colours = classColours(from.classes.length, draw.seed)
    .map((colour) => colour.map((value) => Math.round(255 * value)));
  const images = from.images.slice();
  for (const [i, own] of tintsOf(from, draw).entries()) {
    const colour = colours[own] as readonly number[];
    for (let row = 0; row < height; row++) {
      for (let column = 0; column < width; column++) {
        if (covers(shape, { row, column, height, width })) {
          images.set(colour, 3 * ((i * height + row) * width + column));
        }
      }
    }
  }
  return { ...from, images };
}

/** Spurious mark: reference with some p above 0, shifted with p = 0. */
export const mark: Shift<MarkOptions> = define(import.meta.url, "mark", {
  name: "mark",
  title: "Spurious mark",
  support: "in",
  description:
    "Every image has a mark, a patch in its corner or a frame. In the reference distribution it has with probability p the colour of the image’s class, otherwise that of a random class; in the shifted distribution always that of a random class. In support, as long as p is below 1.",
  options: {
    p: isNumber,
    shape: oneOf("corner", "frame"),
    seed: isNumber,
    subset: isString,
  },
  apply: markImages,
});
