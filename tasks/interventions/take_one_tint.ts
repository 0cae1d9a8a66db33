import { type Images, images, take } from "../../data/images/images.ts";
import { defineTask } from "../../engine/define/task.ts";
import { positionsOfOneAttribute } from "../../data/images/one_attribute.ts";
import { tintsOf } from "../../shifts/tint.ts";
import type { TintDraw } from "./group_images.ts";

/** Images, tinted or not yet, and how many of each class must have the tint. */
export interface TakeOneTintArgs {
  readonly images: Images;
  /** Which image gets which colour. */
  readonly draw: TintDraw;
  readonly least: number;
}

/** The images that get one colour: the most frequent of those that so many of every class get. */
export const takeOneTint = defineTask({
  module: import.meta.url,
  name: "takeOneTint",
  inline: true,
  result: images,
  run: ({ images, draw, least }: TakeOneTintArgs) =>
    take(
      images,
      positionsOfOneAttribute({
        labels: images.labels,
        attributes: tintsOf(images, draw),
        classes: images.classes.length,
        least,
      }),
    ),
});
