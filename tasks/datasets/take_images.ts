import {
  type Images,
  images as imagesCodec,
  take,
} from "../../data/images/images.ts";
import { defineTask } from "../../engine/define/task.ts";

/** Images, and which of them to take. */
export interface TakeImagesArgs {
  readonly images: Images;
  /** Their places, in the order in which they are taken. */
  readonly places: readonly number[];
}

/** Some images of a set, by their places. */
export const takeImages = defineTask({
  module: import.meta.url,
  name: "takeImages",
  result: imagesCodec,
  run: ({ images, places }: TakeImagesArgs) => take(images, places),
});
