import { concatenate, type Images, images } from "../../data/images/images.ts";
import { defineTask } from "../../engine/define/task.ts";

/** Sets of images of one shape and with different classes. */
export interface UniteClassesArgs {
  readonly sets: readonly Images[];
}

/** All images as one data set that has all classes. */
export const uniteClasses = defineTask({
  module: import.meta.url,
  name: "uniteClasses",
  inline: true,
  result: images,
  run: ({ sets }: UniteClassesArgs) => unitedClasses(sets),
});

/**
 * Several data sets as one that has the classes of all, e.g. photographs and
 * drawings to be told apart by one network.
 *
 * @throws {RangeError} if there are no sets, they differ in shape, or two have a class of the same name
 */
export function unitedClasses(sets: readonly Images[]): Images {
  const classes = sets.flatMap(({ classes }) => classes);
  const twice = classes.find((name, i) => classes.indexOf(name) !== i);
  if (twice !== undefined) {
    throw new RangeError(
      `Cannot unite the classes of data sets: two classes are named "${twice}"`,
    );
  }
  let before = 0;
  return concatenate(sets.map((set) => {
    const offset = before;
    before += set.classes.length;
    return {
      ...set,
      labels: Int32Array.from(set.labels, (label) => label + offset),
      classes,
    };
  }));
}
