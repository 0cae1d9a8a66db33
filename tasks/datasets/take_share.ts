import {
  type Images,
  images as imagesCodec,
  take,
} from "../../data/images/images.ts";
import { defineTask } from "../../engine/define/task.ts";

/** Shuffled images, and the share of them to take. */
export interface TakeShareArgs {
  readonly images: Images;
  /** From 0, not included, to 1. */
  readonly share: number;
}

/** The first share of some images: what a weaker baseline is trained on. */
export const takeShare = defineTask({
  module: import.meta.url,
  name: "takeShare",
  result: imagesCodec,
  run: ({ images, share }: TakeShareArgs) =>
    take(
      images,
      Uint32Array.from(
        { length: Math.ceil(share * images.labels.length) },
        (_, i) => i,
      ),
    ),
});
