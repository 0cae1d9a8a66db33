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
  /** So many are taken where the share is smaller, as far as there are so many. */
  readonly atLeast: number;
}

/** The first share of some images: what a weaker baseline is trained on. */
export const takeShare = defineTask({
  module: import.meta.url,
  name: "takeShare",
  result: imagesCodec,
  run({ images, share, atLeast }: TakeShareArgs) {
    const n = images.labels.length;
    const taken = Math.min(n, Math.max(atLeast, Math.ceil(share * n)));
    return take(images, Uint32Array.from({ length: taken }, (_, i) => i));
  },
});
