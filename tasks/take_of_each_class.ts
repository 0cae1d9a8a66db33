import { firstOfEachClass } from "../data/first_of_each_class.ts";
import { type Images, images as imagesCodec } from "../data/images.ts";
import { defineTask } from "../engine/task.ts";

/** Images, and how many of each class to take. */
export interface TakeOfEachClassArgs {
  readonly images: Images;
  readonly n: number;
}

/** The first `n` images of every class: a set in which all classes have the same share. */
export const takeOfEachClass = defineTask({
  module: import.meta.url,
  name: "takeOfEachClass",
  runsIn: "worker",
  result: imagesCodec,
  run: ({ images, n }: TakeOfEachClassArgs) => firstOfEachClass(images, n),
});
