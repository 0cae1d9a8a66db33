import {
  type Images,
  images as imagesCodec,
  take,
} from "../../data/images/images.ts";
import { defineTask } from "../../engine/define/task.ts";

/** Images, and how many of them to take. */
export interface TakeFirstArgs {
  readonly images: Images;
  readonly n: number;
}

/** The first `n` images: a smaller test set for networks that are slow. */
export const takeFirst = defineTask({
  module: import.meta.url,
  name: "takeFirst",
  inline: true,
  result: imagesCodec,
  run: ({ images, n }: TakeFirstArgs) =>
    take(images, Uint32Array.from({ length: n }, (_, i) => i)),
});
