import { type Images, images } from "../../data/images/images.ts";
import { shrink } from "../../data/images/shrink.ts";
import { defineTask } from "../../engine/define/task.ts";

/** Square images, and the side that they are to have. */
export interface ShrinkImagesArgs {
  readonly images: Images;
  /** Pixels. */
  readonly side: number;
}

/** Images with fewer pixels: beside photographs that were made small. */
export const shrinkImages = defineTask({
  module: import.meta.url,
  name: "shrinkImages",
  result: images,
  run: ({ images, side }: ShrinkImagesArgs) => shrink(images, side),
});
