import { type Images, images } from "../data/images.ts";
import { unitedClasses } from "../data/united_classes.ts";
import { defineTask } from "../engine/task.ts";

/** Sets of images of one shape and with different classes. */
export interface UniteClassesArgs {
  readonly sets: readonly Images[];
}

/** All images as one data set that has all classes. */
export const uniteClasses = defineTask({
  module: import.meta.url,
  name: "uniteClasses",
  runsIn: "worker",
  result: images,
  run: ({ sets }: UniteClassesArgs) => unitedClasses(sets),
});
