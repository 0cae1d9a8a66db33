import {
  type Images,
  images as imagesCodec,
  take,
} from "../../data/images/images.ts";
import { defineTask } from "../../engine/define/task.ts";

/** Images, and how many of each class to take. */
export interface TakeOfEachClassArgs {
  readonly images: Images;
  readonly n: number;
}

/** The first `n` images of every class: a set in which all classes have the same share. */
export const takeOfEachClass = defineTask({
  module: import.meta.url,
  name: "takeOfEachClass",
  result: imagesCodec,
  run: ({ images, n }: TakeOfEachClassArgs) => firstOfEachClass(images, n),
});

/** The first `n` images of every class, all in their order; fewer of a class that has fewer. */
export function firstOfEachClass(from: Images, n: number): Images {
  const counts = from.classes.map(() => 0);
  const chosen: number[] = [];
  for (const [i, label] of from.labels.entries()) {
    const count = counts[label] ?? n;
    if (count >= n) continue;
    counts[label] = count + 1;
    chosen.push(i);
  }
  return take(from, chosen);
}
